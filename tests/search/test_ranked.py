"""Who comes first among those who are like what was typed, and that it stays right while others write."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from pathlib import Path
from shutil import copy
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data.desk import Desk, open_desk
from data.search import search
from data.search.sqlite.names.two_words import A_PAGE
from data.search.sqlite.words.memory import MOST, Remembered
from data.store import open_store
from tests.builders import add_customer

NUMBERS = count(1)
FIRSTS = ("Marjory", "Marguerite", "Mark", "Marvin", "Mary", "Maryann", "Stephanie", "Steven")
LASTS = ("Mastella", "Masters", "Mastroianni", "Barfield", "Barford", "Abdallah")


def names(desk: Desk, text: str) -> list[str]:
    return [hit.name for hit in search(desk, text)]


def add(desk: Desk, *people: str) -> None:
    """Adds a customer for each name, "Ann Mary Lee" with a middle name; a closed account where it ends with "!"."""
    for name in people:
        first, *middle, last = name.rstrip("!").split()
        status = "closed" if name.endswith("!") else "active"
        add_customer(
            desk,
            f"SV{next(NUMBERS):06d}",
            first_name=first,
            middle_name=" ".join(middle),
            last_name=last,
            status=status,
        )


@pytest.fixture(scope="module")
def everybody(empty_store_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A desk at a store with customers of every first and last name above."""
    store = open_store(copy(empty_store_file, tmp_path_factory.mktemp("ranked") / "ranked.store"))
    desk = open_desk(store, "agent07")
    add(desk, *(f"{first} {last}" for first in FIRSTS for last in LASTS))
    yield desk
    store.close()


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    first=st.sampled_from(FIRSTS), last=st.sampled_from(LASTS), letters=st.tuples(st.integers(2, 4), st.integers(4, 8))
)
def test_everyone_is_found_by_the_beginnings_of_both_names(
    everybody: Desk, first: str, last: str, letters: tuple[int, int]
) -> None:
    text = f"{first[: letters[0]]} {last[: letters[1]]}"
    assert f"{first} {last}" in names(everybody, text), text


@pytest.mark.parametrize(
    ("text", "sooner", "later"),
    [
        ("sendy bush", "Wendy Bush!", "Annie Wendy Bush"),  # who goes by a middle name is rarer than a closed account
        ("alisha phink", "Alisha Fink", "Alisha Pinkerton"),  # said alike, however it is spelt
        ("mary heed", "Mary Head", "Mary Held"),  # a slip that also sounds so
        ("rob smith", "Robert Smith", "Robinette Smith"),  # a nickname before a beginning that another word follows
        ("john smtih", "John Smith", "Johnny Smith"),
        ("maria villnaveua", "Maria Villanveua", "Maria Villanova"),  # one slip before two
    ],
)
def test_the_likelier_comes_first(desk: Desk, text: str, sooner: str, later: str) -> None:
    add(desk, later, sooner)
    found = names(desk, text)
    assert found.index(sooner.rstrip("!")) < found.index(later)


def test_a_common_name_said_alike_comes_before_a_first_and_a_middle_name(desk: Desk) -> None:
    add(desk, "Robert Scot Farley", "Scot Robert Ramales", *["Robert Scott"] * 10)
    assert names(desk, "robert scot")[0] == "Robert Scott"


@pytest.mark.parametrize("text", ["joseph joseph", "Joseph, Joseph"])
def test_who_has_one_name_twice_is_found_by_it(desk: Desk, text: str) -> None:
    add(desk, "Joseph Josephson", "Josephine Joseph", "Joseph Joseph!", "Joseph Joseph")
    add_customer(desk, "SV0", company_name="Joseph Inc")
    found = search(desk, text)
    assert names(desk, text)[:2] == ["Joseph Joseph"] * 2
    assert [hit.status for hit in found][:2] == ["active", "closed"]
    assert found.total == len(found)


