"""Solves convwalk's exercise sheets with torch and keras, from what is written on them alone.

    python3 Tests/Oracles/sheets.py PROGRAM [COUNT [SEED [EXERCISES]]]

needs torch, keras and numpy. Of COUNT sheets, from SEED on, the text of each question is read and what
it describes is built in torch: sizes are shapes of outputs, parameters are counted there, multiply-adds
by torch's own counter; who reads what is where a gradient is not 0; a setting that is asked for is tried
out, and must be the only one. Lines of code are run as they stand. Every answer of the key must be equal.
"""

import os
import re
import subprocess
import sys
from collections import Counter
from fractions import Fraction

os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ["KERAS_BACKEND"] = "torch"
import torch  # noqa: E402
from torch import nn  # noqa: E402
from torch.utils.flop_counter import FlopCounterMode  # noqa: E402

torch.set_num_threads(1)


def sizes(text):
    return [int(n) for n in text.split("×")]


def settings(text):
    """Of `stride 2, padding 1 and dilation 2`, as torch's own arguments; `no padding` is 0."""
    found = {key: int(value) for key, value in re.findall(r"(stride|padding|dilation) (\d+)", text)}
    if "padding" not in found:
        assert "no padding" in text, text
        found["padding"] = 0
    return found


def image(width, height, depth):
    return torch.empty(1, depth, height, width, device="meta")


def conv(depth, filters, size, bias=True, groups=1, **rest):
    width, height = size
    return nn.Conv2d(depth, filters, (height, width), bias=bias, groups=groups, device="meta", **rest)


def parameters(module):
    return sum(p.numel() for p in module.parameters())


def multiply_adds(module, x):
    with FlopCounterMode(display=False) as counter:
        module(x)
    flops = counter.get_total_flops()
    assert flops % 2 == 0
    return flops // 2


SCENE = r"(\d+) filters? of (\d+×\d+) with (.+?) goe?s? over an input of (\d+×\d+×\d+)\."
POOL = r"Max pooling of (\d+×\d+) with (.+?), rounding (up|down), goes over an input of (\d+×\d+×\d+)\."


def output_shape(text):
    """Width, height and depth of the output that is described."""
    if found := re.match(POOL, text):
        size, how, rounding, shape = found.groups()
        width, height = sizes(size)
        layer = nn.MaxPool2d((height, width), ceil_mode=rounding == "up", **settings(how))
        x = image(*sizes(shape))
    else:
        filters, size, how, shape = re.match(SCENE, text).groups()
        layer = conv(sizes(shape)[2], int(filters), sizes(size), **settings(how))
        x = image(*sizes(shape))
    out = layer(x).shape
    return [out[3], out[2], out[1]]


def what_size(text, figure):
    out = output_shape(text)
    what = re.search(r"What is the (width|height) of the output\?$", text)
    if what:
        return [out[0] if what[1] == "width" else out[1]]
    assert text.endswith("What size is the output, width × height × depth?"), text
    return out


def count_filters(text, figure):
    count, size, bias, shape = re.match(
        r"A layer has (\d+) filters of (\d+×\d+), (each with a bias|without biases), over an input of "
        r"(\d+×\d+×\d+)\. How many parameters has it\?$", text).groups()
    layer = conv(sizes(shape)[2], int(count), sizes(size), bias=bias != "without biases")
    return [parameters(layer)]


def count_depthwise(text, figure):
    size, bias, shape = re.match(
        r"A depthwise convolution of (\d+×\d+), (with biases|without biases), goes over an input of "
        r"(\d+×\d+×\d+), with one filter for each depth\. How many parameters has it\?$", text).groups()
    depth = sizes(shape)[2]
    return [parameters(conv(depth, depth, sizes(size), bias=bias == "with biases", groups=depth))]


def count_dense(text, figure):
    shape, units = re.match(
        r"Maps of (\d+×\d+×\d+) are flattened and go into a dense layer of (\d+) units with biases\. "
        r"How many parameters has it\?$", text).groups()
    row = nn.Flatten()(image(*sizes(shape))).shape[1]
    return [parameters(nn.Linear(row, int(units)))]


