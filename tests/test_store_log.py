"""A log that a fault of the disk has damaged: told when the store is opened; what was only half-written is not."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from console.command_line import run
from data.agents.door import is_open
from data.backups.encrypting import encrypt
from data.desk import Desk, open_desk
from data.store import open_store
from data.store_salvage import salvage
from tests.stores import count, everything, note

NOTES = 6
FIRST_FRAME = 32  # where it begins, behind the heading of the log


@pytest.fixture
def crashed(desk: Desk, tmp_path: Path) -> Path:
    """A store as a crash leaves it: all that was done since it was opened is in its log."""
    return crash(desk, tmp_path)


def crash(desk: Desk, tmp_path: Path) -> Path:
    with desk.store.raw() as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    for number in range(NOTES):
        note(desk, f"{number}", "x" * 9_000)
    (tmp_path / "crashed").mkdir()
    path = tmp_path / "crashed" / "some.store"
    for kind in ("", "-wal"):
        shutil.copy(f"{desk.store.path}{kind}", f"{path}{kind}")
    return path


def spoil(path: Path, at: float, size: int = 64) -> None:
    """Overwrites so many bytes of the log, so far into it."""
    log = path.with_name(f"{path.name}-wal")
    content = bytearray(log.read_bytes())
    place = int(len(content) * at) if at < 1 else int(at)
    content[place : place + size] = b"\xa5" * size
    log.write_bytes(content)


@pytest.mark.parametrize("at", [0.05, 0.5, 0.8, 16, 4.0], ids=["early", "middle", "late", "salt", "version"])
def test_a_log_that_lost_what_was_saved_is_told_and_kept(
    crashed: Path, at: float, capsys: pytest.CaptureFixture[str]
) -> None:
    spoil(crashed, at)
    log = crashed.with_name("some.store-wal").read_bytes()
    assert run(["--store", str(crashed), "search", "nobody"]) == 1
    assert "what was saved last before that may be missing" in capsys.readouterr().err
    assert crashed.with_name("some.store.damaged-log").read_bytes() == log


def torn(path: Path) -> None:
    log = path.with_name(f"{path.name}-wal")
    os.truncate(log, log.stat().st_size - 6_000)


def untouched(path: Path) -> None:
    """A crash, and nothing else."""


def without_a_log(path: Path) -> None:
    path.with_name(f"{path.name}-wal").unlink()


@pytest.mark.parametrize("happens", [untouched, torn, without_a_log])
def test_a_mere_crash_is_nothing_to_tell(crashed: Path, happens: Callable[[Path], None]) -> None:
    happens(crashed)
    store = open_store(crashed)
    assert store.warning == ""
    store.close()
    assert not crashed.with_name("some.store.damaged-log").exists()


def test_whoever_opens_a_store_in_which_others_write_is_told_nothing(desk: Desk) -> None:
    for number in range(NOTES):
        note(desk, f"{number}")
        second = open_store(desk.store.path)
        assert second.warning == ""
        second.close()
    assert count(desk) == 1 + NOTES


def spoilt(path: Path, at: int = 16, size: int = 8) -> str:
    """What is told of the crashed store `path`, with its log overwritten there; else its heading is, and no page."""
    spoil(path, at, size)
    store = open_store(path)
    store.close()
    return store.warning


def copied(crashed: Path, to: Path) -> Path:
    to.mkdir()
    for kind in ("", "-wal"):
        shutil.copy(f"{crashed}{kind}", f"{to / crashed.name}{kind}")
    return to / crashed.name


def test_what_stands_behind_the_damage_is_put_together_beside_the_store(crashed: Path, tmp_path: Path) -> None:
    told = {"All that was saved": 0, "What can still be read": 0, "Nothing more": 0}
    saved = open_store(copied(crashed, tmp_path / "sound"))
    size = crashed.with_name("some.store-wal").stat().st_size
    for place in range(16, size, size // 10):
        path = copied(crashed, tmp_path / f"{place}")
        if warning := spoilt(path, place, 64):
            (words,) = (words for words in told if words in warning)
            told[words] += 1
            side = path.with_name("some.store.salvaged")
            assert side.exists() == (words != "Nothing more")
            if words == "All that was saved":
                store = open_store(side)
                assert everything(store) == everything(saved)
                store.close()
            assert side.exists() == (str(side) in warning)
    assert told["All that was saved"]
    saved.close()


def test_a_page_of_which_nobody_knows_which_it_was_is_not_said_to_be_there(crashed: Path) -> None:
    assert "What can still be read is put together" in spoilt(crashed, FIRST_FRAME, 24)
    store = open_store(crashed.with_name("some.store.salvaged"))
    assert is_open(store)
    store.close()


def test_a_store_that_was_put_together_takes_the_place_of_the_damaged_one(crashed: Path) -> None:
    assert "All that was saved" in spoilt(crashed)
    for file in (crashed, crashed.with_name("some.store-wal")):
        file.unlink(missing_ok=True)
    assert run(["--store", str(crashed), "restore", f"{crashed}.salvaged"]) == 0
    desk = open_desk(crashed)
    assert count(desk) == 1 + NOTES
    desk.store.close()


def test_a_last_transaction_that_was_damaged_is_not_said_to_be_there(crashed: Path) -> None:
    last_page = crashed.with_name("some.store-wal").stat().st_size - 2_000
    assert "All that was saved" not in spoilt(crashed, last_page)


def test_what_is_kept_of_a_log_is_as_closed_to_others_as_the_store(crashed: Path) -> None:
    crashed.chmod(0o600)
    crashed.with_name("some.store-wal").chmod(0o600)
    spoilt(crashed)
    for kind in ("damaged-log", "salvaged"):
        assert crashed.with_name(f"some.store.{kind}").stat().st_mode & 0o777 == 0o600


def test_a_second_damage_leaves_what_is_kept_of_the_first(crashed: Path) -> None:
    first = crashed.with_name("some.store.damaged-log")
    first.write_bytes(b"another day's")
    assert "some.store.damaged-log-2" in spoilt(crashed)
    assert first.read_bytes() == b"another day's"
    assert crashed.with_name("some.store.salvaged-2").exists()


def test_an_encrypted_store_is_put_together_as_well(admin: Desk, tmp_path: Path) -> None:
    desk = open_desk(encrypt(admin, tmp_path / "secret.store", "quiet otters swim"))
    path = crash(desk, tmp_path)
    desk.store.close()
    assert "All that was saved" in spoilt(path)
    store = open_store(path.with_name("some.store.salvaged"))
    assert is_open(store)
    store.close()


def test_a_full_disk_keeps_nobody_from_the_store(crashed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(shutil, "copy", full)
    assert "It could not be kept (No space left on device)" in spoilt(crashed)


def test_of_a_log_without_one_sound_transaction_nothing_is_made(crashed: Path, tmp_path: Path) -> None:
    log = tmp_path / "log"
    log.write_bytes(os.urandom(40_000))
    assert salvage(crashed, log, tmp_path / "to") is None
    assert not (tmp_path / "to").exists()
