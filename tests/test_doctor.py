"""The doctor: finds what is the matter, says what to do, and changes nothing unless asked to."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections import namedtuple
from pathlib import Path

import pytest

from console.command_line import run
from data import doctor
from data import store as stores
from data.desk import Desk
from data.doctor import Examination, Health, examine, file_system, repair
from data.errors import StoreTrouble
from data.store import Store
from tests.builders import add_customer

Usage = namedtuple("Usage", "total used free")


def found(examination: Examination, check: str) -> doctor.Finding:
    [finding] = [finding for finding in examination.findings if finding.check == check]
    return finding


def write(store: Store, *statements: str) -> None:
    """Writes past every action, as a fault would."""
    with store.raw() as connection:
        for statement in ("PRAGMA foreign_keys = OFF", *statements, "PRAGMA foreign_keys = ON"):
            connection.execute(statement)


def spoil_index(desk: Desk) -> None:
    add_customer(desk, first_name="Maria", last_name="Alvarez")
    write(desk.store, "DELETE FROM search_customer", "DELETE FROM search_dirty")


def test_a_sound_store_is_well(store: Store) -> None:
    examination = examine(store.path)
    assert examination.healthy
    assert [finding.check for finding in examination.findings] == [
        "file", "space", "integrity", "version", "settings", "references", "search index",
    ]  # fmt: skip
    assert {finding.health for finding in examination.findings} == {Health.GOOD}


def test_looking_changes_nothing(desk: Desk) -> None:
    spoil_index(desk)
    desk.store.close()
    path = desk.store.path
    before = hashlib.sha256(path.read_bytes()).hexdigest()
    examine(path)
    assert hashlib.sha256(path.read_bytes()).hexdigest() == before
    assert [file.name for file in path.parent.iterdir()] == [path.name]


def test_there_is_nothing_to_look_at(tmp_path: Path) -> None:
    with pytest.raises(StoreTrouble):
        examine(tmp_path / "none.store")


def test_a_wrong_index_is_found_and_mended(desk: Desk) -> None:
    spoil_index(desk)
    examination = examine(desk.store.path)
    assert not examination.healthy
    assert examination.index_is_wrong
    assert "1 customer" in found(examination, "search index").found
    repair(desk)
    assert examine(desk.store.path).healthy


def test_a_row_that_names_a_missing_one_is_found(desk: Desk) -> None:
    add_customer(desk, first_name="Maria")
    write(desk.store, "UPDATE account SET customer_id = 999")
    finding = found(examine(desk.store.path), "references")
    assert finding.health is Health.TROUBLE
    assert "1 row names another that is missing: account without its customer" in finding.found


def test_too_little_space_is_found(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    size = store.path.stat().st_size
    for free, health in ((size // 2, Health.TROUBLE), (doctor.LEAST_FREE * 2, Health.GOOD)):
        monkeypatch.setattr(doctor.shutil, "disk_usage", lambda path, free=free: Usage(0, 0, free))
        assert found(examine(store.path), "space").health is health
    monkeypatch.setattr(doctor, "LEAST_FREE", 10)
    monkeypatch.setattr(doctor.shutil, "disk_usage", lambda path: Usage(0, 0, size // 2))
    assert found(examine(store.path), "space").health is Health.WARNING


def test_a_network_disk_is_found(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    mounts = tmp_path / "mountinfo"
    mounts.write_text(
        "22 1 8:1 / / rw,relatime - ext4 /dev/sda1 rw\n"
        f"23 22 0:44 / {store.path.parent} rw - nfs4 server:/share rw\n"
        "24 22 0:45 / /elsewhere rw - tmpfs tmpfs rw\n"
    )
    monkeypatch.setattr(doctor, "MOUNTS", mounts)
    finding = found(examine(store.path), "disk")
    assert finding.health is Health.TROUBLE
    assert "nfs4" in finding.found
    assert file_system(Path("/srv/x")) == "ext4"


def test_a_store_that_others_can_read_is_found(store: Store) -> None:
    store.path.chmod(0o644)
    examination = examine(store.path)
    assert found(examination, "access").health is Health.WARNING
    assert examination.healthy, "it is a warning"


def test_an_older_store_is_told_and_not_touched(store: Store) -> None:
    write(store, "UPDATE alembic_version SET version_num = '0000'")
    store.close()
    examination = examine(store.path)
    assert found(examination, "version").health is Health.WARNING
    assert examination.findings[-1].check == "version"


def test_an_unsafe_sqlite_is_told(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor.sqlite, "sqlite_version_info", (3, 40, 1))
    assert found(examine(store.path), "SQLite").health is Health.TROUBLE


def test_settings_that_lose_work_are_told(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(stores.SETTINGS, "synchronous", "OFF")
    finding = found(examine(store.path), "settings")
    assert finding.health is Health.TROUBLE
    assert "synchronous is 0 and not 2" in finding.found


def test_the_command_says_it_in_lines_and_in_json(store: Store, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--store", str(store.path), "doctor"]) == 0
    out = capsys.readouterr().out
    assert out.endswith("All is well.\n")
    assert out.count("✓") == 7
    assert run(["--store", str(store.path), "doctor", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["healthy"], told["store"]) == (True, str(store.path))
    assert set(told["findings"][0]) == {"check", "health", "found", "remedy"}


def test_the_command_mends_the_index_when_asked(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    spoil_index(desk)
    words = ["--store", str(desk.store.path), "doctor"]
    assert run(words) == 3
    assert "Run: careline doctor --repair" in capsys.readouterr().out
    assert run([*words, "--json"]) == 3
    assert json.loads(capsys.readouterr().out)["healthy"] is False
    assert run([*words, "--repair"]) == 0
    assert run(words) == 0


def test_a_damaged_store_is_not_repaired(store: Store, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    store.close()
    damaged = Path(shutil.copy(store.path, tmp_path / "damaged.store"))
    content = bytearray(damaged.read_bytes())
    content[20_000:60_000:7] = bytes(b"Z" * len(range(20_000, 60_000, 7)))
    damaged.write_bytes(content)
    assert run(["--store", str(damaged), "doctor", "--repair"]) == 3
    told = capsys.readouterr().out
    assert "restore a backup" in told
    assert max(map(len, told.splitlines())) < 500  # however much SQLite complains of
    assert damaged.read_bytes() == content
