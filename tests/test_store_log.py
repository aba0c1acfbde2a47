"""A log that a fault of the disk has damaged: told when the store is opened; what was only half-written is not."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from console.command_line import run
from data.desk import Desk
from data.store import open_store
from tests.test_store import count, note

NOTES = 6


@pytest.fixture
def crashed(desk: Desk, tmp_path: Path) -> Path:
    """A store as a crash leaves it: all that was done since it was opened is in its log."""
    with desk.store.raw() as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    for number in range(NOTES):
        note(desk, f"{number}", "x" * 9_000)
    (tmp_path / "crashed").mkdir()
    path = tmp_path / "crashed" / "some.store"
    for kind in ("", "-wal"):
        shutil.copy(f"{desk.store.path}{kind}", f"{path}{kind}")
    return path


def spoil(path: Path, at: float) -> None:
    """Overwrites 64 bytes of the log, so far into it."""
    log = path.with_name(f"{path.name}-wal")
    content = bytearray(log.read_bytes())
    place = int(len(content) * at) if at < 1 else int(at)
    content[place : place + 64] = b"\xa5" * 64
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
