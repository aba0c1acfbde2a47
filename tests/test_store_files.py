"""Where a store lies: made whole or not at all, never in place of another file, and let go of in the end."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from console.app import CarelineApp
from console.opening import open_on_screen
from console.settings import Settings
from data import store as stores
from data.desk import Desk, open_desk
from data.errors import NotFound, Refused, StoreTrouble
from data.operators.actions import Founding, found_store
from data.operators.tables import CustomRule
from data.search import search
from data.store import Store, driver_of, open_store
from data.store_faults import APPLICATION_ID, SCHEMA_VERSION
from data.store_making import drafting, making_store
from tests.stores import note


def test_a_store_from_before_the_first_migration_is_brought_up_to_date(tmp_path: Path) -> None:
    path = tmp_path / "old.store"
    path.touch()
    with closing(stores.connect(path)) as connection:
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    store = open_store(path)
    with store.raw() as connection:
        assert connection.execute("SELECT version_num FROM alembic_version").fetchone() == (SCHEMA_VERSION,)
    store.close()


def test_a_store_that_is_being_made_is_not_there_yet(tmp_path: Path) -> None:
    path = tmp_path / "new" / "made.store"
    with making_store(path) as draft:
        assert not path.exists()
        assert draft.path == path
    assert [file.name for file in path.parent.iterdir()] == ["made.store"]


@pytest.mark.parametrize("cause", [KeyboardInterrupt(), StoreTrouble("No.")])
def test_a_store_whose_making_is_interrupted_leaves_nothing(tmp_path: Path, cause: BaseException) -> None:
    with pytest.raises(type(cause)), making_store(tmp_path / "x") as draft:
        with draft.writing() as session:
            session.add(CustomRule(name="some", value="row"))
        raise cause
    assert list(tmp_path.iterdir()) == []


def test_what_a_killed_program_left_is_cleared_away(tmp_path: Path) -> None:
    left, fresh = tmp_path / ".a.store.left.draft", tmp_path / ".a.store.fresh.draft"
    for file in (left, fresh):
        file.write_bytes(b"half")
    log = left.with_name(f"{left.name}-wal")
    log.write_bytes(b"somebody's name")
    os.utime(left, (time.time() - 7200,) * 2)
    found_store(tmp_path / "a.store", Founding()).close()
    assert (left.exists(), log.exists(), fresh.exists()) == (False, False, True)


def test_a_file_that_is_there_is_never_replaced(tmp_path: Path) -> None:
    mine = tmp_path / "mine"
    mine.write_text("precious")
    with pytest.raises(Refused, match="already a file"):
        found_store(mine, Founding())
    later = tmp_path / "later"
    with pytest.raises(Refused, match="already a file"), making_store(later):
        later.write_text("came in between")
    assert (mine.read_text(), later.read_text()) == ("precious", "came in between")
    assert {file.name for file in tmp_path.iterdir()} == {"mine", "later"}


def test_what_the_disk_did_not_take_is_not_given_a_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(handle: int) -> None:
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(StoreTrouble, match="Input/output error"), drafting(tmp_path / "a.store"):
        pass
    assert list(tmp_path.iterdir()) == []


def test_a_file_system_without_links_keeps_stores_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(source: Path, target: Path) -> None:
        raise OSError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(os, "link", fail)
    with drafting(tmp_path / "a.store") as draft:
        assert draft.exists()
    assert [file.name for file in tmp_path.iterdir()] == ["a.store"]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps no such modes")
def test_only_its_owner_reads_a_new_store(tmp_path: Path) -> None:
    found_store(tmp_path / "a.store", Founding()).close()
    assert (tmp_path / "a.store").stat().st_mode & 0o777 == 0o600


def test_an_open_store_is_not_replaced(store: Store) -> None:
    with store.raw(), pytest.raises(StoreTrouble, match="is busy"), making_store(store.path, replaces=True):
        pass
    assert store.path.exists()


def test_a_place_that_cannot_be_is_told_in_words(tmp_path: Path) -> None:
    where = tmp_path / ("x" * 300)
    for attempt in (lambda: open_store(where), lambda: found_store(where, Founding())):
        with pytest.raises(StoreTrouble, match="name too long"):
            attempt()


def test_a_desk_nobody_can_sit_at_lets_go_of_the_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found_store(tmp_path / "a.store", Founding()).close()
    closed: list[Path] = []
    monkeypatch.setattr(Store, "close", lambda self: closed.append(self.path))
    with pytest.raises(NotFound):
        open_desk(tmp_path / "a.store", "nobody")
    assert closed == [tmp_path / "a.store"]


def test_a_closed_store_is_let_go_of_by_those_who_searched_it(desk: Desk) -> None:
    note(desk, "kept")
    assert search(desk, "kept").total == 1
    log = desk.store.path.with_name(desk.store.path.name + "-wal")
    assert log.exists()
    desk.store.close()
    assert not log.exists()  # the last one to leave tidies it away


def test_who_leaves_the_console_leaves_all_in_the_stores_one_file(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    path = desk.store.path
    log = path.with_name(f"{path.name}-wal")

    def work(_: CarelineApp) -> int:
        note(desk, "kept")
        assert log.exists()
        return 0

    monkeypatch.setattr("console.opening._run", work)
    monkeypatch.setenv("TERM", "xterm")
    for stream in (sys.stdin, sys.stdout):
        monkeypatch.setattr(stream, "isatty", lambda: True)
    assert open_on_screen(Settings(store=str(path))) == 0
    assert not log.exists()


@pytest.mark.parametrize("replaced", [False, True])
def test_a_store_that_is_taken_away_while_it_is_open_takes_no_more(desk: Desk, *, replaced: bool) -> None:
    note(desk, "kept")
    path = desk.store.path
    copy = path.read_bytes()
    path.unlink()
    if replaced:
        path.with_name("other").write_bytes(copy)
        path.with_name("other").rename(path)
    with pytest.raises(StoreTrouble, match="was removed or replaced"):
        note(desk, "nobody would have it")
    assert path.exists() is replaced


LEAVES = """
import sys, sqlcipher3.dbapi2 as sqlite
connection = sqlite.connect(sys.argv[1])
connection.execute("SELECT count(*) FROM agent").fetchone()
connection.close()
"""


def test_a_store_that_one_program_opens_twice_keeps_its_log_when_another_leaves(desk: Desk) -> None:
    note(desk, "kept")
    log = desk.store.path.with_name(f"{desk.store.path.name}-wal")
    open_store(desk.store.path).close()
    subprocess.run([sys.executable, "-c", LEAVES, str(desk.store.path)], check=True)
    assert log.exists()
    note(desk, "kept as well")


@pytest.mark.parametrize("begun_anew", [False, True])
def test_a_store_whose_log_is_taken_away_while_it_is_open_takes_no_more_and_keeps_what_it_has(
    desk: Desk, *, begun_anew: bool
) -> None:
    note(desk, "kept")
    path = desk.store.path
    path.with_name(f"{path.name}-wal").unlink()
    if begun_anew:  # as another desk does that opens the store then
        path.with_name(f"{path.name}-wal").touch()
    with pytest.raises(StoreTrouble, match=r"its -wal file\) was removed"):
        note(desk, "a crash would lose it")
    desk.store.close()
    again = open_desk(path, "agent07")
    assert search(again, "kept").total == 1
    assert search(again, "crash").total == 0
    again.store.close()


def test_a_store_that_a_newer_careline_brings_up_to_date_while_it_is_open_takes_no_more_from_this_one(
    desk: Desk,
) -> None:
    note(desk, "kept")
    with desk.store.writing() as session:
        driver_of(session).execute("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(StoreTrouble, match="A newer Careline brought the store"):
        note(desk, "by rules that have changed")
    assert search(desk, "kept").total == 1  # what is there can still be read
    assert search(desk, "changed").total == 0
