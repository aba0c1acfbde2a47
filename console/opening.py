"""Opening the console on a terminal, and leaving it: with an exit code, and in words where the store can't be used."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from console.settings import Settings
from data.errors import Misused

if TYPE_CHECKING:
    from console.app import CarelineApp


def open_on_screen(settings: Settings) -> int:
    """Opens the console and returns its exit code. Raises Misused where there is no terminal to show it on."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise Misused("Careline's screen needs a terminal.", "In a script, give a command: see `careline --help`.")
    if os.environ.get("TERM") == "dumb":
        raise Misused(
            "This terminal says that it is dumb (TERM=dumb): it can't show Careline's screen.",
            "Open Careline in another one, or give a command: see `careline --help`.",
        )
    from console.app import CarelineApp
    from console.unlocking import unlock

    unlock(settings.open_store())
    try:
        return _run(CarelineApp(settings))
    finally:
        from data.store import close_all  # by now it is loaded

        close_all()


def _run(app: CarelineApp) -> int:
    """Shows the console until it ends, and returns its exit code; a store that can't be used is told on stderr."""
    code = app.run()
    if app.failure is not None:
        sys.stderr.write(f"{app.failure}\n")
    return code or app.return_code or 0
