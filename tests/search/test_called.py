"""A name beside a number's end or a birth date that many have: whoever is meant is found whichever way is quickest."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from shutil import copy
from string import ascii_lowercase

import pytest

from data.desk import Desk, open_desk
from data.search import search
from data.search.sqlite.numbers.phones import count_ended
from data.search.sqlite.texts import called
from data.store import open_store
from tests.builders import add_customer

PEOPLE: dict[str, dict[str, str]] = {
    "Ann Robertson": {"city": "Houston"},
    "Bruce Lee": {"city": "Houston"},
    "Kathleen Urquhart": {},
    "Kathy Zbornak": {},
    "Robert Davis": {},
}


@pytest.fixture(scope="module")
def crowd(empty_store_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A desk at a store where everybody's telephone number ends alike, and all were born on one day."""
    store = open_store(copy(empty_store_file, tmp_path_factory.mktemp("called") / "called.store"))
    desk = open_desk(store, "agent07")
    others: dict[str, dict[str, str]] = {f"Q{letter}x W{letter * 3}": {} for letter in ascii_lowercase}
    for place, (name, fields) in enumerate((PEOPLE | others).items()):
        first, last = name.split()
        mdns = [f"212{555 + place}0143", f"313{555 + place}0143"]
        add_customer(
            desk,
            f"SV{place + 7000:06d}",
            first_name=first,
            last_name=last,
            birth_date=date(1980, 5, 1),
            mdns=mdns,
            **fields,
        )
    add_customer(desk, "SV000143", first_name="David", last_name="Forbes")
    yield desk
    store.close()


def test_there_are_too_many_to_look_at_each(crowd: Desk) -> None:
    with crowd.store.raw() as connection:
        assert count_ended(connection, "0143") > called.FEW_ENDED


@pytest.fixture(params=["side by side", "slips side by side", "all looked at"])
def any_way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, crowd: Desk) -> Desk:
    """The same desk, where bearers of a word are read, of what it may be a slip of, and where that is never quick."""
    if request.param == "slips side by side":
        monkeypatch.setattr(called, "READ_FOR_SLIPS", 0)
    if request.param == "all looked at":
        monkeypatch.setattr(called, "READ_FOR_NAME", 0)
        monkeypatch.setattr(called, "READ_FOR_DATE", 0)
    crowd.search_engine._memory = None  # type: ignore[attr-defined]
    return crowd


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("robertson 0143", "Ann Robertson"),
        ("robretson 0143", "Ann Robertson"),
        ("robrtsson 0143", "Ann Robertson"),
        ("ann robertson 0143", "Ann Robertson"),
        ("robertson ann 0143", "Ann Robertson"),
        ("ann robertsn 0143", "Ann Robertson"),
        ("robertson 0143 houston", "Ann Robertson"),
        ("robertson 0143 hous", "Ann Robertson"),
        ("lee 0143", "Bruce Lee"),
        ("lee 0143 houston", "Bruce Lee"),
        ("kathy 0143", "Kathy Zbornak"),
        ("kathleen 0143", "Kathleen Urquhart"),
        ("robertson 1980-05-01", "Ann Robertson"),
        ("ann robertson 1980-05-01", "Ann Robertson"),
        ("ann robrtson 1980-05-01", "Ann Robertson"),
        ("lee 1980-05-01", "Bruce Lee"),
    ],
)
def test_who_is_meant_comes_first(any_way: Desk, text: str, first: str) -> None:
    assert search(any_way, text).hits[0].name == first


def test_who_has_the_name_and_who_is_called_so_for_short_are_both_found(any_way: Desk) -> None:
    assert [hit.name for hit in search(any_way, "kathy 0143")] == ["Kathy Zbornak", "Kathleen Urquhart"]


def test_an_account_that_ends_so_does_not_hide_whose_telephone_does(any_way: Desk) -> None:
    assert {hit.name for hit in search(any_way, "dsvis 0143")} >= {"Robert Davis", "David Forbes"}


def test_what_is_found_stays_the_same_while_the_text_is_typed_on(any_way: Desk) -> None:
    typed = [
        search(any_way, text).hits[0].name for text in ("lee 0143", "lee 0143 h", "lee 0143 hou", "lee 0143 houston")
    ]
    assert set(typed) == {"Bruce Lee"}


def test_some_are_shown_where_nobody_is_called_so(any_way: Desk) -> None:
    results = search(any_way, "xyzzy 0143")
    assert results.near
    assert any("0143" in (hit.mdn or "") for hit in results.hits)
