"""The command line itself: what is typed wrongly is told in our own words, and nothing odd is ever printed."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer.main

from console.command_line import app, run
from console.commands import COMMANDS
from console.on_demand import OnDemand
from data.demo import make_demo

ROOT = Path(__file__).parent.parent


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("lifeline due --within abc", "--within: “abc” is not a whole number. See `careline lifeline due --help`."),
        ("lifeline due --within 500", "--within: “500” is more than 366. See `careline lifeline due --help`."),
        ("lifeline due --within -1", "--within: “-1” is less than 0. See `careline lifeline due --help`."),
        ("lifeline due", "--within is missing: days from today. See `careline lifeline due --help`."),
        ("lifeline due --nope", "There is no option “--nope”. See `careline lifeline due --help`."),
        ("acount", "There is no command “acount”. Did you mean account? See `careline --help`."),
        ("account", "NUMBER is missing: the account's number, such as SV093298. See `careline account --help`."),
        ("account a b", "“b” is more than this command takes. See `careline account --help`."),
        ("demo --operator foo", "--operator: “foo” is not one of reseller, mvno. See `careline demo --help`."),
        (
            "lifeline use SV1 --on foo",
            "--on: “foo” is not a day. Write it as MM-DD-YYYY. See `careline lifeline use --help`.",
        ),
        ("--store", "--store needs a value after it. See `careline --help`."),
    ],
)
def test_what_is_misused_is_told_in_our_words(words: str, sentence: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(words.split()) == 2
    assert capsys.readouterr().err == f"{sentence}\n"


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_is_where_the_list_says_and_is_helped_alike(name: str) -> None:
    command = OnDemand()[name]
    assert (command.help or "").splitlines()[0] == COMMANDS[name].help


def test_no_module_of_commands_is_left_out() -> None:
    files = (ROOT / "console" / "commands").glob("*.py")
    modules = {file.stem for file in files if "def register(" in file.read_text(encoding="utf-8")}
    assert {listed.module for listed in COMMANDS.values()} == modules


def commands(command: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Every group of commands, as the words that name it."""
    if hasattr(command, "commands"):
        yield path
        for name, deeper in command.commands.items():
            yield from commands(deeper, (*path, name))


@pytest.mark.parametrize("path", commands(typer.main.get_command(app)), ids=" ".join)
def test_no_help_is_cut_short(path: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    assert run([*path, "--help"]) == 0
    assert "..." not in capsys.readouterr().out.replace("[ARGS]...", "")


@pytest.mark.parametrize("words", ["lifeline answers FILE", "import customers FILE", "init --catalog FILE"])
def test_a_file_that_is_not_there_is_told_in_words(
    words: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    make_demo(tmp_path / "a.store", 1).close()
    store = tmp_path / ("b.store" if words.startswith("init") else "a.store")
    assert run(["--store", str(store), *words.replace("FILE", "none.csv").split()]) == 1
    assert capsys.readouterr().err == "There is no file none.csv. Check its name.\n"


def test_who_stops_reading_stops_it_without_a_word(tmp_path: Path) -> None:
    make_demo(tmp_path / "a.store", 60).close()
    command = [sys.executable, "-m", "console", "--store", str(tmp_path / "a.store"), "search", "a", "--json"]
    careline = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert careline.stdout and careline.stderr
    careline.stdout.close()
    assert (careline.wait(timeout=60), careline.stderr.read()) == (0, b"")
    careline.stderr.close()


@pytest.mark.parametrize("words", [[], ["--agent", "agent07"]])
def test_without_a_terminal_the_screen_does_not_open(words: list[str], tmp_path: Path) -> None:
    run_ = subprocess.run(
        [sys.executable, "-m", "console", *words], capture_output=True, text=True, stdin=subprocess.DEVNULL, check=False
    )
    assert (run_.returncode, run_.stdout) == (2, "")
    assert run_.stderr == "Careline's screen needs a terminal. In a script, give a command: see `careline --help`.\n"


def test_a_terminal_that_can_not_place_anything_is_not_written_all_over(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("TERM", "dumb")
    for stream in (sys.stdin, sys.stdout):
        monkeypatch.setattr(stream, "isatty", lambda: True)
    assert run([]) == 2
    told = capsys.readouterr()
    assert (told.out, "it can't show Careline's screen. Open Careline in another one" in told.err) == ("", True)
