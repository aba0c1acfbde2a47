"""From a key to the screen: what a person feels, measured through a driver that paints.

    python -m benchmarks.painting [--store STORE] [--keys 300] [--opens 100]

Measured in one run, in turn: a key in a bare Textual Input (the floor), a key in the search box to its echo, the
same key to the last paint that it caused, however late (50 hits are built where there are so many, and as many
painted as the screen holds), and an account from the call that opens it to its last paint. What is typed: names as
they are, names with a slip of the finger, telephone numbers with their dashes, and a name with four digits; the next
key comes when the one before is answered. Without --store a demo of 2,000 customers is made. Times are in ms and
drift; the ratios are the figures.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import statistics
import tempfile
import time
from collections.abc import Sequence
from itertools import cycle
from pathlib import Path
from typing import Any

import console  # noqa: F401 - first, because it sets the pace of Textual's clock

# isort: split
from textual import events
from textual.app import App, ComposeResult
from textual.drivers.headless_driver import HeadlessDriver
from textual.widgets import Input

from console.app import CarelineApp
from console.settings import Settings

SIZE = (120, 40)
QUIET = 0.04  # seconds without a write after which a paint is over
NAMES = {" ": "space", "-": "minus"}
SMALL_WRITE = 30  # bytes; what is shorter moves the cursor only


class PaintingDriver(HeadlessDriver):
    """Paints for real into nothing, and remembers when."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.painted: list[float] = []

    @property
    def is_headless(self) -> bool:
        return False

    def write(self, data: str) -> None:
        if len(data) > SMALL_WRITE:
            self.painted.append(time.perf_counter())

    def flush(self) -> None: ...


class Bare(App[None]):
    """The floor: one Input."""

    def compose(self) -> ComposeResult:
        yield Input()


async def settled(driver: PaintingDriver, since: float) -> float:
    """Waits until painting has been quiet for a while; when the last paint was."""
    while not driver.painted or time.perf_counter() - max(driver.painted[-1], since) < QUIET:
        await asyncio.sleep(0.002)
    return driver.painted[-1]


async def finished(app: App[Any], driver: PaintingDriver, since: float) -> float:
    """Waits until nothing works behind the screen any more, however long that takes, and painting has been quiet."""
    last = await settled(driver, since)
    while app.workers or driver.painted[-1] != last:
        await app.workers.wait_for_complete()
        last = await settled(driver, time.perf_counter())
    return last


async def key(app: App[Any], char: str) -> tuple[float, float]:
    """Presses a key; ms to the first and to the last paint that it caused."""
    driver = app._driver
    assert isinstance(driver, PaintingDriver)
    driver.painted.clear()
    start = time.perf_counter()
    event = events.Key(NAMES.get(char, char), char)
    event.set_sender(app)
    driver.send_message(event)
    last = await finished(app, driver, start)
    return (driver.painted[0] - start) * 1000, (last - start) * 1000


async def bare_keys(count: int) -> list[float]:
    """ms from a key to its echo in the bare app."""
    app = Bare(driver_class=PaintingDriver)
    async with app.run_test(headless=False, size=SIZE):
        app.query_one(Input).cursor_blink = False
        await asyncio.sleep(0.3)
        return [(await key(app, "abcdefgh"[n % 8]))[0] for n in range(count)]


async def console_keys(store: Path, texts: Sequence[str], count: int) -> tuple[list[float], list[float]]:
    """ms from a key in the search box to its echo, and to the hits painted, over the prefixes of `texts`."""
    app = CarelineApp(Settings(store=str(store)), driver_class=PaintingDriver)
    turns = cycle(texts)
    echoes, hits = [], []
    async with app.run_test(headless=False, size=SIZE):
        box = await _ready(app)
        while len(echoes) < count:
            box.value = ""
            await asyncio.sleep(2 * QUIET)
            for char in next(turns):
                echo, painted = await key(app, char)
                echoes.append(echo)
                hits.append(painted)
    return echoes, hits


