"""Compares convwalk's gradients with torch's float64 autograd, over random networks.

    python3 Tests/Oracles/gradients.py PROGRAM [COUNT [SEED [whole|large|floats]]]

needs torch and numpy. Whole-number networks have every kind with an exact inverse, groups, dilation,
uneven padding, overlapping and tied pools, branches that join. Their gradients are equal bit for bit,
as float64 is exact over them, over halves too; where an average divides by anything else, so that torch
rounds, each number is torch's to 10^-12 of itself (and to 10^-15 of the largest number that flows back,
which is what torch's sums lose where they come to nothing). Left out are networks in which that rounding
may decide a tie. Large ones have fewer layers of more numbers, for which the program has other ways.

Of float32 networks every layer's output and every gradient is the exact value, rounded once: torch makes
them in float64 of float32 numbers and rounds each, and what is found lies within half a step of float32
of what torch has before it rounds, and what torch's own sums lose.
"""

import os
import random
import subprocess
import sys
import tempfile

os.environ.setdefault("OMP_NUM_THREADS", "1")
import numpy as np  # noqa: E402
import torch  # noqa: E402
import torch.nn.functional as F  # noqa: E402

torch.set_num_threads(1)


class Rounded(torch.autograd.Function):
    """Rounds to float32 what comes forward and what flows back, once each."""

    @staticmethod
    def forward(_, numbers):
        return numbers.float().double()

    @staticmethod
    def backward(_, numbers):
        return numbers.float().double()


class Sigmoid(torch.autograd.Function):
    """Its slope is taken from its output, which is float32."""

    @staticmethod
    def forward(ctx, numbers):
        shares = torch.sigmoid(numbers).float().double()
        ctx.save_for_backward(shares)
        return shares

    @staticmethod
    def backward(ctx, numbers):
        (shares,) = ctx.saved_tensors
        return numbers * shares * (1 - shares)


class Softmax(torch.autograd.Function):
    """The same over all depths of a place."""

    @staticmethod
    def forward(ctx, numbers):
        shares = torch.softmax(numbers, 0).float().double()
        ctx.save_for_backward(shares)
        return shares

    @staticmethod
    def backward(ctx, numbers):
        (shares,) = ctx.saved_tensors
        return shares * (numbers - (numbers * shares).sum(0))


