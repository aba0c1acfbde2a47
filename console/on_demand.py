"""Commands that are loaded when they are called: who asks for one does not wait for the others."""

from __future__ import annotations

from collections.abc import Iterator, MutableMapping
from importlib import import_module
from typing import Any

import typer
from typer._click import Command, Context, HelpFormatter
from typer.core import TyperGroup
from typer.main import get_group

from console.commands import COMMANDS


class OnDemand(MutableMapping[str, Command]):
    """The commands by name; looking one up loads its module."""

    def __init__(self) -> None:
        self._loaded: dict[str, Command] = {}

    def __getitem__(self, name: str) -> Command:
        if name not in self._loaded:
            app = typer.Typer(add_completion=False, rich_markup_mode=None)
            import_module(f"console.commands.{COMMANDS[name].module}").register(app)
            app.callback()(_nothing)  # so that one command alone is a group, too
            self._loaded |= get_group(app).commands
        return self._loaded[name]

    def __setitem__(self, name: str, command: Command) -> None:
        self._loaded[name] = command

    def __delitem__(self, name: str) -> None:
        del self._loaded[name]

    def __iter__(self) -> Iterator[str]:
        return iter(COMMANDS)

    def __len__(self) -> int:
        return len(COMMANDS)


class CommandsOnDemand(TyperGroup):
    """`careline` itself: its help is made from the table of commands alone."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        self.commands = OnDemand()

    def format_commands(self, ctx: Context, formatter: HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, listed.help) for name, listed in COMMANDS.items()])


def _nothing() -> None: ...
