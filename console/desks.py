"""The desk that a command works at: whose it is, and what shows that they may sit there."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from console.passphrases import ask_passphrase
from console.progress import progress_bar
from console.settings import Settings
from data.errors import SignInNeeded

if TYPE_CHECKING:
    import typer

    from data.connections import Connections
    from data.desk import Desk


def desk_of(context: typer.Context, connections: Connections | None = None) -> Desk:
    """The desk that the command line and the environment name; see `sit_down`."""
    return sit_down(context.obj, connections)


def connected_desk(context: typer.Context) -> Desk:
    """`desk_of`, connected to the mail server and the other services that the environment names."""
    from data.connections import Connections

    return desk_of(context, Connections.from_environment(os.environ))


def sit_down(settings: Settings, connections: Connections | None = None) -> Desk:
    """The desk at the store that `settings` name, for their agent; on a terminal it asks for a passphrase.

    Raises SignInNeeded where a passphrase or a token is missing, Refused where it is not right.
    """
    from data.connections import OFFLINE
    from data.desk import open_desk
    from data.store import open_store

    where = settings.unlocked_store()
    with progress_bar() as progress:
        store = open_store(where, progress)
    if store.warning:
        sys.stderr.write(f"{store.warning}\n")

    def sit(passphrase: str | None) -> Desk:
        return open_desk(
            store,
            settings.agent,
            connections=connections or OFFLINE,
            passphrase=passphrase,
            token=settings.token,
            trusted=False,
        )

    try:
        return sit(settings.passphrase)
    except SignInNeeded:
        if settings.agent is None or not (sys.stdin.isatty() and sys.stderr.isatty()):
            raise
    return sit(ask_passphrase(f"Passphrase of {settings.agent}: "))
