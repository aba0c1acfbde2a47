"""What a screen looks like is its own: Textual applies every sheet once loaded to all screens, in order of loading."""

from __future__ import annotations

import re
from collections import defaultdict
from pathlib import Path

import pytest
from rich.color import ColorSystem

from console.app import CarelineApp
from tests.screens.conftest import Console

SCREENS = Path(__file__).parents[2] / "screens"
NAMED = re.compile(r'\b(?:id="([\w-]+)"|classes="([\w -]+)")')
SHEETS = re.compile(r'"(\w+\.tcss)"')
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)


def bare_names(sheet: Path) -> set[str]:
    """The ids and classes that a sheet styles wherever they stand."""
    rules = re.findall(r"([^{}]+)\{", COMMENT.sub("", sheet.read_text()))
    selectors = {part.strip() for rule in rules for part in rule.split(",")}
    return {name for one in selectors for name in re.findall(r"^(?:\.-\w+ )?([#.]\w[\w-]*)(?::\w+)?$", one)}


def test_no_screen_is_styled_by_the_sheet_of_another() -> None:
    styled = {sheet.name: bare_names(sheet) for sheet in SCREENS.glob("*.tcss")}
    strangers = defaultdict(list)
    for module in SCREENS.glob("*.py"):
        text = module.read_text()
        own = {*SHEETS.findall(text), "workspace.tcss"}
        if "CSS_PATH" in text:
            names = {f"#{one}" for one, _ in NAMED.findall(text) if one}
            names |= {f".{one}" for _, many in NAMED.findall(text) for one in many.split()}
            for sheet in styled.keys() - own:
                strangers[sheet] += [f"{module.name}: {name}" for name in sorted(names & styled[sheet])]
    assert styled["dialog.tcss"] and not {sheet: those for sheet, those in strangers.items() if those}


@pytest.mark.parametrize("theme", ["careline-dark", "careline-light", "careline-contrast"])
async def test_a_hint_is_read_in_its_box_where_there_are_16_colors(
    console: Console, monkeypatch: pytest.MonkeyPatch, theme: str
) -> None:
    monkeypatch.setattr(CarelineApp, "has_few_colors", True)
    async with console() as person:
        person.app.theme = theme
        await person.press("tab", "escape", "d")
        (hint,) = (
            segment.style
            for strip in person.app.screen._compositor.render_strips()
            for segment in strip
            if "phone, account" in segment.text
        )
        few = [color.downgrade(ColorSystem.STANDARD).number for color in (hint.color, hint.bgcolor)]
        assert few[0] != few[1]
