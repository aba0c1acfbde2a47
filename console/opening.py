"""The desk that the console opens with: the store that was named, or a demo where there is none yet."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from console.settings import Settings

if TYPE_CHECKING:
    from data.desk import Desk


def open_console_desk(settings: Settings, tell: Callable[[str], None]) -> Desk:
    """Opens the desk that `settings` name. With no store named and none made yet, makes the demo's first."""
    from data.connections import Connections
    from data.desk import open_desk
    from data.search import search

    where = settings.open_store()
    if settings.store is None and not Path(where).exists():
        where = settings.demo_store()
        tell("making the demo operator …")
        _make_demo(Path(where), tell)
    desk = open_desk(where, settings.agent, connections=Connections.from_environment(os.environ))
    search(desk, "a")  # loads what the first key will need
    return desk


def _make_demo(where: Path, tell: Callable[[str], None]) -> None:
    """Makes the demo, unless another console that was started at the same time was quicker."""
    from data.demo import make_demo
    from data.errors import Refused

    def progress(what: str, done: int, total: int) -> None:
        tell(f"making the demo operator … {what} {100 * done // max(total, 1)} %")

    try:
        make_demo(where, progress=progress).close()
    except Refused:
        if not where.exists():
            raise
