"""Times the program's exact evaluation against other libraries, all in one run.

    python3 -m venv venv && venv/bin/pip install numpy torch onnx onnxruntime
    venv/bin/python Tests/Benchmarks/compare.py [WORK…]

Builds the Swift side, then takes turns: each contender evaluates each work with one thread and
with two, and the best time of several turns counts. The weights are small random integers, made
beforehand for the libraries; convwalk makes its own while it evaluates, except for works of a
single layer, whose filters are prepared. A library's float32 and int64 results are not exact for
the large networks: float32 rounds, int64 wraps.
"""

import argparse
import os
import pathlib
import platform
import subprocess
import sys
import time

import numpy as np

PACKAGE = pathlib.Path(__file__).resolve().parent
BINARY = PACKAGE / ".build" / "release" / "benchmark"


def parse(layer):
    """`conv:3,filters=64,padding=1` as its kind, its first number and its settings."""
    head, *settings = layer.split(",")
    kind, _, size = head.partition(":")
    return kind, int(size or 0), {key: int(value) for key, value in (s.split("=") for s in settings)}


def weights(layers, shape):
    """Each layer's weights (or None) for an input of width, height and depth."""
    random = np.random.default_rng(0)
    width, height, depth = shape
    made = []
    for kind, size, settings in layers:
        stride = settings.get("stride", size if kind == "maxpool" else 1)
        if kind == "conv":
            made.append(random.integers(-2, 3, (settings["filters"], depth, size, size)))
            depth = settings["filters"]
        elif kind == "dense":
            made.append(random.integers(-2, 3, (size, depth)))
            depth = size
        else:
            made.append(None)
        if kind in ("conv", "maxpool"):
            padding = 2 * settings.get("padding", 0)
            width = (width + padding - size) // stride + 1
            height = (height + padding - size) // stride + 1
        elif kind == "flatten":
            width, height, depth = 1, 1, width * height * depth
    return made


def numpy_int64(layers, made, picture, threads):
    if picture.dtype != np.int64:
        return None

    def conv(x, w, stride, padding):
        x = np.pad(x, ((0, 0), (padding, padding), (padding, padding)))
        views = np.lib.stride_tricks.sliding_window_view(x, w.shape[2:], axis=(1, 2))
        views = views[:, ::stride, ::stride]
        columns = views.transpose(0, 3, 4, 1, 2).reshape(w[0].size, -1)
        return (w.reshape(len(w), -1) @ columns).reshape(len(w), *views.shape[1:3])

    def pool(x, size):
        views = np.lib.stride_tricks.sliding_window_view(x, (size, size), axis=(1, 2))
        return views[:, ::size, ::size].max(axis=(3, 4))

    def run():
        x = picture
        for (kind, size, settings), w in zip(layers, made):
            if kind == "conv":
                x = conv(x, w, settings.get("stride", 1), settings.get("padding", 0))
            elif kind == "dense":
                x = w @ x
            elif kind == "maxpool":
                x = pool(x, size)
            elif kind == "relu":
                x = np.maximum(x, 0)
            else:
                x = x.reshape(-1)
        return x

    return run if threads == 1 else None  # its integer products know one thread


def torch_of(kind_of_number):
    def contender(layers, made, picture, threads):
        import torch

        if kind_of_number == "int64" and picture.dtype != np.int64:
            return None

        torch.set_num_threads(threads)
        dtype = getattr(torch, kind_of_number)
        x0 = torch.tensor(picture[None], dtype=dtype)
        ws = [None if w is None else torch.tensor(w, dtype=dtype) for w in made]

        def run():
            with torch.inference_mode():
                x = x0
                for (kind, size, settings), w in zip(layers, ws):
                    if kind == "conv":
                        x = torch.nn.functional.conv2d(
                            x, w, stride=settings.get("stride", 1),
                            padding=settings.get("padding", 0))
                    elif kind == "dense":
                        x = x @ w.T
                    elif kind == "maxpool":
                        x = torch.nn.functional.max_pool2d(x, size)
                    elif kind == "relu":
                        x = torch.relu(x)
                    else:
                        x = x.flatten(1)
                return x

        return run

    return contender


