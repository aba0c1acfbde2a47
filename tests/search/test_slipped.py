"""A slip in what stands beside a name: a birth date, a ZIP, a house number, a street; or a space that is missing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from shutil import copy

import pytest

from data.desk import Desk, open_desk
from data.search import search
from data.search.dates import days_nearly, take_dates
from data.store import open_store
from tests.builders import add_customer

PEOPLE = (
    "Uwe Fischer|1970-11-02|10 Copland Drive|Griffin|10701",
    "Karin Fischer|1951-03-08|6 Yanda Street|Keilor|60629",
    "Lydia Moody|1983-12-31|1 Lambell Street|Jones Hill|93103",
    "Emma Moody|1947-01-20|73 Rossarden Court|Corowa|60637",
    "Mona Madden|1970-02-02|9 Streeton Place|Sale|93133",
    "Paul Blake|1954-08-31|251 Middleton Street|Avalon|95171",
    "Ann Overstreet|1960-06-06|8 Dalley Avenue|Kingaroy|80123",
    "Riley Quilliam|1966-02-10|12 Hayden Crescent|Ormeau|80124",
    "William Price|1966-02-10|3 Tyson Avenue|Ormeau|80124",
    "Tim Pace|1970-03-03|4 Elm Street|Sale|80125",
    "Rose Green|1971-04-04|1230 Tim Street|Sale|80125",
)


@pytest.fixture(scope="module")
def town(empty_store_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    store = open_store(copy(empty_store_file, tmp_path_factory.mktemp("town") / "town.store"))
    desk = open_desk(store, "agent07")
    for number, one in enumerate(PEOPLE):
        name, birth, street, city, zip = one.split("|")
        first, last = name.split()
        add_customer(
            desk,
            f"SV{number:06d}",
            first_name=first,
            last_name=last,
            birth_date=date.fromisoformat(birth),
            street=street,
            city=city,
            zip=zip,
        )
    yield desk
    store.close()


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("fischer 11/01/1970", "Uwe Fischer"),  # a digit wrong
        ("fischer 11/20/1970", "Uwe Fischer"),  # two swapped
        ("fischer 1970-02-11", "Uwe Fischer"),  # the month and the day
        ("fisher 11/01/1970", "Uwe Fischer"),
        ("fischer 06/02/1970", "Uwe Fischer"),  # another month
        ("fischer 11/29/1970", "Uwe Fischer"),
        ("fischer 11/32/1970", "Uwe Fischer"),  # which no calendar has
        ("moody 93013", "Lydia Moody"),
        ("lydia moody 93104", "Lydia Moody"),
        ("moddy 93102", "Lydia Moody"),
        ("10 copland drvie", "Uwe Fischer"),
        ("10 coplanddrive", "Uwe Fischer"),
        ("6 yanda st reet", "Karin Fischer"),
        ("bl ake 95171", "Paul Blake"),
        ("12 copland drive", "Uwe Fischer"),  # another house
        ("fihser 25 copland drive", "Uwe Fischer"),
        ("fihser copland drive", "Uwe Fischer"),
        ("copalnd drive griffin", "Uwe Fischer"),
        ("12 copland drive grifin", "Uwe Fischer"),
        ("21 hayden crescent ormeau", "Riley Quilliam"),
        ("oversteret kingraoy", "Ann Overstreet"),  # a slip in the name and in the city
        ("green 1230 zizwy street", "Rose Green"),  # a street past recognition
        ("tim pace 1234", "Tim Pace"),  # whose name is no place
        ("paris quilliam", "Riley Quilliam"),  # a rare name, before one that is like both words
        ("quilliam, paris", "Riley Quilliam"),
        ("angus quilliam 93137", "Riley Quilliam"),
    ],
)
def test_who_is_meant_comes_first(town: Desk, text: str, meant: str) -> None:
    assert search(town, text).hits[0].name == meant


@pytest.mark.parametrize("text", ["moody 93013", "fischer 11/01/1970"])
def test_nearly_hides_nobody_of_the_name(town: Desk, text: str) -> None:
    results = search(town, text)
    assert results.near
    assert {hit.name.split()[1] for hit in results} >= {text.split()[0].title()}
    assert len([hit for hit in results if hit.name.lower().endswith(text.split()[0])]) == 2


def test_a_hit_tells_nothing_of_a_birth_date_that_was_not_typed(town: Desk) -> None:
    assert search(town, "fischer 11/01/1970").hits[0].matched == "nearly the birth date, name"
    assert "02" not in str(search(town, "fischer 11/01/1970").hits[0].why)


def test_a_name_that_ends_as_a_street_does_is_a_name(town: Desk) -> None:
    assert search(town, "overstreet 80123").hits[0].name == "Ann Overstreet"


def test_days_that_a_slip_makes_of_one() -> None:
    near = days_nearly(["1970-11-02"])
    assert {"1970-11-01", "1970-11-20", "1970-02-11", "1979-11-02", "1907-11-02"} <= set(near)
    assert not {"1970-11-02", "1970-11-31", "1970-12-12", "1983-11-02"} & set(near)


@pytest.mark.parametrize(
    ("text", "meant"),
    [("02/81/1979", "1979-08-21"), ("11/71/1994", "1994-11-21"), ("1994-11-71", "1994-11-21")],
)
def test_a_day_that_no_calendar_has_is_one_that_a_slip_makes_of_it(text: str, meant: str) -> None:
    assert meant in take_dates(text, bare=False)[1]


@pytest.mark.parametrize("text", ["12 34 1950", "smith 12-34-5678", "99/99/1950", "13/45/70"])
def test_what_is_no_date_stays_none(text: str) -> None:
    assert take_dates(text, bare=False) == (text, ())
