"""Backups: whole while others write, kept as long as they should be, and a store again in a drill."""

from __future__ import annotations

import json
import os
import shutil
import threading
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import col

from console.command_line import run
from data.audit import AuditEvent
from data.audit.verifying import verify
from data.backups.actions import back_up
from data.backups.daily import back_up_daily, daily_backups, folder_of, is_due
from data.backups.encrypting import encrypt
from data.backups.restoring import restore
from data.backups.rules import kept
from data.customers.tables import Customer
from data.desk import Desk, open_desk
from data.errors import Refused, StoreTrouble
from data.search import search
from data.store import open_store
from tests.builders import add_customer
from tests.stores import count, note

TODAY = date(2026, 11, 22)


def test_a_backup_taken_while_others_write_is_one_moment_of_the_store(admin: Desk, tmp_path: Path) -> None:
    for number in range(30):
        note(admin, f"before-{number}")
    done, stop = [], threading.Event()

    def write() -> None:
        while not stop.is_set():
            note(admin, f"meanwhile-{len(done)}")
            done.append(1)

    writer = threading.Thread(target=write)
    writer.start()
    try:
        for number in range(3):
            back_up(admin, tmp_path / f"{number}.backup")
    finally:
        stop.set()
        writer.join()
    assert done
    for number in range(3):
        restored = restore(tmp_path / f"{number}.backup", tmp_path / f"{number}.store")
        assert restored.audit.whole
        desk = open_desk(tmp_path / f"{number}.store", "admin01")
        assert count(desk) == 1 + count(desk, Customer) + number  # its founding, each note, the backups before it
        desk.store.close()


def test_the_restore_drill(admin: Desk, tmp_path: Path) -> None:
    add_customer(admin, "SV000042", first_name="Ana", last_name="Darakjy", mdns=("2125550143",))
    note(admin, "kept")
    made = back_up(admin, tmp_path / "night.backup")
    content = made.path.read_bytes()
    note(admin, "after the backup")
    admin.store.close()
    shutil.rmtree(tmp_path / "gone", ignore_errors=True)
    for name in ("test.store", "test.store-wal", "test.store-shm"):
        (tmp_path / name).unlink(missing_ok=True)
    restored = restore(made.path, tmp_path / "test.store")
    assert (restored.audit.whole, restored.path.name) == (True, "test.store")
    desk = open_desk(restored.path, "admin01")
    assert [hit.account for hit in search(desk, "darakjy 0143").hits] == ["SV000042"]
    note(desk, "work goes on")
    assert verify(desk).whole
    desk.store.close()
    assert made.path.read_bytes() == content