def count_chain(text, figure):
    shape, filters, size, units = re.match(
        r"An input of (\d+×\d+×\d+) goes through (\d+) filters of (\d+×\d+) with stride 1 and no padding, "
        r"max pooling of 2×2 with stride 2, a flatten, and a dense layer of (\d+) units; filters and units "
        r"have biases\. How many parameters has all of it\?$", text).groups()
    front = nn.Sequential(
        conv(sizes(shape)[2], int(filters), sizes(size)), nn.MaxPool2d(2), nn.Flatten())
    row = front(image(*sizes(shape))).shape[1]
    return [parameters(nn.Sequential(front, nn.Linear(row, int(units))))]


def multiply_filters(text, figure):
    count, size, bias, shape, how = re.match(
        r"(\d+) filters of (\d+×\d+), (each with a bias|without biases), go over an input of "
        r"(\d+×\d+×\d+) with (.+?)\. How many multiply-adds is that, products with padding counted\?$",
        text).groups()
    layer = conv(
        sizes(shape)[2], int(count), sizes(size), bias=bias != "without biases", **settings(how))
    return [multiply_adds(layer, image(*sizes(shape)))]


def multiply_depthwise(text, figure):
    size, shape, how = re.match(
        r"A depthwise convolution of (\d+×\d+), with one filter for each depth, goes over an input of "
        r"(\d+×\d+×\d+) with (.+?)\. How many multiply-adds is that, products with padding counted\?$",
        text).groups()
    depth = sizes(shape)[2]
    layer = conv(depth, depth, sizes(size), groups=depth, **settings(how))
    return [multiply_adds(layer, image(*sizes(shape)))]


def grids(figure):
    """The grids that stand side by side, by their titles, as [depth, row, column] of float64."""
    starts = [(m.start(), m[1]) for m in re.finditer(r"(X|Ker)(?: depth \d+)?", figure[0])]
    ends = [start for start, _ in starts[1:]] + [None]
    found = {}
    for (start, name), end in zip(starts, ends):
        rows = []
        for line in figure[2:]:
            numbers = line[start:end].replace("−", "-").split()
            if line.startswith("bias") or not numbers:
                break
            assert int(numbers[0]) == len(rows)
            rows.append([int(n) for n in numbers[1:]])
        found.setdefault(name, []).append(rows)
    return {name: torch.tensor(value, dtype=torch.float64) for name, value in found.items()}


def address(text):
    return [int(n) for n in re.search(r"\[(\d+),(\d+),(\d+)\]", text).groups()]


def cell(text, figure):
    how = re.match(r"The filter Ker goes over X with (.+?)\. What is ", text)[1]
    given = grids(figure)
    bias = torch.tensor([float(figure[-1].removeprefix("bias ").replace("−", "-"))]).double()
    x, y, k = address(text)
    depth = re.search(r"slice sum of conv\[.+?\] at depth (\d+)\?$", text)
    if depth:
        d = int(depth[1])
        out = nn.functional.conv2d(
            given["X"][None, d:d + 1], given["Ker"][None, d:d + 1], **settings(how))
    else:
        out = nn.functional.conv2d(given["X"][None], given["Ker"][None], bias, **settings(how))
    return [int(out[0, k, y, x])]


def pooled(text, figure):
    kind, size, how = re.match(
        r"(Average|Max) pooling of (\d+×\d+) with (.+?) goes over X\. What is ", text).groups()
    width, height = sizes(size)
    x, y, k = address(text)
    values = grids(figure)["X"][None]
    if kind == "Max":
        return [int(nn.MaxPool2d((height, width), **settings(how))(values)[0, k, y, x])]
    # Numbers of 36ths are whole, so that the mean is read off exactly.
    count = width * height
    mean = nn.AvgPool2d((height, width), **settings(how))(values * count)[0, k, y, x]
    return [Fraction(round(float(mean)), count)]


def ones(layer):
    """The layer with ones for weights, so that what reaches a cell is seen in gradients."""
    with torch.no_grad():
        for p in layer.parameters():
            p.fill_(1)
    return layer


def field(text, figure):
    parts = re.findall(r"(filters|max pooling) of (\d+)×(\d+) with stride (\d+)", text)
    assert text.endswith("How many columns of the input does one cell of the last layer see?")
    layers = [
        ones(nn.Conv2d(1, 1, (int(h), int(w)), stride=int(s), bias=False)) for _, w, h, s in parts]
    x = torch.zeros(1, 1, 64, 64, requires_grad=True)
    nn.Sequential(*layers)(x)[0, 0, 0, 0].backward()
    return [int((x.grad[0, 0].abs().sum(0) > 0).sum())]


