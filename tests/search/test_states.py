"""A name beside a state, which may be a name, a city or a word that is left out as well: "john smith pa"."""

from __future__ import annotations

import pytest

from data.desk import Desk
from data.search import search
from tests.builders import add_customer, add_neighbors


@pytest.fixture
def smiths(desk: Desk) -> Desk:
    """Some of whom are found by less than what is typed, and none of whom hides who is meant."""
    people = [
        ("John", "Smith", "1 Elm St", "Dallas", "TX"),
        ("John", "Smith", "2 Elm St", "Reno", "NV"),
        ("John", "Smith", "3 Elm St", "Erie", "PA"),
        ("John", "Smith", "4 Elm St", "Miami", "FL"),
        ("John", "Smith", "5 Elm St", "Gary", "IN"),
        ("Angela", "Johnson", "6 Smith St", "Spring", "TX"),
        ("Johnny", "Inabnit-Smith", "7 Elm St", "Spring", "TX"),
        ("John", "Smith-Ward", "8 Elm St", "Reno", "NV"),
        ("Jodi", "Ghio-Smith", "9 Elm St", "Reno", "NV"),
        ("Ann", "Smith", "10 Elm St", "Akron", "OH"),
        ("Maria", "Ingrum", "11 Elm St", "Austin", "TX"),
        ("Maria", "Lopez", "12 Elm St", "Austin", "TX"),
        ("Stella", "Garcia", "13 Elm St", "El Paso", "TX"),
    ]
    add_neighbors(desk, people)
    return desk


@pytest.mark.parametrize(
    ("text", "city"),
    [
        ("john smith tx", "Dallas"),
        ("john smith texas", "Dallas"),
        ("smith, john jr tx", "Dallas"),
        ("j smith tx", "Dallas"),
        ("mr john smith in tx", "Dallas"),
        ("john smith from texas", "Dallas"),
        ("john smith pa", "Erie"),
        ("smith, john pa", "Erie"),
        ("mr john smith jr pa", "Erie"),
        ("john smith fl", "Miami"),
        ("john smith in", "Gary"),
        ("john smith nv", "Reno"),
        ("ann smith in ohio", "Akron"),
        ("smith in ohio", "Akron"),
        ("smith ohio", "Akron"),
        ("lopez from tx", "Austin"),
        ("mrs lopez tx", "Austin"),
    ],
)
def test_who_lives_there_comes_first(smiths: Desk, text: str, city: str) -> None:
    hit = search(smiths, text).hits[0]
    assert hit.city == city
    assert set(hit.matched.split(", ")) == {"name", "state"}


def test_who_has_what_stands_between_hides_nobody(smiths: Desk) -> None:
    results = search(smiths, "maria in tx")
    assert {hit.name for hit in results.hits} == {"Maria Ingrum", "Maria Lopez"}
    assert (results.total, results.near) == (2, False)


def test_a_state_that_is_left_out_of_names_changes_no_count(smiths: Desk) -> None:
    """Not even where those who live there are not among the first that are built."""
    for number in range(20):
        state = "PA" if number > 15 else "NV"
        add_customer(smiths, f"SV9{number:03}", first_name="John", last_name="Smith", state=state)
    everybody = search(smiths, "john smith", 50)
    there = search(smiths, "john smith pa", 10)
    assert there.total == everybody.total
    assert [("state" in hit.matched) for hit in there.hits] == [True] * 5 + [False] * 5


def test_one_word_is_not_met_twice(smiths: Desk) -> None:
    """Garcia is two slips from maria, and was typed itself."""
    assert search(smiths, "maria garcia el paso").near
    assert "like maria" not in search(smiths, "maria garcia el paso").hits[0].matched
    assert search(smiths, "stella garcai garica el paso").near
    assert not search(smiths, "stella stell garcia el paso").near


def test_a_suite_is_passed_over_and_a_city_is_not(smiths: Desk) -> None:
    add_customer(smiths, "SV90", first_name="Ann", last_name="Lake", street="4 Oak St", city="Sault Sainte Marie")
    add_customer(smiths, "SV91", first_name="Ann", last_name="Marie", street="5 Oak St", city="Reno")
    assert [hit.name for hit in search(smiths, "lake sault ste marie")] == ["Ann Lake"]
    for suite in ("ste 200", "ste b", "Ste. #12a", "suite rear"):
        assert [hit.name for hit in search(smiths, f"lake 4 oak st {suite}")] == ["Ann Lake"]


def test_a_state_beside_a_slip_is_met_and_leaves_out_the_other_states(smiths: Desk) -> None:
    add_customer(smiths, "SV90", first_name="John", last_name="Smith", city="Duluth", state="MN")
    results = search(smiths, "jhon smith mn")
    assert [hit.city for hit in results.hits] == ["Duluth"] and not results.near
    results = search(smiths, "lopes maria tx")
    assert [hit.name for hit in results.hits] == ["Maria Lopez"] and not results.near


def test_a_name_that_begins_so_comes_before_the_state_of_two_letters(smiths: Desk) -> None:
    add_customer(smiths, "SV90", first_name="Florence", last_name="Smith", city="Reno", state="NV")
    assert [hit.city for hit in search(smiths, "smith, fl").hits] == ["Reno", "Miami"]
