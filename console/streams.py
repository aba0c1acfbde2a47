"""What Careline reads from and prints to: always there, and taking every sign, whatever the terminal can show."""

from __future__ import annotations

import os
import sys
from pathlib import Path


def make_ready() -> None:
    """Opens what whoever started Careline had closed; a sign that the terminal does not know is spelled out."""
    nowhere = Path(os.devnull)
    sys.stdin = sys.stdin or nowhere.open(encoding="utf-8")
    sys.stdout = sys.stdout or nowhere.open("w", encoding="utf-8")
    sys.stderr = sys.stderr or nowhere.open("w", encoding="utf-8")
    sys.stdout.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]


def drop_output() -> None:
    """What is left to print goes nowhere, and Python says nothing of it."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)


def takes_any_sign() -> bool:
    """Whether all that there is can be printed as it is."""
    return (sys.stdout.encoding or "").lower().replace("-", "") == "utf8"