def test_two_slips_are_found_beside_one(desk: Desk) -> None:
    add(desk, *(f"Joyce Bernard{number}" for number in "abcdefgh"), "Joyce Detchon", "Joyce Denton")
    add(desk, *["Joyce Walker"] * 90)  # a common name is taken as it was typed
    assert names(desk, "joyce detcon")[:2] == ["Joyce Detchon", "Joyce Denton"]


@pytest.mark.parametrize("text", ["lake prairie", "lake prarie", "lake prairi", "lak prairie"])
def test_a_company_is_called_by_its_words_in_their_order(desk: Desk, text: str) -> None:
    for number, company in enumerate(["Prairie Lake Dental & Sons", "Prairie Lake Foods", "Lake Prairie Farms LLC"]):
        add_customer(desk, f"C{number}", kind="business", company_name=company)
    found = names(desk, text)
    assert found[0] == "Lake Prairie Farms LLC" and len(found) == 3


def test_a_word_that_somebody_has_brings_up_nobody_two_slips_away(desk: Desk) -> None:
    add(desk, "Ruta Darakjy", "Dora Dirakjy", "Mona Danaksy")
    assert names(desk, "darakjy") == ["Ruta Darakjy", "Dora Dirakjy"]
    assert {"Ruta Darakjy", "Mona Danaksy"} <= set(names(desk, "darnksy"))


def test_a_company_that_is_only_like_what_was_typed_says_so(desk: Desk) -> None:
    add_customer(desk, "SV000001", first_name="Mona", last_name="Lee", company_name="Darakchi Foods")
    (hit,) = search(desk, "darakchy")
    assert (hit.matched, hit.detail) == ("company like darakchy", "Darakchi Foods")
    assert [(mark.field, hit.detail[mark.start : mark.end]) for mark in hit.marks] == [("detail", "Darakchi")]
    (hit,) = search(desk, "darakchi")
    assert (hit.matched, hit.detail) == ("company", "Darakchi Foods")


def test_a_name_said_alike_is_found_though_a_page_of_others_begins_so(desk: Desk) -> None:
    add(desk, *(f"Richard Lea{letter}itt" for letter in "bcdfghklmnpv"), *["Richard Lee"] * 8)
    assert "Richard Lee" in names(desk, "richard lea")[:10]


def test_slips_are_looked_for_beside_nicknames_that_others_begin_with(desk: Desk) -> None:
    add(desk, *(f"Ben Red{letter}ick" for letter in "bcdfghklmnpv"), "Benjamin Reed")
    assert "Benjamin Reed" in names(desk, "benjamin red")[:2]


def test_who_is_called_so_for_short_brings_up_nobody_two_slips_away(desk: Desk) -> None:
    add(desk, "John Sermons", "Jacklyn Semone")
    assert names(desk, "jack sermons") == ["John Sermons"]
    assert names(desk, "jacklyn sermans") == ["Jacklyn Semone"]


def test_the_beginning_of_a_name_is_looked_for_by_slips_once_though_it_may_be_an_abbreviation(desk: Desk) -> None:
    add(desk, "Stephanie Doggett", "Sainta Doggo")
    assert names(desk, "ste dogge") == ["Stephanie Doggett"]


def test_two_slips_are_looked_for_beside_longer_names_with_one(desk: Desk) -> None:
    add(desk, *(f"George Graixal{letter}son" for letter in "bcdfghklmnpv"), *["George Garcia"] * 8)
    add(desk, "George Gracia", *["George Lee"] * 90)  # a common name is taken as it was typed
    assert names(desk, "george graica")[:2] == ["George Gracia", "George Garcia"]