async def account_opens(store: Path, numbers: Sequence[str]) -> list[float]:
    """ms from the call that opens an account to its last paint."""
    app = CarelineApp(Settings(store=str(store)), driver_class=PaintingDriver)
    taken = []
    async with app.run_test(headless=False, size=SIZE):
        await _ready(app)
        driver = app._driver
        assert isinstance(driver, PaintingDriver)
        for number in numbers:
            driver.painted.clear()
            start = time.perf_counter()
            app.screen.open_account(number)
            taken.append((await finished(app, driver, start) - start) * 1000)
            await app.pop_screen()
            await asyncio.sleep(2 * QUIET)
    return taken


async def _ready(app: CarelineApp) -> Input:
    while app.desk is None:
        await asyncio.sleep(0.05)
    await app.workers.wait_for_complete()
    box = app.screen.query_one("#search-box", Input)
    box.cursor_blink = False
    await asyncio.sleep(0.5)
    return box


def spread(name: str, taken: Sequence[float], floor: float) -> str:
    """A row: median, 95th percentile, worst, and the median's ratio to the floor."""
    ranked = sorted(taken)
    p95 = ranked[int(0.95 * (len(ranked) - 1))]
    median = statistics.median(ranked)
    return f"| {name} | {len(taken)} | {median:.1f} | {p95:.1f} | {ranked[-1]:.1f} | {median / floor:.1f} |"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--store", type=Path)
    parser.add_argument("--keys", type=int, default=300)
    parser.add_argument("--opens", type=int, default=100)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        store = options.store or _demo(Path(folder) / "demo.store")
        texts, numbers = _drawn(store, options.opens)
        bare = asyncio.run(bare_keys(options.keys))
        echoes, hits = asyncio.run(console_keys(store, texts, options.keys))
        opens = asyncio.run(account_opens(store, numbers))
    floor = statistics.median(bare)
    print("| measured | n | median ms | p95 ms | worst ms | × floor |", "|---|---|---|---|---|---|", sep="\n")
    for name, taken in (
        ("key to echo, bare Input", bare),
        ("key to echo, search box", echoes),
        ("key to hits painted", hits),
        ("account to full paint", opens),
    ):
        print(spread(name, taken, floor))


def _demo(path: Path) -> Path:
    from data.demo import make_demo

    make_demo(path).close()
    return path


def _drawn(store: Path, count: int) -> tuple[list[str], list[str]]:
    """Texts to type, the four kinds in turn, and account numbers to open, drawn by a fixed seed."""
    from data.store import open_store

    opened = open_store(store)
    with opened.raw() as connection:
        rows = connection.execute(
            "SELECT c.first_name, c.last_name, a.number, min(l.mdn) FROM account a"
            " JOIN customer c ON c.id = a.customer_id JOIN line l ON l.account_id = a.id"
            " WHERE a.id <= 200000 AND length(c.first_name) > 2 AND length(c.last_name) > 4 AND l.mdn IS NOT NULL"
            " GROUP BY a.id"
        ).fetchall()
    opened.close()
    typable = [row for row in rows if f"{row[0]}{row[1]}".isascii() and f"{row[0]}{row[1]}".isalpha()]
    chance = random.Random(7)
    drawn = chance.sample(typable, count)
    return [_typed(place, chance, *row) for place, row in enumerate(drawn)], [number for _, _, number, _ in drawn]


def _typed(place: int, chance: random.Random, first: str, last: str, _account: str, mdn: str) -> str:
    """What is typed for the customer at that place."""
    at = chance.randrange(1, len(last) - 1)
    slip = last[:at] + last[at + 1] + last[at] + last[at + 2 :]
    kinds = (f"{first} {last}", f"{first} {slip}", f"{mdn[:3]}-{mdn[3:6]}-{mdn[6:]}", f"{last} {mdn[6:]}")
    return kinds[place % len(kinds)].lower()


if __name__ == "__main__":
    main()
