"""The index that a second process helps to make is the one that is made alone, and nothing of it stays behind."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from data.desk import Desk
from data.search import search
from data.search.sqlite.index import beside
from data.search.sqlite.index.beside import GatheringBeside
from data.search.sqlite.index.tables import BUILT
from data.search.words import street_parts
from tests.builders import add_customer
from tests.search.test_index import contents, differ

NAMES = ("Smith", "García López", "O'Brien", "Ng", "Ñuñez-Ortiz", "")


@pytest.fixture
def street(desk: Desk) -> Desk:
    """A desk at a store with customers of all kinds of names."""
    rng = random.Random(3)
    for number in range(40):
        add_customer(
            desk,
            f"SV{number:06d}",
            first_name=rng.choice(("Ana", "José", "J.R.", "")),
            last_name=rng.choice(NAMES),
            company_name=rng.choice(("", "", "Acme & Sons, Inc.")),
            city=rng.choice(("Yonkers", "New York", "")),
            street=f"{number} Oak St",
            mdns=[f"21255501{number:02d}"],
        )
    return desk


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where temporary files go; a second process is asked for however few customers."""
    monkeypatch.setattr(beside, "WORTHWHILE", 1)
    monkeypatch.setattr("os.cpu_count", lambda: 2)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    return tmp_path


def rebuild_changed(desk: Desk) -> None:
    """Rebuilds the index in a transaction that has changed a row before."""
    with desk.store.writing() as session:
        connection = session.connection().connection.driver_connection
        connection.execute("UPDATE customer SET last_name = 'Quixote' WHERE id = 7")
        desk.search_engine.rebuild(connection)


def test_two_make_the_index_that_one_makes(street: Desk, temporary: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[str] = []
    packed = GatheringBeside.packed

    def noted(self: GatheringBeside) -> Iterator[tuple[str, tuple[str, ...]]]:
        for schema, tables in packed(self):
            told.extend(tables)
            yield schema, tables

    monkeypatch.setattr(GatheringBeside, "packed", noted)
    rebuild_changed(street)
    by_two = contents(street.store)
    assert set(told) == set(BUILT) - {"search_customer"}
    assert [hit.account for hit in search(street, "quixote")] == ["SV000006"]
    monkeypatch.setattr(beside, "WORTHWHILE", 1_000)
    rebuild_changed(street)
    assert contents(street.store) == by_two
    assert len(told) == len(BUILT) - 1


def test_nothing_stays_behind(street: Desk, temporary: Path) -> None:
    rebuild_changed(street)
    assert not list(temporary.glob("careline-*"))
    with street.store.raw() as connection:
        assert "beside" not in [name for _, name, _ in connection.execute("PRAGMA database_list")]


def test_what_fails_is_done_alone(street: Desk, temporary: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(beside, "RUN", "raise SystemExit(3)")
    rebuild_changed(street)
    assert not differ(street)
    assert not list(temporary.glob("careline-*"))


@pytest.mark.parametrize(
    ("street", "parts"),
    [
        ("12 Main St", ("12", "main")),
        ("12 # 4", ("", "12")),
        ("12", ("", "12")),
        ("12 ", ("", "12")),
        ("5th Ave", ("5th", "ave")),
        ("1 5th Ave", ("1", "5th")),
        ("", ("", "")),
        ("Oak Grove Rd #9", ("", "oakgrove")),
    ],
)
def test_streets_are_told_from_their_houses(street: str, parts: tuple[str, str]) -> None:
    assert street_parts(street) == parts
