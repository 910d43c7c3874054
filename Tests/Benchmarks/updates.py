"""How many updates a second `convwalk train` draws, of a head of 512 features and 10 classes.

    python3 Tests/Benchmarks/updates.py CONVWALK [COUNT]

Space is typed COUNT times (500 unless given), each once the screen of the one before has come. What
the program itself takes, its processor time, is told beside the time that goes by. Needs numpy.
"""

import fcntl
import os
import pty
import select
import struct
import sys
import tempfile
import termios
import time

import numpy


def draw(program, arguments, columns, rows, count):
    """Seconds that went by, of the program's processor, and bytes, for an update each."""
    process, terminal = pty.fork()
    if process == 0:
        os.environ.update(TERM="xterm-256color", LC_ALL="C.UTF-8")
        os.execv(program, [program] + arguments)
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def drained(first, quiet):
        size, patience = 0, first
        while select.select([terminal], [], [], patience)[0]:
            size, patience = size + len(os.read(terminal, 1 << 16)), quiet
        return size

    def processor():
        with open(f"/proc/{process}/stat") as file:
            fields = file.read().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    drained(10, 1)
    start, used = time.monotonic(), processor()
    size = 0
    for _ in range(count):
        os.write(terminal, b" ")
        size += drained(5, 0.0005)
    spent, used = time.monotonic() - start, processor() - used
    os.write(terminal, b"q")
    os.waitpid(process, 0)
    os.close(terminal)
    return spent, used, size / count


def main():
    program = os.path.abspath(sys.argv[1])
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 500
    random = numpy.random.default_rng(1)
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "head.npz")
        inputs = random.integers(0, 256, (2 * count, 512, 1, 1)).astype(numpy.uint8)
        numpy.savez(path, x=inputs, y=random.integers(0, 10, 2 * count))
        arguments = ["train", "1x1x512", "dense:10", "--examples", path, "--axes", "dyx"]
        for columns, rows in [(80, 24), (132, 43), (200, 60)]:
            spent, used, size = draw(program, arguments, columns, rows, count)
            print(
                f"{columns}x{rows}: {count / spent:.0f} a second, {count / max(used, 0.01):.0f} a "
                f"second of processor, {size:.0f} bytes each")


main()
