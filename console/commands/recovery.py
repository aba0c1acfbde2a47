"""`careline agent recovery-code|recover`: the way in for an administrator who forgot the passphrase."""

from __future__ import annotations

import os
import sys
from typing import Annotated

import typer

from console.desks import desk_of
from console.passphrases import NEW_PASSPHRASE, ask_passphrase, new_passphrase
from console.printing import print_lines
from data.errors import Misused

CODE = "CARELINE_RECOVERY_CODE"


def add_to(group: typer.Typer) -> None:
    """Adds the commands to `careline agent`."""
    group.command("recovery-code", help="Make the code for a forgotten passphrase.")(make)
    group.command("recover", help="Get in with that code: choose a new passphrase.")(recover)


def make(context: typer.Context) -> None:
    from data.agents.recovery import make_recovery_code

    print_code(make_recovery_code(desk_of(context)))


def recover(
    context: typer.Context,
    name: Annotated[str | None, typer.Argument(help="Which administrator; left out: the only one.")] = None,
) -> None:
    """Asks on a terminal; a script gives CARELINE_RECOVERY_CODE and CARELINE_NEW_PASSPHRASE."""
    import random

    from data.agents import recovery
    from data.desk import system_clock
    from data.store import open_store

    code = os.environ.get(CODE)
    if code is None and not (sys.stdin.isatty() and sys.stderr.isatty()):
        raise Misused("The recovery code is missing.", f"Set {CODE}, or do it on a terminal.")
    store = open_store(context.obj.unlocked_store())
    try:
        code = code or ask_passphrase("The recovery code: ")
        new = new_passphrase(NEW_PASSPHRASE)
        done = recovery.recover(store, code, name, new, now=system_clock(), rng=random.SystemRandom())
    finally:
        store.close()
    print_lines([f"{done.agent} signs in with the new passphrase from now on. Leads and administrators are told."])
    print_code(done.code)


def print_code(code: str) -> None:
    """Says what a new recovery code is, this once."""
    print_lines(
        [
            f"Recovery code, shown this once: {code}",
            "Print it and lock it away: an administrator who forgot the passphrase gets in with it, once"
            " (careline agent recover).",
        ]
    )
