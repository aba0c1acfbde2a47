"""A customer who can be reached, and what was sent to her."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

import pytest
from argon2 import PasswordHasher

from data.desk import Desk
from data.verification import hashes, pins
from tests.builders import add_customer

PIN = "4071"
Message = Callable[[], str]


@pytest.fixture(autouse=True)
def quick_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hashes a PIN in a thousandth of the time; that Careline itself takes its time is tested once."""
    monkeypatch.setattr(hashes, "_hasher", lambda: PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))


@pytest.fixture
def maria(desk: Desk) -> str:
    """Maria Alvarez's account; her line's number is not the one that she gave as a contact."""
    add_customer(
        desk,
        "SV000042",
        first_name="Maria",
        last_name="Alvarez",
        birth_date=date(1980, 5, 1),
        street="12 Elm St",
        city="Yonkers",
        state="NY",
        zip="10701",
        mdns=("2125550143",),
        phones=("9145550199",),
        emails=("maria@example.com",),
    )
    return "SV000042"


@pytest.fixture
def john(desk: Desk) -> str:
    """John Smith's account, without a line or a contact."""
    add_customer(desk, "SV000043", first_name="John", last_name="Smith")
    return "SV000043"


@pytest.fixture
def messages(desk: Desk) -> Callable[[], list[str]]:
    """What lies in the outbox: each message whole, with where it goes."""

    def read() -> list[str]:
        folder = desk.store.path.with_suffix(".outbox")
        files = sorted(folder.glob("*.eml"), key=lambda file: file.stat().st_mtime_ns) if folder.exists() else []
        return [file.read_text() for file in files]

    return read


def six_digits(message: str) -> str:
    """The temporary PIN that a message holds."""
    found = re.search(r"one-time PIN is (\d{6})\b", message)
    assert found, message
    return found[1]


def wrong(pin: str) -> str:
    """Another PIN of as many digits."""
    return f"{(int(pin) + 1) % 10 ** len(pin):0{len(pin)}d}"


assert not pins.wrong_pin(PIN, (), None)
