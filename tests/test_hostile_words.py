"""What is typed after `careline`, and the files it names: whatever they are, they end in a sentence and a code."""

from __future__ import annotations

import errno
import os
from contextlib import contextmanager
from pathlib import Path

import pytest
import sqlcipher3.dbapi2 as sqlite

from console.command_line import run
from data.audit.verifying import verify
from data.desk import Desk
from data.errors import Misused, StoreTrouble
from data.files import new_file
from data.imports.mapping import Plan
from data.imports.maps import save_plan
from data.store_faults import trouble

TOO_LARGE = "9" * 20
LONG = "x" * 300
DEEP = f"a = {'[' * 5_000}"
LARGE_NUMBER = f"a = {'1' * 5_000}"


@pytest.mark.parametrize(
    ("words", "code", "sentence"),
    [
        (f"call seen {TOO_LARGE}", 2, "A number is larger than any that is kept here."),
        (f"credit signed {TOO_LARGE}", 2, "A number is larger than any that is kept here."),
        (f"case done {TOO_LARGE}", 2, "A number is larger than any that is kept here."),
        (f"restore {LONG}", 3, "File name too long"),
        (f"import customers {LONG}", 2, "File name too long"),
        (f"article import {LONG}", 2, "File name too long"),
        ("promo import FILE", 2, "can't be read as TOML: a value in it is too large, or nested too deeply."),
        ("init --catalog FILE", 2, "can't be read: a value in it is too large, or nested too deeply."),
        ("promo end 1 ", 2, "The last day is missing."),
    ],
)
@pytest.mark.parametrize("content", [DEEP, LARGE_NUMBER], ids=["deep", "large"])
def test_it_ends_in_a_sentence(
    admin: Desk, words: str, code: int, sentence: str, content: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (file := tmp_path / "some.toml").write_text(content)
    typed = ["--store", str(admin.store.path), *words.replace("FILE", str(file)).split(" ")]
    assert run(typed) == code
    assert sentence in capsys.readouterr().err


@pytest.mark.parametrize("typed", ["\x1b[31mred\x1b[0m", "\u202edesrever", "a\x9bb"], ids=ascii)
def test_what_was_typed_does_not_command_the_terminal(
    admin: Desk, typed: str, capsys: pytest.CaptureFixture[str]
) -> None:
    for words in (["label", "note", "1", typed], ["article", "flag", typed, "x"], ["account", "1", "--reveal", typed]):
        assert run(["--store", str(admin.store.path), *words]) in (1, 2)
        assert all(line.isprintable() for line in capsys.readouterr().err.splitlines())


def test_a_file_that_can_not_be_written_to_its_end_is_told_and_taken_away(tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    full = pytest.raises(Misused, match=r"can't be written: No space left on device\. Name another\.")
    with full, new_file(path, "Name another.") as file:
        file.write(b"some of it")
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    assert not path.exists()


def test_rows_of_promotions_that_can_not_be_written_beside_the_file_are_told(
    admin: Desk, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (file := tmp_path / "mine.toml").write_text("[[promotion]]\nost = 'x'\n")
    (tmp_path / "mine.toml.rejects.toml.old").mkdir()  # no file can take its place
    (tmp_path / "mine.toml.rejects.toml").write_text("an older one")
    assert run(["--store", str(admin.store.path), "promo", "import", str(file)]) == 1
    assert f"Mend them in {file} itself, and import it again." in capsys.readouterr().out


def test_a_map_takes_the_place_of_maps_only(tmp_path: Path) -> None:
    plan, header = Plan({}), ["First Name"]
    (customers := tmp_path / "customers.csv").write_text("First Name\nAna\n")
    with pytest.raises(Misused, match=r"it is not a map\. It was left alone"):
        save_plan(plan, header, customers)
    assert customers.read_text() == "First Name\nAna\n"
    (older := tmp_path / "map.toml").write_text('[columns]\nfirst_name = "Given"\n')
    save_plan(plan, header, older)
    assert "Given" not in older.read_text()


class Failing:
    """A connection to a store whose disk fails: SQLite gives the transaction up, and there is none to end."""

    in_transaction = False

    def execute(self, statement: str) -> None:
        if statement == "ROLLBACK":
            raise sqlite.OperationalError("cannot rollback - no transaction is active")
        if statement != "BEGIN":
            error = sqlite.OperationalError("disk I/O error")
            error.sqlite_errorname = "SQLITE_IOERR_READ"
            raise error


def test_a_disk_that_fails_while_the_audit_is_read_is_told(admin: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    @contextmanager
    def raw(self: object) -> object:
        with trouble(admin.store.path):
            yield Failing()

    monkeypatch.setattr("data.store.Store.raw", raw)
    with pytest.raises(StoreTrouble, match="the disk reports an error"):
        verify(admin)