def reads(text):
    """How many windows of one map read each place: [row, column]."""
    filters, size, how, shape = re.match(SCENE, text).groups()
    width, height = sizes(size)
    w, h, d = sizes(shape)
    layer = ones(nn.Conv2d(d, 1, (height, width), bias=False, **settings(how)))
    x = torch.zeros(1, d, h, w, requires_grad=True)
    layer(x).sum().backward()
    return x.grad[0, 0]


def unread(text, figure):
    count = reads(text)
    along = "row" if re.search(r"(Which row|How many rows) of the input", text) else "column"
    places = (count.sum(0 if along == "column" else 1) == 0).nonzero().flatten().tolist()
    if "How many" in text:
        return [len(places)]
    assert len(places) == 1, "more than one answer"
    return places


def readers(text, figure):
    x, y = [int(n) for n in re.search(r"read X\[(\d+),(\d+),0\]\?$", text).groups()]
    return [int(reads(text)[y, x])]


def only(values, makes, wanted):
    """The one value that makes the wanted size."""
    found = []
    for value in values:
        try:
            out = makes(value).shape
        except RuntimeError:
            continue
        if [out[3], out[2]] == [wanted, wanted]:
            found.append(value)
    assert len(found) == 1, f"{found} would all do"
    return found


def find_setting(text, figure):
    shape = sizes(re.search(r"over an input of (\d+×\d+×\d+)\.", text)[1])
    wanted = int(re.search(r"output is (\d+) wide and high\?|makes the output (\d+) wide and high\?", text)
                 .group(0).split()[-4])
    filters = int(re.match(r"(\d+) ", text)[1])
    x = image(*shape)
    if "Which padding" in text:
        size, stride = re.search(r"filters of (\d+×\d+) with stride (\d+) go", text).groups()
        return only(range(0, 65), lambda p: conv(
            shape[2], filters, sizes(size), stride=int(stride), padding=p)(x), wanted)
    if "Which stride" in text:
        size, how = re.search(r"filters of (\d+×\d+) with (.+?) go", text).groups()
        return only(range(1, 65), lambda s: conv(
            shape[2], filters, sizes(size), stride=s,
            padding=settings("stride 1, " + how)["padding"])(x), wanted)
    how = re.search(r"square filters with (.+?) go over", text)[1]
    return only(range(1, 65), lambda f: conv(shape[2], filters, (f, f), **settings(how))(x), wanted)


def code(text, figure):
    library, shape, line = re.match(
        r"In (PyTorch|Keras) x has the shape \((.+?)\): .+? y = (.+)\(x\)$", text).groups()
    shape = [int(n) for n in shape.split(", ")]
    if library == "PyTorch":
        layer = eval(line, {"nn": nn}).to("meta")
        return list(layer(torch.empty(1, *shape, device="meta")).shape[1:])
    import keras
    layer = eval(line, {"keras": keras, "layers": keras.layers})
    return list(layer(keras.KerasTensor((1, *shape))).shape[1:])


def learned(text, figure):
    line = re.match(r"How many numbers does this line of PyTorch learn\? (.+)$", text)[1]
    return [parameters(eval(line, {"nn": nn}))]


def flows_back(text, figure):
    """What autograd brings to one number from the sum of all numbers of the output."""
    given = grids(figure) if figure else {}
    x, y, d = [int(n) for n in re.findall(r"\[(\d+),(\d+),(\d+)\]\?$", text)[-1]]
    if found := re.match(r"The filter Ker goes over X, (\d+×\d+×\d+), with (.+?)\. ", text):
        (w, h, depth), weight = sizes(found[1]), given["Ker"][None]
        values = torch.rand(1, depth, h, w, dtype=torch.float64, requires_grad=True)
        nn.functional.conv2d(values, weight, **settings(found[2])).sum().backward()
        return [int(values.grad[0, d, y, x])]
    if found := re.match(r"A filter of (\d+×\d+) goes over X with (.+?)\. ", text):
        width, height = sizes(found[1])
        weight = torch.rand(1, 1, height, width, dtype=torch.float64, requires_grad=True)
        nn.functional.conv2d(given["X"][None], weight, **settings(found[2])).sum().backward()
        return [int(weight.grad[0, d, y, x])]
    size, how = re.match(r"Max pooling of (\d+×\d+) with (.+?) goes over X\. ", text).groups()
    width, height = sizes(size)
    values = given["X"][None].requires_grad_()
    nn.MaxPool2d((height, width), **settings(how))(values).sum().backward()
    return [int(values.grad[0, d, y, x])]


