"""How long it takes to start: the command line, and the console's first paint against a bare Textual app.

    python -m benchmarks.startup [--runs 15]

Each program is started in turn (A B C A B C …) with one warm-up round, so that a busy machine slows all of them alike;
the ratios are the figures, the milliseconds are this machine's. The command line is timed from its start to its end.
A first paint is timed in a real pseudo-terminal of 120 × 40 cells, from the fork to the moment that the terminal has
been sent the text that stands last in the finished first frame.
"""

from __future__ import annotations

import argparse
import fcntl
import os
import pty
import select
import signal
import statistics
import struct
import subprocess
import sys
import tempfile
import termios
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

BIN = Path(sys.executable).parent
LIMIT = 20.0  # seconds
SIZE = struct.pack("HHHH", 40, 120, 0, 0)
BARE_MARK = "a bare input"  # the cursor stands on its first letter, so the rest of it is looked for
FIRST_FRAME = "Help"  # stands in the keys line, the last of the console that is painted
FILLED = "Recently opened"  # once the store is open
BARE = f"""
from textual.app import App
from textual.widgets import Input
class Bare(App):
    def compose(self):
        yield Input(placeholder={BARE_MARK!r})
Bare().run()
"""


@dataclass
class Program:
    """Something to start. `mark`: text of its finished first frame; "" times it to its end. `floor`: its reference."""

    name: str
    words: list[str]
    mark: str = ""
    floor: str = ""
    taken: list[float] = field(default_factory=list)

    def start(self, environment: Mapping[str, str]) -> float:
        """Milliseconds of one start."""
        return first_paint(self, environment) if self.mark else whole_run(self, environment)


def whole_run(program: Program, environment: Mapping[str, str]) -> float:
    """Milliseconds from the start of a program to its end."""
    start = time.perf_counter()
    subprocess.run(program.words, env=environment, stdout=subprocess.DEVNULL, stdin=subprocess.DEVNULL, check=True)
    return (time.perf_counter() - start) * 1000


def first_paint(program: Program, environment: Mapping[str, str]) -> float:
    """Milliseconds from the fork to `program.mark` on its screen."""
    start = time.perf_counter()
    child, screen = pty.fork()
    if child == 0:
        fcntl.ioctl(1, termios.TIOCSWINSZ, SIZE)
        os.execve(program.words[0], program.words, dict(environment))
    try:
        return read_until(screen, program.mark.encode(), start)
    finally:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        os.close(screen)


def read_until(screen: int, mark: bytes, start: float) -> float:
    """Milliseconds from `start` until `mark` was read from `screen`."""
    seen = b""
    while time.perf_counter() - start < LIMIT:
        if select.select([screen], [], [], 0.02)[0]:
            try:
                seen += os.read(screen, 65536)
            except OSError:
                break
            if mark in seen:
                return (time.perf_counter() - start) * 1000
    raise SystemExit(
        f"“{mark.decode()}” was never painted; the screen showed:\n{seen[-2000:].decode(errors='replace')}"
    )


def measure(programs: list[Program], runs: int, environment: Mapping[str, str], tell: Callable[[str], None]) -> None:
    """Fills each program's `taken`, in rounds; the first round only warms up."""
    for turn in range(runs + 1):
        tell(f"round {turn} of {runs}")
        for program in programs:
            taken = program.start(environment)
            if turn:
                program.taken.append(taken)


def table(programs: list[Program]) -> list[str]:
    """The results as lines of a table: median, spread, and the ratio to the reference, round by round."""
    by_name = {program.name: program for program in programs}
    lines = ["| started | median ms | min | max | × its floor (median of rounds) |", "|---|---|---|---|---|"]
    for program in programs:
        ratio = ""
        if program.floor:
            rounds = zip(program.taken, by_name[program.floor].taken, strict=True)
            ratio = f"{statistics.median(mine / floor for mine, floor in rounds):.2f} × {program.floor}"
        middle = statistics.median(program.taken)
        lines.append(
            f"| {program.name} | {middle:.0f} | {min(program.taken):.0f} | {max(program.taken):.0f} | {ratio} |"
        )
    return lines


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=15)
    options = parser.parse_args()
    careline, python = str(BIN / "careline"), sys.executable
    programs = [
        Program("python -c pass", [python, "-c", "pass"]),
        Program("careline --version", [careline, "--version"], floor="python -c pass"),
        Program("careline --help", [careline, "--help"], floor="python -c pass"),
        Program("bare Textual app", [python, "-c", BARE], mark=BARE_MARK[1:]),
        Program("careline, first paint", [careline], mark=FIRST_FRAME, floor="bare Textual app"),
        Program("careline, store open", [careline], mark=FILLED, floor="bare Textual app"),
    ]
    with tempfile.TemporaryDirectory() as home:
        store = str(Path(home) / "demo.store")
        environment = os.environ | {"HOME": home, "TERM": "xterm-256color", "COLORTERM": "truecolor"}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)  # the warm-up compiles, as an installation does
        environment |= {"CARELINE_STORE": store, "XDG_CONFIG_HOME": home, "XDG_DATA_HOME": home}
        subprocess.run([careline, "demo"], env=environment, check=True, stdout=subprocess.DEVNULL)
        measure(programs, options.runs, environment, lambda what: print(what, file=sys.stderr))
    print(*table(programs), sep="\n")


if __name__ == "__main__":
    main()
