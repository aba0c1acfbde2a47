"""The pending dashboard and a case, from the key to the last paint, in a large store.

    python -m benchmarks.casework_painting [--times 100]

The store is the one of benchmarks.casework_store; the agent has 500 open cases and tasks, or more. Measured in one run,
in turn, with an empty screen as the floor: pushing a screen that shows nothing but its frame. The first of each, which
makes the screens that are kept from then on, is told apart. Times are in ms; "cpu" is what the process itself worked
for it, which others on the machine lengthen less.
"""

from __future__ import annotations

import argparse
import asyncio
import statistics
import time
from collections.abc import Callable
from functools import partial
from typing import cast

import console  # noqa: F401 - first, because it sets the pace of Textual's clock

# isort: split
from benchmarks.account import NOW
from benchmarks.casework import numbers
from benchmarks.casework_store import EACH, agents_of, casework_store
from benchmarks.painting import QUIET, SIZE, PaintingDriver, settled
from console.app import CarelineApp
from console.settings import Settings
from data.cases.dashboard import pending
from data.desk import Desk, open_desk
from screens.workspace import Workspace


async def shown(app: CarelineApp, show: Callable[[], object]) -> tuple[float, float]:
    """ms from `show`, which opens a screen, until nothing more is painted and no worker runs; and of them worked."""
    driver = app._driver
    assert isinstance(driver, PaintingDriver)
    driver.painted.clear()
    start, worked = time.perf_counter(), time.process_time()
    show()
    last = await settled(driver, start)
    while any(not worker.is_finished for worker in app.workers) or driver.painted[-1] != last:
        await asyncio.sleep(0.002)
        last = await settled(driver, time.perf_counter())
    taken = (last - start) * 1000, (time.process_time() - worked) * 1000
    await app.pop_screen()
    await asyncio.sleep(2 * QUIET)
    return taken


async def measure(desk: Desk, cases: list[str]) -> dict[str, list[tuple[float, float]]]:
    """ms of each, in turn."""
    app = CarelineApp(Settings(), desk=desk, driver_class=PaintingDriver)
    taken: dict[str, list[tuple[float, float]]] = {"frame": [], "dashboard": [], "case": []}
    async with app.run_test(headless=False, size=SIZE):
        while app.desk is None:
            await asyncio.sleep(0.05)
        await asyncio.sleep(1)
        for number in cases:
            home = cast(Workspace, app.screen)
            taken["frame"].append(await shown(app, lambda: app.push_screen(Workspace())))
            taken["dashboard"].append(await shown(app, home.action_pending))
            taken["case"].append(await shown(app, partial(home.open_case, number)))
    return taken


def told(times: list[tuple[float, float]]) -> dict[str, float]:
    """The first; then of the others median, 95th percentile and worst, and the median of what was worked."""
    ranked = sorted(taken for taken, _ in times[1:])
    return {
        "first": round(times[0][0], 1),
        "p50": round(statistics.median(ranked), 1),
        "p95": round(ranked[int(0.95 * (len(ranked) - 1))], 1),
        "worst": round(ranked[-1], 1),
        "cpu": round(statistics.median(worked for _, worked in times[1:]), 1),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--times", type=int, default=100)
    options = parser.parse_args()
    path = casework_store()
    desk = open_desk(path, agents_of(path, EACH)[0], clock=lambda: NOW)
    waiting = len(pending(desk))
    taken = asyncio.run(measure(desk, numbers(desk, "1", options.times)))
    print(f"to the last paint, {waiting} things waiting:")
    for name, times in taken.items():
        print(f"{name:<12}" + "  ".join(f"{which} {value:7.1f} ms" for which, value in told(times).items()))


if __name__ == "__main__":
    main()