def onnxruntime_float32(layers, made, picture, threads):
    import onnx
    import onnxruntime
    from onnx import TensorProto, helper, numpy_helper

    nodes, constants, last = [], [], "x0"
    for index, ((kind, size, settings), w) in enumerate(zip(layers, made)):
        output = f"x{index + 1}"
        inputs = [last]
        if w is not None:
            name = f"w{index}"
            constants.append(numpy_helper.from_array(w.astype(np.float32), name))
            inputs.append(name)
        if kind == "conv":
            node = helper.make_node(
                "Conv", inputs, [output], strides=[settings.get("stride", 1)] * 2,
                pads=[settings.get("padding", 0)] * 4)
        elif kind == "dense":
            node = helper.make_node("Gemm", inputs, [output], transB=1)
        elif kind == "maxpool":
            node = helper.make_node(
                "MaxPool", inputs, [output], kernel_shape=[size] * 2, strides=[size] * 2)
        else:
            node = helper.make_node({"relu": "Relu", "flatten": "Flatten"}[kind], inputs, [output])
        nodes.append(node)
        last = output
    graph = helper.make_graph(
        nodes, "work",
        [helper.make_tensor_value_info("x0", TensorProto.FLOAT, [1, *picture.shape])],
        [helper.make_tensor_value_info(last, TensorProto.FLOAT, None)], constants)
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    session = onnxruntime.InferenceSession(
        model.SerializeToString(), options, providers=["CPUExecutionProvider"])
    feed = {"x0": picture[None].astype(np.float32)}
    return lambda: session.run(None, feed)


CONTENDERS = {
    "onnxruntime float32": onnxruntime_float32,
    "torch float32": torch_of("float32"),
    "torch int64": torch_of("int64"),
    "numpy int64": numpy_int64,
}


def best(run, seconds):
    """The best time of one call, in nanoseconds, over some seconds."""
    run()
    found, end = float("inf"), time.perf_counter() + seconds
    while True:
        start = time.perf_counter_ns()
        run()
        found = min(found, time.perf_counter_ns() - start)
        if time.perf_counter() > end:
            return found


def measure_convwalk(name, threads, seconds):
    line = subprocess.run(
        [BINARY, "time", name, str(threads), str(seconds)], check=True, capture_output=True,
        text=True).stdout
    return float(line)


def written(nanoseconds):
    for unit, size in (("s", 1e9), ("ms", 1e6), ("µs", 1e3)):
        if nanoseconds >= size:
            return f"{nanoseconds / size:.3g} {unit}"
    return f"{nanoseconds:.3g} ns"


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("works", nargs="*", metavar="WORK")
    parser.add_argument("--seconds", type=float, default=2, help="for each turn (default: 2)")
    parser.add_argument("--turns", type=int, default=3)
    arguments = parser.parse_args()
    subprocess.run(
        ["swift", "build", "-c", "release", "--package-path", PACKAGE], check=True,
        stdout=sys.stderr)
    listed = subprocess.run([BINARY, "list"], check=True, capture_output=True, text=True).stdout
    works = [line.split(" ", 2) for line in listed.splitlines()]
    print(f"{platform.machine()}, {os.cpu_count()} processors, load {os.getloadavg()[0]:.1f}\n")
    print("| work | threads | convwalk |", " | ".join(CONTENDERS), "|")
    print("|---|---|---|" + "---|" * len(CONTENDERS))
    for name, size, chain in works:
        if arguments.works and name not in arguments.works:
            continue
        shape = tuple(map(int, size.split("x")))
        layers = [parse(layer) for layer in chain.split()]
        made = weights(layers, shape)
        picture = np.random.default_rng(1).integers(0, 256, (shape[2], shape[1], shape[0]))
        if name.endswith("-float32"):
            picture = (picture / 255).astype(np.float32)
            made = [None if w is None else w.astype(np.float32) / 10 + 0.01 for w in made]
        for threads in (1, 2):
            ours, theirs = float("inf"), {}
            for _ in range(arguments.turns):
                ours = min(ours, measure_convwalk(name, threads, arguments.seconds))
                for contender, make in CONTENDERS.items():
                    run = make(layers, made, picture, threads)
                    if run:
                        time_now = best(run, arguments.seconds)
                        theirs[contender] = min(theirs.get(contender, float("inf")), time_now)
            cells = [
                f"{written(theirs[c])} (×{theirs[c] / ours:.2g})" if c in theirs else "–"
                for c in CONTENDERS]
            print(f"| {name} | {threads} | {written(ours)} |", " | ".join(cells), "|", flush=True)


main()
