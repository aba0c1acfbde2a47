"""Where the console opens: at the desk that the settings name, a demo's where there is no store yet, or at the door."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from console.settings import Settings
from data.errors import Refused, SignInNeeded

if TYPE_CHECKING:
    from data.desk import Desk
    from screens.door import Door


def desk_or_door(settings: Settings, tell: Callable[[str], None]) -> Desk | Door:
    """Opens the desk that `settings` name, or its door, where somebody has to sign in first.

    With no store named and none made yet, makes the demo's. Raises Refused where CARELINE_TOKEN or CARELINE_PASSPHRASE
    are not right.
    """
    from data.connections import Connections
    from data.desk import open_desk, system_clock
    from data.search import search
    from data.store import open_store

    where = settings.open_store()
    if settings.store is None and not Path(where).exists():
        where = settings.demo_store()
        tell("making the demo operator …")
        _make_demo(Path(where), tell)
    store = open_store(where, lambda what, done, total: tell(f"{what} … {100 * done // max(total, 1)} %"))
    connections = Connections.from_environment(os.environ)
    try:
        desk = open_desk(
            store,
            settings.agent,
            connections=connections,
            passphrase=settings.passphrase,
            token=settings.token,
            trusted=False,
        )
    except SignInNeeded:
        from data.operators.queries import operator_of
        from screens.door import Door

        return Door(store, connections, system_clock, operator_of(store).name)
    search(desk, "a")  # loads what the first key will need
    return desk


def _make_demo(where: Path, tell: Callable[[str], None]) -> None:
    """Makes the demo, unless another console that was started at the same time was quicker."""
    from data.demo import make_demo

    def progress(what: str, done: int, total: int) -> None:
        tell(f"making the demo operator … {what} {100 * done // max(total, 1)} %")

    try:
        make_demo(where, progress=progress).close()
    except Refused:
        if not where.exists():
            raise
