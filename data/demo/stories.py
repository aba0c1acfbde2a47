"""What the demo's cases are about (cases.toml), read."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any


@dataclass(frozen=True)
class Story:
    """What a case is about. `icci`: what to say, and the next step."""

    category: str
    subject: str
    notes: tuple[str, ...]
    icci: tuple[str, str]
    resolution: str


@dataclass(frozen=True)
class Plot:
    """A case that is to be made. `account`: the customer's place, None for nobody; `days`, `due`: as in cases.toml."""

    story: Story
    status: str
    days: float
    owner: str
    account: int | None = None
    number: str = ""
    priority: str = "Normal"
    contact: str = ""
    due: float | None = None
    task: str = ""
    task_due: float | None = None
    mention: str = ""
    tags: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    cloned: bool = False


@cache
def stories() -> tuple[Story, ...]:
    """Every story."""
    return tuple(
        Story(one["category"], one["subject"], tuple(one["notes"]), tuple(one["icci"]), one["resolution"])
        for one in _read()["story"]
    )


def cast(owner: str) -> tuple[Plot, ...]:
    """The cases that are the same with every seed, as `owner`'s."""
    plots = []
    for one in _read()["case"]:
        wanted: dict[str, Any] = dict(one)
        story = stories()[wanted.pop("story")]
        wanted |= {name: tuple(wanted.get(name, ())) for name in ("tags", "links")}
        plots.append(Plot(story, owner=owner, **wanted))
    return tuple(plots)


@cache
def _read() -> dict[str, Any]:
    return tomllib.loads(files("data.demo").joinpath("cases.toml").read_text("utf-8"))
