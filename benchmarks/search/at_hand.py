"""Keeps what engines have on disk in the system's cache while they are asked.

Some virtual machines give back to their host what was not read for half a minute; the disk would be measured then, and
what is cold is measured apart. A process of its own reads a byte of each page every other second.

    with at_hand(engines): ...
"""

from __future__ import annotations

import mmap
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from benchmarks.search.engine import Engine

PAUSE = 2  # seconds
READY = "ready"


@contextmanager
def at_hand(engines: Iterable[Engine]) -> Iterator[None]:
    """While this is entered, the files of `engines` stay in memory."""
    paths = [str(engine.files) for engine in engines if engine.files]
    reader = subprocess.Popen([sys.executable, "-m", __name__, *paths], stdout=subprocess.PIPE, text=True)
    try:
        assert reader.stdout and reader.stdout.readline().strip() == READY
        yield
    finally:
        reader.kill()
        reader.wait()


def _read_on(paths: list[Path]) -> None:
    files = [file for path in paths for file in ([path] if path.is_file() else path.rglob("*")) if file.is_file()]
    with ExitStack() as stack:
        opened = [stack.enter_context(file.open("rb")) for file in files if file.stat().st_size]
        maps = [mmap.mmap(file.fileno(), 0, prot=mmap.PROT_READ) for file in opened]
        _touch(maps)
        print(READY, flush=True)
        while True:
            time.sleep(PAUSE)
            _touch(maps)


def _touch(maps: list[mmap.mmap]) -> None:
    for pages in maps:
        pages[:: mmap.PAGESIZE]  # the first byte of each


if __name__ == "__main__":
    _read_on([Path(name) for name in sys.argv[1:]])