def test_two_slips_are_looked_for_beside_a_page_of_rare_names_with_one(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("data.search.sqlite.names.two_words.COMMON", 10)
    add(desk, *["Robert Cummins"] * A_PAGE, "Robert Cummings")
    assert "Robert Cummings" in names(desk, "robert cupmmins")


def test_a_word_is_common_only_where_one_in_so_many_has_it(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    add(desk, "Tomas Shaw", "Tomas Li", "Tomas Wu", "Thomas Schutz")
    monkeypatch.setattr("data.search.sqlite.names.two_words.COMMON", 3)
    monkeypatch.setattr("data.search.sqlite.names.two_words.COMMON_AMONG", 1)
    assert "Thomas Schutz" in names(desk, "tomas schu")


def test_a_misspelt_city_comes_after_a_misspelt_name(desk: Desk) -> None:
    for number in range(3):
        add_customer(desk, f"R{number}", first_name="Robert", last_name="Lee", city="Draper")
    add(desk, "Robert Draper")
    assert names(desk, "robert drapre")[0] == "Robert Draper"


def test_other_names_come_between_those_of_one_name(desk: Desk) -> None:
    add(desk, *["John Smith"] * 12, "John Smit")
    found = names(desk, "john smiht")
    assert found[0] == "John Smith" and "John Smit" in found[1:10]


def test_what_another_desk_writes_is_found_at_the_next_key(desk: Desk) -> None:
    add(desk, "Ann Walker")
    other = open_store(desk.store.path)
    try:
        for last, gone in (("Wolcott", "Walker"), ("Winter", "Wolcott")):
            assert names(desk, "ann w") == names(desk, f"ann {gone}") == [f"Ann {gone}"]
            with other.writing() as session:
                connection: Any = session.connection().connection.driver_connection
                connection.execute("UPDATE customer SET last_name = ?", (last,))
                desk.search_engine.refresh(connection)
            assert names(desk, "ann w") == names(desk, f"ann {last}") == [f"Ann {last}"]
            assert f"Ann {last}" not in names(desk, gone[:3] + "q")
    finally:
        other.close()


def test_what_is_undone_is_not_found(desk: Desk) -> None:
    add(desk, "Ann Walker")
    with pytest.raises(ZeroDivisionError), desk.store.writing() as session:
        connection: Any = session.connection().connection.driver_connection
        connection.execute("UPDATE customer SET last_name = 'Winter'")
        desk.search_engine.refresh(connection)
        raise ZeroDivisionError
    assert names(desk, "ann w") == ["Ann Walker"]


def test_the_younger_half_is_remembered_when_there_is_too_much() -> None:
    known = Remembered({"words": "1"})
    known.rows = dict.fromkeys(range(MOST["rows"] + 1))  # type: ignore[assignment]
    assert known.full
    younger = known.younger({"words": "1"})
    assert list(younger.rows) == list(range(MOST["rows"] + 1))[-(MOST["rows"] // 2) :]
    assert not younger.full and not known.younger({"words": "2"}).rows


def test_a_name_and_a_number_that_read_as_hex_are_both(desk: Desk) -> None:
    add_customer(desk, "SV000001", first_name="Gregory", last_name="Babb", mdns=["2125555278"])
    add_customer(desk, "SV000002", last_name="Lee", mdns=["2125550101"], device={"esn": "BABB5278"})
    assert set(names(desk, "babb 5278")) == {"Gregory Babb", "Lee"}
    assert names(desk, "esn babb 5278") == names(desk, "BABB5278") == ["Lee"]


def test_a_name_that_is_written_down_wrong_comes_after_those_that_are_not(desk: Desk) -> None:
    """As long as there is room on the page: who is not among those with just this name may be one of them."""
    for number, first in enumerate(["Petra"] * 5 + ["Petfra"]):
        add_customer(desk, f"SV{number}", first_name=first, last_name="Schumacher")
    assert [hit.name for hit in search(desk, "petra schumacher")] == ["Petra Schumacher"] * 5 + ["Petfra Schumacher"]


@pytest.mark.parametrize(
    "text", ["3m company", "the 3m company", "3m", "3m reno", "x10 wireless", "wireless x10", "x10"]
)
def test_a_company_that_is_called_like_a_code_is_found_by_it(desk: Desk, text: str) -> None:
    for number, name in enumerate(["3M Company", "X10 Wireless", "Wireless Company"]):
        add_customer(desk, f"SV{number}", kind="business", company_name=name, city="Reno")
    results = search(desk, text)
    assert [hit.name for hit in results.hits] == ["3M Company" if "3m" in text else "X10 Wireless"]
    assert (results.total, results.near) == (1, False)
