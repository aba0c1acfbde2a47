"""What the tests share: a frozen clock, an empty store that is quick to make, a desk at it."""

from __future__ import annotations

import gc
import random
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, tzinfo
from pathlib import Path

import pytest

from data.agents.rules import Role
from data.agents.tables import Agent
from data.desk import Desk, open_desk
from data.operators.actions import Founding, found_store
from data.store import Store, open_store

NOW = datetime(2026, 11, 22, 15, 0, tzinfo=UTC)  # a Sunday, 10:00 in New York


def pytest_collection_finish() -> None:
    """What was loaded to collect the tests stays: walking through it again and again took a third of their time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 20, 50)


@pytest.fixture(scope="session")
def empty_store_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A founded store without customers, to copy: one administrator and one agent of each other role."""
    path = tmp_path_factory.mktemp("template") / "empty.store"
    store = found_store(path, Founding(name="Northline", admin="admin01"), now=NOW)
    with store.writing() as session:
        for name, role in (("agent07", Role.AGENT), ("lead03", Role.LEAD), ("trainer05", Role.TRAINER)):
            session.add(Agent(name=name, display_name=name, role=role, time_zone="America/New_York", created_at=NOW))
    with store.raw() as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    store.close()
    return path


class Stopped(datetime):
    """A clock's face that shows NOW."""

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]
        return NOW.astimezone(tz)


@pytest.fixture(autouse=True)
def _the_system_clock_stands_still(monkeypatch: pytest.MonkeyPatch) -> None:
    """Commands look at the system's clock: what is on record at NOW, such as a call, has not grown old for them."""
    monkeypatch.setattr("data.desk.datetime", Stopped)


@pytest.fixture
def store(empty_store_file: Path, tmp_path: Path) -> Iterator[Store]:
    """An empty store of this test's own."""
    path = shutil.copy(empty_store_file, tmp_path / "test.store")
    opened = open_store(path)
    yield opened
    opened.close()


@pytest.fixture
def desk(store: Store) -> Desk:
    """agent07's desk: the time stands still, the randomness repeats."""
    return open_desk(store, "agent07", clock=lambda: NOW, random=random.Random(7))


@pytest.fixture
def admin(store: Store) -> Desk:
    """The administrator's desk at the same store."""
    return open_desk(store, "admin01", clock=lambda: NOW, random=random.Random(8))


@pytest.fixture
def lead(store: Store) -> Desk:
    """The team lead's desk at the same store."""
    return open_desk(store, "lead03", clock=lambda: NOW, random=random.Random(9))
