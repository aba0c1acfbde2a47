"""Passphrases for commands: given in the environment, or asked for on a terminal, which shows nothing of them."""

from __future__ import annotations

import os
import sys

from data.errors import Misused
from data.text import harmless

NEW_PASSPHRASE = "CARELINE_NEW_PASSPHRASE"


def ask_passphrase(question: str) -> str:
    """A passphrase from the terminal."""
    from getpass import getpass

    return getpass(harmless(question), stream=sys.stderr)


def new_passphrase(variable: str, question: str = "New passphrase, at least 12 characters: ") -> str:
    """A passphrase that is new: from the environment's `variable`, or asked for twice on a terminal.

    Raises Misused where neither gives one, or both answers differ.
    """
    if given := os.environ.get(variable):
        return given
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        raise Misused("A passphrase is missing.", f"Set {variable}, or do it on a terminal.")
    first = ask_passphrase(question)
    if ask_passphrase("The same again: ") != first:
        raise Misused("The two are not the same.", "Nothing was changed; try again.")
    return first
