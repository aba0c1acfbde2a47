"""docs/api.md runs as it stands, names only what there is, and leaves no query or action out."""

from __future__ import annotations

import doctest
import inspect
import re
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from data.desk import Desk

ROOT = Path(__file__).parent.parent
API = ROOT / "docs" / "api.md"
EXAMPLE = re.compile(r"^```pycon\n(.*?)^```", re.MULTILINE | re.DOTALL)
CALL = re.compile(r"^\| `((?:data\.)[\w.]+)", re.MULTILINE)
ROOMS = sorted(path for name in ("queries", "actions") for path in (ROOT / "data").glob(f"*/{name}.py"))


def test_every_example_does_what_it_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    examples = "\n".join(EXAMPLE.findall(API.read_text(encoding="utf-8")))
    script = doctest.DocTestParser().get_doctest(examples, {}, "docs/api.md", str(API), 0)
    assert len(script.examples) > 20
    told: list[str] = []
    failed = doctest.DocTestRunner(optionflags=doctest.NORMALIZE_WHITESPACE).run(script, out=told.append).failed
    assert not failed, "".join(told)


def test_every_call_in_the_table_is_one_that_there_is() -> None:
    names = CALL.findall(API.read_text(encoding="utf-8"))
    assert names
    for name in names:
        home, _, last = name.rpartition(".")
        assert hasattr(import_module(home), last), name


def is_for_scripts(function: Any) -> bool:
    """Whether it takes a desk first and gives a value with a name; what has to do with rows is for the rooms alone."""
    signature = inspect.signature(function)
    first = next(iter(signature.parameters.values()), None)
    of_rows = signature.return_annotation in ("Any", Any) or "row" in signature.parameters
    return first is not None and first.annotation in ("Desk", Desk) and not of_rows


@pytest.mark.parametrize("room", ROOMS, ids=lambda path: f"{path.parent.name}.{path.stem}")
def test_no_query_or_action_is_left_out(room: Path) -> None:
    told = set(CALL.findall(API.read_text(encoding="utf-8")))
    home = f"data.{room.parent.name}.{room.stem}"
    here = [
        f"{home}.{name}"
        for name, function in inspect.getmembers(import_module(home), inspect.isfunction)
        if function.__module__ == home and not name.startswith("_") and is_for_scripts(function)
    ]
    assert sorted(set(here) - told) == []
