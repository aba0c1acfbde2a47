"""What a screen looks like is its own: Textual applies every sheet once loaded to all screens, in order of loading."""

from __future__ import annotations

import re
from collections import defaultdict
from pathlib import Path

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
