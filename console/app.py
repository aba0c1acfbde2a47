"""The console: the Textual application."""

from __future__ import annotations

from console.settings import Settings


def open_console(settings: Settings) -> int:
    """Opens the console and returns the exit code."""
    raise NotImplementedError
