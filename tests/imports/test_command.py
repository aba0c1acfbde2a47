"""`careline import customers`: shows, asks only a person, tells every count, ends with the right code."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import pytest

from console.command_line import run
from console.commands import importing
from data.desk import Desk
from tests.imports.conftest import Careline
from tests.imports.files import PEOPLE, rows


@pytest.fixture
def people(tmp_path: Path) -> Path:
    path = tmp_path / "people.csv"
    path.write_text(PEOPLE)
    return path


def test_a_program_gets_every_count(careline: Careline, people: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert careline(people, "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert [told[key] for key in ("read", "added", "updated", "unchanged", "rejected")] == [3, 3, 0, 0, 0]
    assert told["warnings"] == {"a ZIP that had lost its leading zero, restored": 1}
    assert (told["rejects"], told["stopped"], told["dry_run"]) == (None, False, False)
    assert told["map"]["phone"] == "phone1"


def test_a_person_sees_the_columns_before_the_counts(
    careline: Careline, people: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert careline(people, "--yes") == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "people.csv: about 3 rows, utf-8, commas."
    assert lines[1].split() == ["first_name", "←", "first_name", "James", "|", "Josefina", "|", "Art"]
    assert lines[-2] == "3 read: 3 added, 0 updated, 0 unchanged, 0 rejected, 1 warnings."
    assert all(len(line) <= 100 for line in lines)


def test_the_columns_fit_the_terminal(
    careline: Careline, people: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    assert careline(people, "--yes") == 0
    shown = [line for line in capsys.readouterr().out.splitlines() if "←" in line]
    assert max(map(len, shown)) == 59
    assert any(line.endswith("…") for line in shown)


def test_a_dry_run_says_what_would_be(
    careline: Careline, people: Path, admin: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    assert careline(people, "--dry-run") == 0
    assert "3 read: 3 would be added, 0 would be updated, 0 unchanged" in capsys.readouterr().out
    assert rows(admin, "SELECT count(*) FROM customer") == [(0,)]


def test_a_map_is_corrected_saved_and_used_again(careline: Careline, people: Path, tmp_path: Path, admin: Desk) -> None:
    kept = tmp_path / "kept.toml"
    assert careline(people, "--map", "phone=phone2", "--map", "web=", "--save-map", kept, "--dry-run") == 0
    assert careline(people, "--use-map", kept, "--yes") == 0
    assert rows(admin, "SELECT mdn FROM line ORDER BY id LIMIT 1") == [("5045550128",)]
    assert rows(admin, "SELECT count(*) FROM contact WHERE medium = 'web'") == [(0,)]


def test_without_headings_a_guess_is_not_imported_unseen(careline: Careline, tmp_path: Path, admin: Desk) -> None:
    path = tmp_path / "bare.csv"
    path.write_text("John,Smith,212-555-0143\nJane,Doe,212-555-0144\n")
    assert careline(path, "--json") == 2
    assert rows(admin, "SELECT count(*) FROM customer") == [(0,)]
    assert careline(path, "--map", "last_name=2", "--map", "first_name=1", "--json") == 0
    assert rows(admin, "SELECT last_name FROM customer ORDER BY id") == [("Smith",), ("Doe",)]


def test_nothing_is_written_where_nobody_can_look_and_nobody_said_yes(
    careline: Careline, people: Path, admin: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    assert careline(people) == 2
    told = capsys.readouterr()
    assert "first_name     ← first_name" in told.out
    assert told.err.startswith("Nothing was written: there is no terminal to ask")
    assert rows(admin, "SELECT count(*) FROM customer") == [(0,)]
    assert not list(people.parent.glob("*.rejects.csv"))


def test_the_rejected_rows_are_named(careline: Careline, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "bad.csv"
    path.write_text("name,phone\n,212-555-0143\n")
    assert careline(path, "--rejects", tmp_path / "mend.csv", "--yes") == 0
    out = capsys.readouterr().out
    assert "1 rejected: the row has no name and no company" in out
    assert str(tmp_path / "mend.csv") in out
    assert (tmp_path / "mend.csv").exists()


@pytest.mark.parametrize(
    ("place", "why"),
    [
        ("people.csv", "the file that they"),
        (".", "a folder"),
        ("none/x.csv", "no such folder"),
        ("x" * 300, "too long"),
    ],
)
def test_rejected_rows_go_only_where_they_can(
    careline: Careline, people: Path, admin: Desk, capsys: pytest.CaptureFixture[str], place: str, why: str
) -> None:
    assert careline(people, "--rejects", people.parent / place, "--yes") == 2
    assert why in capsys.readouterr().err
    assert people.read_text() == PEOPLE
    assert rows(admin, "SELECT count(*) FROM customer") == [(0,)]


@pytest.mark.parametrize(
    ("content", "words", "code"),
    [
        (b"", (), 2),
        (b"PK\x03\x04", (), 2),
        (random.Random(5).randbytes(4_000), (), 2),
        (b"colour\nred\n", (), 2),
        (PEOPLE.encode(), ("--map", "phone"), 2),
        (PEOPLE.encode(), ("--map", "phone=none"), 2),
        (PEOPLE.encode(), ("--use-map", "nowhere.toml"), 1),
        (PEOPLE.encode(), ("--encoding", "klingon"), 2),
        (PEOPLE.encode(), ("--delimiter", "ab"), 2),
        (b"first_name,last_name\n" + b"A" * 100_000 + b",\x00\x00\n\x00,B\n", (), 0),
        (b"first_name,last_name\n", (), 0),
    ],
    ids=lambda value: str(value)[:12] if isinstance(value, bytes) else None,
)
def test_every_file_ends_in_words_and_a_code(
    careline: Careline, tmp_path: Path, content: bytes, words: tuple[str, ...], code: int,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    path = tmp_path / "some.csv"
    path.write_bytes(content)
    assert careline(path, *words, "--json") == code
    told = capsys.readouterr()
    assert told.err if code else told.out
    assert "Traceback" not in told.err + told.out
    assert "made a mistake" not in told.err


def test_what_a_file_says_is_never_obeyed_by_the_terminal(
    careline: Careline, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "bad.csv"
    path.write_text("name,\x1b]0;title\x07\n[bold]\x1b[31mAna[/],1\n")
    assert careline(path, "--yes") == 0
    out = capsys.readouterr().out
    assert "[bold][31mAna[/]" in out
    assert out.isprintable() or not set(out) & {"\x1b", "\x07"}


def test_who_may_not_import_is_refused(people: Path, admin: Desk) -> None:
    assert run(["--store", str(admin.store.path), "--agent", "agent07", "import", "customers", str(people)]) == 1


class Terminal:
    """Someone at a terminal, who answers."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.answers: list[str] = []
        self.asked: list[str] = []
        monkeypatch.setattr(importing, "at_terminal", lambda: True)
        monkeypatch.setattr("typer.prompt", self.answer)

    def answer(self, question: str, **_: Any) -> str:
        self.asked.append(question)
        return self.answers.pop(0)


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> Terminal:
    return Terminal(monkeypatch)


def test_a_person_corrects_before_agreeing(
    careline: Careline, people: Path, admin: Desk, terminal: Terminal, capsys: pytest.CaptureFixture[str]
) -> None:
    terminal.answers = ["phone=nothing", "phone=phone2", "yes"]
    assert careline(people) == 0
    assert "There is no column “nothing”." in capsys.readouterr().out
    assert rows(admin, "SELECT mdn FROM line ORDER BY id LIMIT 1") == [("5045550128",)]


def test_a_person_may_say_no(careline: Careline, people: Path, admin: Desk, terminal: Terminal) -> None:
    terminal.answers = ["no"]
    assert careline(people) != 0
    assert rows(admin, "SELECT count(*) FROM customer") == [(0,)]


@pytest.mark.parametrize("words", [("--yes",), ("--json",)])
def test_nobody_is_asked_who_does_not_want_to_be(
    careline: Careline, people: Path, terminal: Terminal, words: tuple[str, ...]
) -> None:
    assert careline(people, *words) == 0
    assert terminal.asked == []
