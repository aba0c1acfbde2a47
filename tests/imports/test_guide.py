"""docs/importing.md, followed word for word, does what it says."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from console.command_line import run
from data.imports.fields import Field

GUIDE = (Path(__file__).parents[2] / "docs" / "importing.md").read_text(encoding="utf-8")
FENCE = re.compile(r"^```(\w+)\n(.*?)^```", re.MULTILINE | re.DOTALL)
STEP = re.compile(r"^\$ careline (.*)\n((?:(?!\$ ).*\n)*)", re.MULTILINE)


def blocks(kind: str) -> list[str]:
    return [text for found, text in FENCE.findall(GUIDE) if found == kind]


def matches(told: str, printed: str) -> bool:
    """Whether `printed` is what the guide tells, "..." standing for any lines."""
    pieces = [re.escape(piece) for piece in re.split(r"^\.\.\.\n", told, flags=re.MULTILINE)]
    return re.fullmatch("(?s:.*)".join(pieces), printed) is not None


def test_every_step_prints_what_the_guide_shows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("customers.csv").write_text(blocks("csv")[0], encoding="utf-8")
    steps = [step for block in blocks("console") for step in STEP.findall(block)]
    assert len(steps) >= 7
    for words, told in steps:
        assert run(shlex.split(words)) == 0, words
        printed = capsys.readouterr().out
        assert matches(told, printed), f"$ careline {words}\n{printed}"
    assert Path("customers.csv.rejects.csv").exists()
    assert Path("carrier-x.toml").exists()


def test_the_script_runs_as_it_stands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("customers.csv").write_text(blocks("csv")[0], encoding="utf-8")
    run(["--store", "my.store", "init", "--yes"])
    capsys.readouterr()
    exec(compile(blocks("python")[0], "docs/importing.md", "exec"), {})
    assert capsys.readouterr().out.startswith("3 Counter(")


def test_every_field_is_in_the_guide() -> None:
    table = GUIDE[GUIDE.index("| field |") : GUIDE.index("Nothing else is taken")]
    assert set(re.findall(r"`(\w+)`", table)) == {field.value for field in Field}
