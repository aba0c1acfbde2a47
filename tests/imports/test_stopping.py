"""An import that does not come to its end: called off, killed or broken off; what was read is kept, and told."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from console.commands import importing
from data.desk import Desk
from data.errors import StoreTrouble
from data.imports import reading, running
from tests.imports.conftest import Careline
from tests.imports.files import rows


@pytest.fixture
def many(tmp_path: Path) -> Path:
    """A file of a hundred customers."""
    path = tmp_path / "many.csv"
    path.write_text("name\n" + "".join(f"Ana Li{number}\n" for number in range(100)))
    return path


def at_each_step(monkeypatch: pytest.MonkeyPatch, press: Callable[[str, int, int], None]) -> None:
    """Has `press` called, instead of a bar shown, as an import goes on: with what is done, how far, of how many."""

    @contextmanager
    def pressing() -> Iterator[Callable[[str, int, int], None]]:
        yield press

    monkeypatch.setattr(importing, "progress_bar", pressing)


def test_ctrl_c_keeps_what_was_read_and_says_so(
    careline: Careline, many: Path, admin: Desk, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(reading, "BATCH", 20)

    at_each_step(monkeypatch, lambda what, done, total: os.kill(os.getpid(), signal.SIGINT) if done == 40 else None)
    before = signal.getsignal(signal.SIGINT)
    assert careline(many, "--yes") == 130
    assert signal.getsignal(signal.SIGINT) is before
    out = capsys.readouterr().out
    assert "40 read: 40 added" in out
    assert "All that was read is kept" in out
    assert rows(admin, "SELECT count(*) FROM customer") == [(40,)]


def test_a_second_ctrl_c_does_not_wait_and_says_what_is_kept(
    careline: Careline, many: Path, admin: Desk, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(reading, "BATCH", 20)

    def press_twice(what: str, done: int, total: int) -> None:
        if done == 40:
            os.kill(os.getpid(), signal.SIGINT)
            os.kill(os.getpid(), signal.SIGINT)

    at_each_step(monkeypatch, press_twice)
    assert careline(many, "--yes") == 130
    out = capsys.readouterr().out
    assert "40 read: 40 added" in out
    assert "Search does not find all of them yet" in out


def test_ctrl_c_while_they_are_made_findable_does_not_wait_and_loses_nobody(
    careline: Careline, many: Path, admin: Desk, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(running, "MANY", 10)
    pressed: list[str] = []

    def press_once(what: str, done: int, total: int) -> None:
        if what == running.FINDABLE and not pressed:
            pressed.append(what)
            os.kill(os.getpid(), signal.SIGINT)

    at_each_step(monkeypatch, press_once)
    assert careline(many, "--yes") == 130
    out = capsys.readouterr().out
    assert "100 read: 100 added" in out
    assert "Search does not find all of them yet" in out
    assert careline(many, "--yes") == 0
    assert rows(admin, "SELECT count(*) FROM customer") == [(100,)]
    with admin.store.raw() as connection:
        assert admin.search_engine.behind(connection) == admin.search_engine.differences(connection) == 0


KILLED = """
import sys
from data.imports import reading, running
reading.BATCH = running.MANY = 100
from console.command_line import run
run(sys.argv[1:])
"""


def test_an_import_that_is_killed_keeps_whole_batches_and_goes_on(
    careline: Careline, tmp_path: Path, admin: Desk
) -> None:
    path = tmp_path / "many.csv"
    path.write_text("name,phone\n" + "".join(f"Ana Li{number},212-555-{number:04d}\n" for number in range(3_000)))
    words = ["--store", str(admin.store.path), "import", "customers", str(path), "--yes"]
    count = "SELECT count(*) FROM customer"
    with subprocess.Popen([sys.executable, "-c", KILLED, *words], stdout=subprocess.DEVNULL) as process:
        while rows(admin, count)[0][0] < 300 and process.poll() is None:
            pass
        process.kill()
    kept = rows(admin, count)[0][0]
    assert kept >= 300
    assert kept % 100 == 0
    assert rows(admin, "SELECT count(*) FROM audit_event WHERE action = 'customers.import'") == [(kept // 100,)]
    assert careline(path, "--yes") == 0
    assert rows(admin, count) == [(3_000,)]
    assert rows(admin, "PRAGMA integrity_check") == [("ok",)]
    with admin.store.raw() as connection:
        assert admin.search_engine.differences(connection) == 0


def test_an_import_that_breaks_off_says_what_is_kept(
    careline: Careline, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    real, calls = running.import_batch, []

    def failing(*given: Any) -> Any:
        calls.append(given)
        if len(calls) == 2:
            raise StoreTrouble("The disk is full.", "Nothing of this was saved.")
        return real(*given)

    monkeypatch.setattr(reading, "BATCH", 2)
    monkeypatch.setattr(running, "import_batch", failing)
    (file := tmp_path / "people.csv").write_text("First Name,Last Name\nAna,A\nBo,B\nCy,C\nDi,D\n")
    assert careline(file, "--yes") == 3
    told = capsys.readouterr()
    assert "2 read: 2 added" in told.out
    assert "It broke off here. What was read so far is kept" in told.out
    assert told.err == "The disk is full. Nothing of this was saved.\n"
