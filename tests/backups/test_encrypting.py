"""Encrypted stores: all that a plain one holds, and nothing of it readable without the passphrase."""

from __future__ import annotations

from pathlib import Path

import pytest

from console.command_line import run
from data import store_keys
from data.audit.verifying import verify
from data.backups.actions import back_up
from data.backups.daily import back_up_daily
from data.backups.encrypting import decrypt, encrypt
from data.backups.restoring import restore
from data.desk import Desk, open_desk
from data.errors import Misused, Refused, StoreTrouble
from data.search import search
from tests.backups.test_backups import TODAY
from tests.builders import add_customer
from tests.stores import everything, note

PASSPHRASE = "correct horse battery"


@pytest.fixture(autouse=True)
def quickly(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keys that are derived in no time, and forgotten after each test."""
    monkeypatch.setattr(store_keys, "ROUNDS", 10)
    monkeypatch.setattr(store_keys, "_keys", {})
    monkeypatch.delenv(store_keys.VARIABLE, raising=False)


@pytest.fixture
def secret(admin: Desk, tmp_path: Path) -> Path:
    """An encrypted copy of a store with one customer; its passphrase is forgotten."""
    add_customer(admin, "SV000042", first_name="Ana", last_name="Darakjy", mdns=("2125550143",))
    note(admin, "before")
    path = encrypt(admin, tmp_path / "secret.store", PASSPHRASE)
    store_keys._keys.clear()
    return path


def test_nothing_of_it_can_be_read_without_the_passphrase(secret: Path, capsys: pytest.CaptureFixture[str]) -> None:
    content = secret.read_bytes()
    assert b"Darakjy" not in content
    assert b"customer" not in content
    assert b"SQLite" not in content
    assert run(["--store", str(secret), "search", "darakjy"]) == 3
    assert "is encrypted" in capsys.readouterr().err


def test_nothing_is_sorted_in_a_plain_file_beside_it(
    admin: Desk, secret: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(store_keys.VARIABLE, PASSPHRASE)
    in_file, in_memory = 1, 2  # as PRAGMA temp_store tells them
    for store, where in ((admin.store, in_file), (open_desk(secret, "admin01").store, in_memory)):
        with store.raw() as connection:
            assert connection.execute("PRAGMA temp_store").fetchone() == (where,)


def test_with_the_passphrase_it_is_a_store_like_any_other(
    secret: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv(store_keys.VARIABLE, PASSPHRASE)
    desk = open_desk(secret, "admin01")
    assert [hit.account for hit in search(desk, "darakjy 0143").hits] == ["SV000042"]
    note(desk, "in the dark")
    assert verify(desk).whole
    desk.store.close()
    assert run(["--store", str(secret), "doctor"]) == 0
    people = secret.with_name("people.csv")
    people.write_text("name,phone\nBo Lee,212-555-0144\n")
    assert run(["--store", str(secret), "import", "customers", str(people), "--dry-run"]) == 0
    assert b"in the dark" not in secret.read_bytes()
    assert capsys.readouterr().err == ""


def test_another_passphrase_is_told_in_words(
    secret: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv(store_keys.VARIABLE, "wrong horse battery")
    before = secret.read_bytes()
    assert run(["--store", str(secret), "search", "darakjy"]) == 3
    told = capfd.readouterr()
    assert "The passphrase does not open the store" in told.err
    assert told.err.count("\n") == 1, "and nothing of the driver's own"
    assert secret.read_bytes() == before


def test_moved_in_and_out_everything_is_as_it_was(admin: Desk, secret: Path, tmp_path: Path) -> None:
    store_keys.remember(secret, PASSPHRASE)
    desk = open_desk(secret, "admin01")
    inside = everything(desk.store)
    plain = decrypt(desk, tmp_path / "plain.store")
    desk.store.close()
    again = open_desk(plain, "admin01")
    outside = everything(again.store)
    again.store.close()
    assert outside == inside
    assert inside["customer"] == everything(admin.store)["customer"]


def test_its_backups_are_encrypted_too(secret: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store_keys.remember(secret, PASSPHRASE)
    desk = open_desk(secret, "admin01")
    made = back_up(desk, tmp_path / "night.backup")
    daily = back_up_daily(secret, TODAY)
    desk.store.close()
    assert daily is not None
    for path in (made.path, daily.path):
        assert b"Darakjy" not in path.read_bytes()
    assert restore(made.path, tmp_path / "restored.store").audit.whole
    monkeypatch.chdir(tmp_path)
    assert restore(Path("night.backup"), "here.store").audit.whole
    with pytest.raises(StoreTrouble, match="is encrypted"):
        store_keys._keys.clear()
        restore(made.path, tmp_path / "other.store")


def test_who_may_and_with_what(admin: Desk, desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(Refused, match="may not administer"):
        encrypt(desk, tmp_path / "a.store", PASSPHRASE)
    with pytest.raises(Misused, match="too short"):
        encrypt(admin, tmp_path / "a.store", "short")
    with pytest.raises(Refused, match="not encrypted"):
        decrypt(admin, tmp_path / "a.store")
    assert not (tmp_path / "a.store").exists()


def test_the_commands(admin: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store, new = str(admin.store.path), str(tmp_path / "new.store")
    assert run(["--store", store, "store", "encrypt", new]) == 2
    monkeypatch.setenv(store_keys.VARIABLE, PASSPHRASE)
    assert run(["--store", store, "store", "encrypt", new]) == 0
    assert run(["--store", store, "store", "encrypt", new]) == 1
    assert run(["--store", new, "store", "decrypt", str(tmp_path / "back.store"), "--json"]) == 0
    assert run(["--store", str(tmp_path / "back.store"), "doctor"]) == 0
