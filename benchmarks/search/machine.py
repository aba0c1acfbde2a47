"""What a table of times needs beside it: the machine, Careline's memory and first search, and what an edit costs."""

from __future__ import annotations

import os
import platform
import statistics
import subprocess
import sys
import time
from pathlib import Path

from benchmarks.search.stores import careline_store

NAMES = ("Alvarez", "Thompson", "Nguyen", "Kowalski", "O'Brien", "Garcia-Lopez", "Lee")
MISSPELT = (
    "jhon smiht", "maria gacria", "micheal jonson", "thomas andreson", "robret williams", "jenifer martinez",
    "david brwon", "willam davis", "elizabth rodriguez", "nancy taylro", "steven kowalsky",
)  # fmt: skip
_MEMORY = """
import os, sys, time
import psutil
before = psutil.Process().memory_info().rss
from data.desk import open_desk
from data.search import search
path = sys.argv[1]
for name in (path, path + "-wal"):
    if os.path.exists(name):
        os.posix_fadvise(os.open(name, os.O_RDONLY), 0, 0, os.POSIX_FADV_DONTNEED)
desk = open_desk(path)
search(desk, "")
started = time.perf_counter()
search(desk, sys.argv[2])
first = (time.perf_counter() - started) * 1000
opened = psutil.Process().memory_info().rss
for name in ("maria garcia", "jmaes jonson", "bob wilson", "0143", "smith 0143", "lee houston", "352000"):
    for length in range(1, len(name) + 1):
        search(desk, name[:length])
print(first, (psutil.Process().memory_info().rss - before) / 1e6)
"""


def machine() -> str:
    """The machine in words."""
    model = next(
        (line.split(":")[1].strip() for line in Path("/proc/cpuinfo").read_text().splitlines() if "model name" in line),
        platform.processor(),
    )
    load = os.getloadavg()[0]
    return f"{os.cpu_count()} cores ({model}), Python {platform.python_version()}, load {load:.1f} from others' work"


def memory_and_cold(count: int) -> list[str]:
    """The first misspelt search after the page cache was let go, and the memory that searching takes."""
    path, _ = careline_store(count)
    found = []
    for text in MISSPELT:
        told = subprocess.check_output([sys.executable, "-c", _MEMORY, str(path), text], text=True)
        found.append(tuple(map(float, told.split())))
    first, memory = zip(*found, strict=True)
    middle, most = statistics.median(first), statistics.median(memory)
    among = f"{min(first):.0f} to {max(first):.0f}, {len(first)} names"
    return [f"- first misspelt search, nothing cached: {middle:.0f} ms ({among}); memory for the store: {most:.0f} MB"]


def one_edit(count: int, rounds: int = 60) -> list[str]:
    """One customer edited and committed, in turn with a change that the index does not know of."""
    from data.desk import open_desk

    desk = open_desk(careline_store(count)[0])
    times: dict[str, list[float]] = {"county": [], "last_name": []}
    for turn in range(rounds):
        for column, taken in times.items():
            started = time.perf_counter()
            with desk.store.writing() as session:
                connection = session.connection().connection.driver_connection
                value = NAMES[turn % len(NAMES)]
                connection.execute(f"UPDATE customer SET {column} = ? WHERE id = ?", (value, count // 2 + turn))
                desk.search_engine.refresh(connection)
            taken.append((time.perf_counter() - started) * 1000)
    desk.store.close()
    plain, indexed = (statistics.median(taken) for taken in times.values())
    told = f"{indexed:.1f} ms with the index, {plain:.1f} ms for a commit without"
    return [f"- one customer's name edited: {told}: {indexed / plain:.2f} ×"]
