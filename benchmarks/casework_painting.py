"""The pending dashboard and a case, from the key to the last paint, in a large store.

    python -m benchmarks.casework_painting [--store STORE] [--times 100]

The store is the one of benchmarks.casework: an agent has about 500 things that wait. Measured in one run, in turn, with
an empty screen as the floor: pushing a screen that shows nothing but its frame. Times are in ms; "cpu" is what the
process itself worked for it, which others on the machine lengthen less.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import statistics
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import cast

import console  # noqa: F401 - first, because it sets the pace of Textual's clock

# isort: split
from benchmarks.account import NOW, big_store
from benchmarks.casework import numbers, share_out
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
    while [one for one in app.workers if not one.is_finished] or driver.painted[-1] != last:
        await app.workers.wait_for_complete()
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
    """Median, 95th percentile and worst, and the median of what was worked."""
    ranked = sorted(taken for taken, _ in times)
    return {
        "p50": round(statistics.median(ranked), 1),
        "p95": round(ranked[int(0.95 * (len(ranked) - 1))], 1),
        "worst": round(ranked[-1], 1),
        "cpu": round(statistics.median(worked for _, worked in times), 1),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--store", type=Path)
    parser.add_argument("--customers", type=int, default=1_000_000)
    parser.add_argument("--times", type=int, default=100)
    options = parser.parse_args()
    path = options.store or big_store(options.customers)
    agents = share_out(path)
    desk = open_desk(path, agents[0], clock=lambda: NOW)
    waiting = len(pending(desk))
    taken = asyncio.run(measure(desk, numbers(desk, "1", options.times)))
    print(json.dumps({"waiting": waiting} | {name: told(times) for name, times in taken.items()}, indent=2))


if __name__ == "__main__":
    main()
