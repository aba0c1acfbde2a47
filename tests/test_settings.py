"""A person's own choices: where they are kept, what survives, what a broken file says."""

from __future__ import annotations

from pathlib import Path

import pytest

from console import settings
from console.command_line import run
from console.settings import Settings


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(settings, "preferences_file", lambda: tmp_path / "careline.toml")
    monkeypatch.delenv("CARELINE_STORE", raising=False)
    monkeypatch.delenv("CARELINE_AGENT", raising=False)
    return tmp_path


def test_the_command_line_comes_before_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CARELINE_STORE", "from-environment")
    assert Settings.given().store == "from-environment"
    assert Settings.given(store="from-command-line").store == "from-command-line"


@pytest.mark.parametrize("option", ["--store", "--agent"])
@pytest.mark.parametrize("nothing", ["", " "])
def test_an_option_that_names_nothing_is_not_taken_for_one_that_is_left_out(
    option: str, nothing: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run([option, nothing, "search", "smith"]) == 2
    assert capsys.readouterr().err == f"{option} is given, and names nothing. Say a name after it, or leave it out.\n"


def test_a_look_is_kept_and_the_rest_of_the_file_stays(home: Path) -> None:
    (home / "careline.toml").write_text('theme = "careline-dark"\n\n[keys]\n"account.edit" = "w"\n', encoding="utf-8")
    settings.keep_theme("careline-light")
    assert settings.preferences() == {"theme": "careline-light", "keys": {"account.edit": "w"}}


@pytest.mark.parametrize("text", ["theme = ", "theme = 3", "keys = 3", "\x00"])
def test_a_broken_file_says_what_to_do(home: Path, text: str, capsys: pytest.CaptureFixture[str]) -> None:
    (home / "careline.toml").write_text(text, encoding="utf-8")
    assert run(["search", "smith"]) == 2
    told = capsys.readouterr().err
    assert "careline.toml" in told and "Mend it or move it away." in told
