"""What these tests share: passphrases that are cheap to check, and a store whose administrator has one."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from argon2 import PasswordHasher

from data.agents import passphrases
from data.agents.own import choose_passphrase
from data.desk import Desk, open_desk
from data.store import Store
from tests.conftest import NOW

OURS = "seven quiet otters swim"
At = Callable[..., Desk]


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    """A check takes a fraction of a millisecond instead of 64 MiB."""
    monkeypatch.setattr(passphrases, "HASHER", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))


@pytest.fixture
def guarded(admin: Desk) -> Store:
    """A store where admin01 signs in with OURS."""
    choose_passphrase(admin, OURS)
    return admin.store


@pytest.fixture
def at(store: Store) -> At:
    """`at("agent07", minutes=5)`: a desk as the command line opens it, some time after NOW."""

    def sit(
        name: str | None = None,
        passphrase: str | None = None,
        *,
        token: str | None = None,
        trusted: bool = False,
        **later: float,
    ) -> Desk:
        moment: datetime = NOW + timedelta(**later)
        return open_desk(
            store,
            name,
            passphrase=passphrase,
            token=token,
            trusted=trusted,
            clock=lambda: moment,
            random=random.Random(7),
        )

    return sit