def test_a_backup_is_on_the_record_and_for_administrators(admin: Desk, desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(Refused, match="may not administer"):
        back_up(desk, tmp_path / "mine.backup")
    assert not (tmp_path / "mine.backup").exists()
    back_up(admin, tmp_path / "ours.backup")
    with admin.store.raw() as connection:
        told = connection.execute("SELECT detail FROM audit_event WHERE action = 'store.backup'").fetchone()[0]
    assert json.loads(told)["file"] == str(tmp_path / "ours.backup")


def encrypted(admin: Desk, file: Path) -> Path:
    return encrypt(admin, file, "correct horse battery")


@pytest.mark.parametrize(("copy", "noted"), [(back_up, "store.backup"), (encrypted, "store.export")])
def test_what_is_broken_off_leaves_no_copy_that_is_not_on_the_record(
    admin: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, copy: Callable[[Desk, Path], object], noted: str
) -> None:
    file, seen = tmp_path / "ours.backup", []

    def break_off(*_: object) -> None:
        seen.append((file.exists(), count(admin, AuditEvent, col(AuditEvent.action) == noted)))
        raise KeyboardInterrupt

    monkeypatch.setattr("data.store_keys.ROUNDS", 10)
    monkeypatch.setattr("data.store_making._settle", break_off)
    with pytest.raises(KeyboardInterrupt):
        copy(admin, file)
    assert seen == [(False, 1)]
    assert not file.exists()


def test_a_backup_never_takes_the_place_of_a_file(admin: Desk, tmp_path: Path) -> None:
    there = tmp_path / "there.backup"
    there.write_text("something")
    with pytest.raises(Refused, match=r"already a file at .* name another place\.$"):
        back_up(admin, there)
    with pytest.raises(Refused, match="already a file"):
        back_up(admin, admin.store.path)
    good = back_up(admin, tmp_path / "good.backup")
    with pytest.raises(Refused, match=r"already a file at .* name another place with --store\.$"):
        restore(good.path, there)
    assert there.read_text() == "something"
    assert sorted(path.suffix for path in tmp_path.iterdir() if "draft" in path.name) == []


def test_a_damaged_backup_is_not_restored(admin: Desk, tmp_path: Path) -> None:
    made = back_up(admin, tmp_path / "good.backup")
    content = bytearray(made.path.read_bytes())
    content[20_000:60_000:7] = bytes(b"Z" * len(range(20_000, 60_000, 7)))
    bad = tmp_path / "bad.backup"
    bad.write_bytes(content)
    with pytest.raises(StoreTrouble):
        restore(bad, tmp_path / "new.store")
    none = tmp_path / "letter.txt"
    none.write_text("Dear customer")
    for other in (none, tmp_path):
        with pytest.raises(StoreTrouble, match=r"(?i)(is not a Careline store|can't be read).* name another file\.$"):
            restore(other, tmp_path / "new.store")
    with pytest.raises(Refused, match="There is no backup"):
        restore(tmp_path / "nowhere", tmp_path / "new.store")
    assert not [path for path in tmp_path.iterdir() if path.name.startswith((".new", "new"))]


@given(st.integers(0, 800), st.integers(0, 40))
def test_what_is_kept_of_a_backup_every_day(days: int, missed: int) -> None:
    """Seven days, four weeks and twelve months; and what was let go one day is never wanted the next."""
    have: set[date] = set()
    for past in reversed(range(days)):
        day = TODAY - timedelta(past)
        if missed and day.toordinal() % (missed + 1) == 0:
            continue
        have = set(kept(have | {day}))
    assert len(have) <= 7 + 4 + 12
    newest = sorted(have, reverse=True)
    assert newest[:7] == sorted((day for day in have), reverse=True)[:7]
    if days > 400 and not missed:
        assert {TODAY - timedelta(past) for past in range(7)} <= have
        assert len({day.isocalendar()[:2] for day in have}) >= 4
        assert len({(day.year, day.month) for day in have}) == 12


@pytest.mark.parametrize(
    ("days", "stay"),
    [
        (["2026-11-22"], ["2026-11-22"]),
        ([f"2026-11-{day:02}" for day in range(15, 23)], [f"2026-11-{day:02}" for day in range(15, 23)]),
        (
            [f"2026-11-{day:02}" for day in range(1, 23)],
            ["2026-11-01", "2026-11-08", "2026-11-15", *(f"2026-11-{day:02}" for day in range(16, 23))],
        ),
    ],
)
def test_weeks_end_on_their_sunday(days: list[str], stay: list[str]) -> None:
    assert sorted(kept(map(date.fromisoformat, days))) == [date.fromisoformat(day) for day in stay]


def test_a_daily_backup_is_made_once_and_old_ones_go(admin: Desk) -> None:
    store = admin.store.path
    assert is_due(store, TODAY)
    made = back_up_daily(store, TODAY)
    assert made is not None
    assert back_up_daily(store, TODAY) is None
    assert not is_due(store, TODAY - timedelta(9))  # the clock was set back
    for past in range(1, 40):
        shutil.copy(made.path, folder_of(store) / f"{TODAY - timedelta(past)}.store")
    (folder_of(store) / "mine.store").write_text("left alone")
    assert back_up_daily(store, TODAY + timedelta(1)) is not None
    assert len(daily_backups(store)) == 7 + 3 + 1 - 1
    assert (folder_of(store) / "mine.store").exists()


def test_what_a_killed_backup_left_is_gone_with_the_next_days(admin: Desk) -> None:
    folder = folder_of(admin.store.path)
    folder.mkdir()
    left, fresh = folder / ".2026-11-20.store.left.draft", folder / ".2026-11-21.store.fresh.draft"
    for file in (left, fresh):
        file.write_bytes(b"everybody's names")
    os.utime(left, (time.time() - 7200,) * 2)
    assert back_up_daily(admin.store.path, TODAY)
    assert sorted(file.name for file in folder.iterdir()) == [fresh.name, "2026-11-22.store"]


def test_a_daily_backup_needs_room(admin: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda path: shutil._ntuple_diskusage(1, 1, 1_000))  # type: ignore[attr-defined]
    with pytest.raises(StoreTrouble, match="no room"):
        back_up_daily(admin.store.path, TODAY)
    assert daily_backups(admin.store.path) == ()


def test_the_commands(admin: Desk, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def careline(*words: object, store: Path = admin.store.path) -> int:
        return run(["--store", str(store), *map(str, words)])

    assert careline("backup", tmp_path / "a.backup") == 0
    assert careline("backup", tmp_path / "a.backup") == 1
    assert careline("backup") == 2
    assert careline("backup", "--daily") == 0
    assert careline("backup", "--daily", "--json") == 0
    assert careline("backup", "--list") == 0
    assert careline("restore", tmp_path / "a.backup", "--json", store=tmp_path / "b.store") == 0
    assert careline("restore", tmp_path / "a.backup") == 1
    assert careline("doctor", store=tmp_path / "b.store") == 0
    out = capsys.readouterr().out
    assert '"audit_whole": true' in out
    assert "1 in " in out
    opened = open_store(tmp_path / "b.store")
    opened.close()


def test_the_daily_backups_know_an_audit_that_was_made_anew(admin: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    note(admin, "before")
    back_up_daily(admin.store.path, TODAY)
    with admin.store.raw() as connection:
        connection.execute("DROP TRIGGER audit_event_remains")
        connection.execute("DELETE FROM audit_event WHERE id > 1")
        connection.execute("UPDATE audit_head SET event_id = 1, hash = (SELECT hash FROM audit_event)")
    assert run(["--store", str(admin.store.path), "audit", "verify"]) == 3
    assert "which was noted elsewhere, is missing" in capsys.readouterr().out
