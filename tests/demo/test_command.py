"""`careline demo`: says what it made, and replaces nothing but a demo, and that only when told."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from data.desk import open_desk
from tests.shell import typed

Careline = Callable[..., tuple[int, str, str]]


@pytest.fixture
def careline(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Careline:
    """Runs a command on this test's own store: its exit code, what it printed, and what it said on stderr."""
    return lambda *words: typed(capsys, "--store", str(tmp_path / "a.store"), *words)


def test_the_demo_command_says_what_it_made(careline: Careline, tmp_path: Path) -> None:
    code, out, err = careline("demo", "--customers", "30", "--operator", "mvno")
    assert (code, err) == (0, "")
    assert "Made the demo operator Juniper Mobile (mvno): 30 customers" in out
    assert f"Open it: careline --store '{tmp_path / 'a.store'}'" in out


def test_a_demo_is_made_anew_only_when_told(careline: Careline, tmp_path: Path) -> None:
    careline("demo", "--customers", "5")
    code, _, err = careline("demo", "--customers", "6")
    assert (code, "--replace" in err) == (1, True)
    code, out, _ = careline("demo", "--customers", "6", "--replace", "--json")
    assert (code, json.loads(out)["customers"]) == (0, 6)
    assert [file.name for file in tmp_path.iterdir() if not file.name.startswith("a.store-")] == ["a.store"]


def test_a_demo_that_cannot_be_leaves_the_one_that_is_there(careline: Careline, tmp_path: Path) -> None:
    careline("demo", "--customers", "6")
    code, _, err = careline("demo", "--customers", "0", "--replace")
    assert (code, "1 to 1,000,000" in err) == (2, True)
    assert [file.name for file in tmp_path.iterdir()] == ["a.store"]


def test_a_real_store_is_not_replaced_by_a_demo(careline: Careline, tmp_path: Path) -> None:
    careline("init", "--admin", "kim")
    code, _, err = careline("demo", "--replace")
    assert (code, "not a demo's" in err) == (1, True)
    assert open_desk(tmp_path / "a.store").agent.name == "kim"