class Net:
    """A random network: its layers as convwalk has them, its tensors as torch has them."""

    def __init__(self, rng, floats, large=False):
        self.rng, self.floats, self.large = rng, floats, large
        self.words, self.arrays, self.divides, self.isUnsure = [], {}, False, False
        shape = (rng.randint(1, 3), rng.randint(4, 9), rng.randint(4, 9))
        if large:
            shape = (rng.randint(1, 4), rng.randint(14, 26), rng.randint(14, 26))
        self.input = self.numbers(shape, 3).requires_grad_()
        self.tensors = {"X": self.input}
        self.parameters, self.last = {}, "X"
        for _ in range(rng.randint(1, 3 if large else 6)):
            self.add(rng.choice(KINDS + (FLOAT_KINDS if floats else [])))
        if rng.random() < 0.5:
            self.head()
        if not self.words:
            self.relu()

    def numbers(self, shape, most):
        if self.floats:
            values = [self.rng.gauss(0, 1) for _ in range(int(np.prod(shape)))]
            return torch.tensor(np.array(values, np.float32).reshape(shape), dtype=torch.float64)
        values = [self.rng.randint(-most, most) for _ in range(int(np.prod(shape)))]
        return torch.tensor(np.array(values, np.float64).reshape(shape))

    @property
    def now(self):
        return self.tensors[self.last]

    def put(self, word, tensor, source=None):
        name = f"l{len(self.words)}"
        word += f",name={name}"
        if source:
            word += f",from={source}"
        self.words.append(word)
        if self.floats:
            tensor = Rounded.apply(tensor)
        tensor.retain_grad()
        self.tensors[name] = tensor
        self.last = name
        return name

    def add(self, kind):
        if kind(self) is None:
            self.relu()

    def weigh(self, weight, bias):
        """Numbers for the layer that comes next."""
        name = f"l{len(self.words)}"
        for key, value in [("weight", weight), ("bias", bias)]:
            if value is not None:
                value.requires_grad_()
                self.parameters[f"{name}.{key}"] = value
                self.arrays[f"{name}.{key}"] = value.detach().numpy()

    def doubt(self, *edges):
        """Notes where float64's own rounding may decide a tie or an edge, once an average divided."""
        values = np.unique(self.now.detach().numpy())
        values = np.sort(np.concatenate([values, np.array(edges, np.float64)]))
        steps = np.diff(values)
        if self.divides and ((steps > 0) & (steps < 1e-9)).any():
            self.isUnsure = True

    def divide(self, divisors):
        """Notes an average by what float64 does not divide by exactly."""
        self.divides = self.divides or any(n & (n - 1) for n in divisors)

    def window(self, most=3):
        rng = self.rng
        _, height, width = self.now.shape
        size = rng.randint(1, min(most, width)), rng.randint(1, min(most, height))
        stride = rng.randint(1, 3), rng.randint(1, 3)
        return size, stride

    def conv(self, depthwise=False):
        rng = self.rng
        depth, height, width = self.now.shape
        (fx, fy), (sx, sy) = self.window()
        dx, dy = rng.choice([1, 1, 2]), rng.choice([1, 1, 2, 3])
        sides = [rng.choice([0, 0, 1, 2]) for _ in range(4)]
        left, right, top, bottom = sides
        if dx * (fx - 1) + 1 > width + left + right or dy * (fy - 1) + 1 > height + top + bottom:
            return None
        each = rng.randint(6, 20) if self.large else rng.randint(1, 3)
        if depthwise:
            groups, filters = depth, depth * each
        else:
            groups = rng.choice([g for g in range(1, depth + 1) if depth % g == 0])
            filters = groups * each
        hasBias = rng.random() < 0.7
        weight = self.numbers((filters, depth // groups, fy, fx), 2)
        bias = self.numbers((filters,), 3) if hasBias else None
        self.weigh(weight, bias)
        padded = F.pad(self.now[None], (left, right, top, bottom))
        out = F.conv2d(padded, weight, bias, (sy, sx), 0, (dy, dx), groups)[0]
        kind = (
            f"depthwise:{fx}x{fy},multiplier={each}"
            if depthwise
            else f"conv:{fx}x{fy},filters={filters},groups={groups}"
        )
        word = f"{kind},stride={sx}x{sy},dilation={dx}x{dy}"
        word += f",left={left},right={right},top={top},bottom={bottom}"
        return self.put(word + ("" if hasBias else ",bias=no"), out)

    def depthwise(self):
        return self.conv(depthwise=True)

    def maxpool(self):
        (fx, fy), (sx, sy) = self.window()
        px, py = self.rng.randint(0, fx // 2), self.rng.randint(0, fy // 2)
        ceil = self.rng.random() < 0.3
        self.doubt()
        out = F.max_pool2d(self.now[None], (fy, fx), (sy, sx), (py, px), 1, ceil)[0]
        word = f"maxpool:{fx}x{fy},stride={sx}x{sy},padding={px}x{py}"
        return self.put(word + (",rounding=ceil" if ceil else ""), out)

    def avgpool(self):
        (fx, fy), (sx, sy) = self.window()
        px, py = self.rng.randint(0, fx // 2), self.rng.randint(0, fy // 2)
        counts = self.rng.random() < 0.5
        out = F.avg_pool2d(self.now[None], (fy, fx), (sy, sx), (py, px), False, counts)[0]
        # Windows that reach over the edge divide by what lies inside.
        places = range(1, fx + 1), range(1, fy + 1)
        isCut = not counts and (px or py)
        divisors = [x * y for x in places[0] for y in places[1]] if isCut else [fx * fy]
        self.divide(divisors)
        word = f"avgpool:{fx}x{fy},stride={sx}x{sy},padding={px}x{py}"
        return self.put(word + f",count-padding={'yes' if counts else 'no'}", out)

    def globalavgpool(self):
        self.divide([self.now.shape[1] * self.now.shape[2]])
        return self.put("globalavgpool", self.now.mean((1, 2), keepdim=True))

    def relu(self):
        self.doubt(0)
        return self.put("relu", F.relu(self.now))

    def relu6(self):
        self.doubt(0, 6)
        return self.put("relu6", F.relu6(self.now))

    def leakyrelu(self):
        self.doubt(0)
        return self.put("leakyrelu:0.25", F.leaky_relu(self.now, 0.25))

    def dropout(self):
        return self.put("dropout:0.5", self.now * 1)

    def zeropad(self):
        left, right, top, bottom = [self.rng.randint(0, 2) for _ in range(4)]
        word = f"zeropad,left={left},right={right},top={top},bottom={bottom}"
        if left + right + top + bottom == 0:
            return None
        return self.put(word, F.pad(self.now, (left, right, top, bottom)))

    def batchnorm(self):
        depth = self.now.shape[0]
        root = torch.tensor([float(self.rng.choice([1, 2, 4])) for _ in range(depth)])
        gamma, beta = self.numbers((depth,), 3), self.numbers((depth,), 3)
        mean, variance = self.numbers((depth,), 2), root.double() ** 2 - 0.5
        self.weigh(gamma, beta)
        name = f"l{len(self.words)}"
        for key, value in [("running_mean", mean), ("running_var", variance)]:
            self.arrays[f"{name}.{key}"] = value.numpy()
        scale = gamma / torch.sqrt(variance + 0.5)
        out = (self.now - mean[:, None, None]) * scale[:, None, None] + beta[:, None, None]
        return self.put("batchnorm,epsilon=0.5", out)

    def join(self):
        """A second way from an earlier tensor of the same size, added or put behind."""
        alike = [n for n, t in self.tensors.items() if t.shape[1:] == self.now.shape[1:]]
        other = self.rng.choice(alike)
        same = self.tensors[other].shape == self.now.shape
        if same and self.rng.random() < 0.6:
            out = self.now + self.tensors[other]
            return self.put("add", out, f"{self.last}+{other}")
        out = torch.cat([self.tensors[other], self.now])
        return self.put("concat", out, f"{other}+{self.last}")

    def sigmoid(self):
        return self.put("sigmoid", Sigmoid.apply(self.now))

    def softmax(self):
        return self.put("softmax", Softmax.apply(self.now))

    def lrn(self):
        size = self.rng.randint(1, 5)
        out = F.local_response_norm(self.now[None], size, alpha=0.5, beta=0.75, k=1.0)[0]
        return self.put(f"lrn:{size},alpha=0.5,beta=0.75,k=1", out)

    def head(self):
        if self.rng.random() < 0.3:
            self.put("flatten,order=yxd", self.now.permute(1, 2, 0).reshape(-1, 1, 1))
        else:
            self.put("flatten", self.now.reshape(-1, 1, 1))
        count, outputs = self.now.shape[0], self.rng.randint(1, 5)
        hasBias = self.rng.random() < 0.7
        weight = self.numbers((outputs, count), 2)
        bias = self.numbers((outputs,), 3) if hasBias else None
        self.weigh(weight, bias)
        out = F.linear(self.now.reshape(-1), weight, bias).reshape(-1, 1, 1)
        self.put(f"dense:{outputs}" + ("" if hasBias else ",bias=no"), out)


KINDS = [
    Net.conv, Net.conv, Net.depthwise, Net.maxpool, Net.avgpool, Net.relu, Net.relu6,
    Net.leakyrelu, Net.dropout, Net.zeropad, Net.batchnorm, Net.join, Net.join, Net.globalavgpool,
]
FLOAT_KINDS = [Net.sigmoid, Net.softmax, Net.lrn]


def loss(net, rng, folder):
    """The loss, and the options that say it."""
    out = net.now
    choice = rng.random()
    if choice < 0.25:
        return out.sum(), []
    path = os.path.join(folder, "t.npy")
    if choice < 0.5:
        upstream = net.numbers(out.shape, 4)
        np.save(path, upstream.numpy().astype(np.float32))
        return (out * upstream).sum(), ["--upstream", path]
    if choice < 0.75 or out.shape[1:] != (1, 1) or out.shape[0] < 2:
        target = net.numbers(out.shape, 4)
        np.save(path, target.numpy().astype(np.float32))
        return ((out - target) ** 2).sum() / 2, ["--loss", "squared", "--target", path]
    scores, label = out.reshape(-1), rng.randrange(out.shape[0])
    if net.floats and rng.random() < 0.5:
        if net.words[-1].startswith(("softmax", "sigmoid")):
            return out.sum(), []
        shares = torch.softmax(scores, 0)
        if ((shares > 0) & (shares < 1e-12)).any():
            # Such a share decides on which side of a tie a sum lies, and float64 loses it.
            net.isUnsure = True
        value = F.cross_entropy(scores[None], torch.tensor([label]))
        return value, ["--loss", "cross-entropy", "--target", str(label)]
    net.doubt(*(scores.detach().numpy()[label] - 1).reshape(-1))
    margins = torch.clamp(scores - scores[label] + 1, min=0)
    value = margins.sum() - margins[label]
    return value, ["--loss", "hinge", "--target", str(label)]


def check(program, seed, kind, folder):
    """How many gradients of one network were compared; raises where one differs."""
    rng = random.Random(seed)
    floats = kind == "floats"
    net = Net(rng, floats, kind == "large")
    value, options = loss(net, rng, folder)
    if net.isUnsure:
        return 0
    value.backward()
    image, weights = os.path.join(folder, "x.npy"), os.path.join(folder, "w.npz")
    np.save(image, net.input.detach().numpy().astype(np.float32 if floats else np.int64))
    kept = {k: v.astype(np.float32) for k, v in net.arrays.items()}
    if not floats:
        kept = {
            k: v if k.endswith("running_var") else v.astype(np.int64)
            for k, v in net.arrays.items()
        }
    np.savez(weights, **kept)
    words = [image] + net.words + ["--axes", "dyx"]
    if kept:
        words += ["--weights", weights]
    wanted = {n: t.grad for n, t in net.tensors.items()}
    wanted.update({n: p.grad for n, p in net.parameters.items()})
    names = [n for n, g in wanted.items() if g is not None]
    # What is 0 exactly may be the rounding of larger numbers to torch.
    largest = max(np.abs(wanted[n].numpy()).max() for n in names)
    if "cross-entropy" in options:
        # It is the difference of shares of 1.
        largest = max(largest, 1)
    count = 0
    for name in rng.sample(names, min(4, len(names))):
        result = os.path.join(folder, "g.npy")
        run = subprocess.run(
            [program, "compute", *words, *options, "--gradient", name, "-o", result,
             "--dtype", "float64"],
            capture_output=True, text=True)
        if run.returncode:
            raise SystemExit(f"seed {seed}: {' '.join(words + options)} {name}: {run.stderr}")
        found, right = np.load(result), wanted[name].numpy()
        if name not in net.tensors and found.shape != right.shape:
            raise SystemExit(f"seed {seed} {name}: {found.shape}, expected {right.shape}")
        error = np.abs(found.reshape(right.shape) - right)
        most = np.abs(right) * (2**-24 if net.floats else 1e-12) + largest * 1e-15
        if net.floats and net.divides:
            # Averages lie often right between two float32, where torch's own rounding decides; and
            # whole numbers stay fractions behind one, where torch has none.
            most += largest * 1e-6
        if not net.floats and not net.divides:
            most = 0
        if (error > most).any():
            worst = np.argmax(error - most)
            raise SystemExit(
                f"seed {seed} {name}: {found.flat[worst]!r}, expected {right.flat[worst]!r} "
                f"(largest {largest})\n{' '.join(words + options)}")
        count += 1
    return count


def main():
    program = os.path.abspath(sys.argv[1])
    networks = int(sys.argv[2]) if len(sys.argv) > 2 else 100
    first = int(sys.argv[3]) if len(sys.argv) > 3 else 0
    kind = sys.argv[4] if len(sys.argv) > 4 else "whole"
    assert kind in ("whole", "large", "floats"), kind
    count = 0
    with tempfile.TemporaryDirectory() as folder:
        for seed in range(first, first + networks):
            count += check(program, seed, kind, folder)
    print(f"{networks} networks, {count} gradients equal")


main()