def bias_back(text, figure):
    filters, size, how, shape = re.match(SCENE, text).groups()
    width, height = sizes(size)
    w, h, d = sizes(shape)
    layer = nn.Conv2d(d, int(filters), (height, width), **settings(how))
    layer(torch.zeros(1, d, h, w)).sum().backward()
    return [int(layer.bias.grad[0])]


def hinge(text, figure):
    scores, target = re.match(
        r"The scores of the classes 0 to \d+ are (.+?); the right one is class (\d+)\.", text).groups()
    scores = torch.tensor(
        [[float(n) for n in re.findall(r"\d+", scores)]], dtype=torch.float64, requires_grad=True)
    # torch divides by the number of classes.
    loss = nn.functional.multi_margin_loss(scores, torch.tensor([int(target)])) * scores.shape[1]
    if "What is the hinge loss" in text:
        return [round(float(loss.detach()))]
    loss.backward()
    return [round(float(scores.grad[0, int(target)]))]


READERS = [
    (r"what flows back to the bias", bias_back),
    (r"what flows back to", flows_back),
    (r"hinge loss", hinge),
    (r"What is the (width|height) of the output|What size is the output", what_size),
    (r"A layer has \d+ filters", count_filters),
    (r"A depthwise .*How many parameters", count_depthwise),
    (r"Maps of ", count_dense),
    (r"An input of .*How many parameters has all", count_chain),
    (r"A depthwise .*How many multiply-adds", multiply_depthwise),
    (r"\d+ filters .*How many multiply-adds", multiply_filters),
    (r"The filter Ker goes over X", cell),
    (r"(Average|Max) pooling of .* goes over X\.", pooled),
    (r"First .* one cell of the last layer see", field),
    (r"(never|are never) read", unread),
    (r"How many windows of one map read", readers),
    (r"Which padding|Which stride|How many columns wide must a filter be", find_setting),
    (r"In (PyTorch|Keras) x has the shape", code),
    (r"How many numbers does this line of PyTorch learn", learned),
]


def blocks(page):
    return [block.split("\n") for block in re.split(r"\n{2,}", page.strip("\n"))]


def number(text):
    return Fraction(text.replace("−", "-").replace(",", ""))


def answers(page):
    found = {}
    for block in blocks(page):
        if line := re.match(r"(\d+)\. (.+)$", block[0]):
            found[int(line[1])] = [number(n) for n in line[2].split("×")]
    return found


def questions(page):
    found, last = {}, None
    for block in blocks(page):
        if start := re.match(r"(\d+)\. (.+)$", block[0]):
            last = int(start[1])
            found[last] = (" ".join([start[2]] + block[1:]), [])
        elif last and block[0].startswith("  "):
            found[last][1].extend(line[2:] for line in block)
    return found


def check(sheet, kinds):
    asked, key = sheet.split("\f")
    questions_, answers_ = questions(asked), answers(key)
    assert questions_.keys() == answers_.keys(), "the key has other numbers"
    for index, (text, figure) in questions_.items():
        reader = next((r for pattern, r in READERS if re.search(pattern, text)), None)
        assert reader, f"nothing reads: {text}"
        solved = [Fraction(n) for n in reader(text, figure)]
        kinds[reader.__name__] += 1
        if solved != answers_[index]:
            print(f"{text}\n" + "\n".join(figure), file=sys.stderr)
            raise SystemExit(f"torch says {solved}, the key {answers_[index]}")
    return len(questions_)


def main():
    program, *rest = sys.argv[1:]
    count, seed, exercises = [int(n) for n in rest] + [1000, 1, 20][len(rest):]
    kinds, solved = Counter(), 0
    for number in range(seed, seed + count):
        line = [program, "sheet", "--seed", str(number), "--count", str(exercises)]
        sheet = subprocess.run(line, capture_output=True, text=True, check=True).stdout
        assert sheet == subprocess.run(line, capture_output=True, text=True, check=True).stdout
        try:
            solved += check(sheet, kinds)
        except BaseException:
            print("of:", " ".join(line), file=sys.stderr)
            raise
    print(f"{count} sheets, {solved} exercises: every key is torch's or keras's result.")
    print(", ".join(f"{name} {n}" for name, n in sorted(kinds.items())))


main()
