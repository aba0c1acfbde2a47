"""Which misspellings are likelier than others: what is said alike, and what the finger hits beside the right key."""

from __future__ import annotations

import pytest

from data.desk import Desk
from data.search import search
from data.search.scoring import slip_cost
from data.search.spelling import TOUCHING, heard
from tests.builders import add_customer


@pytest.mark.parametrize(
    "alike",
    [
        "smith smyth smythe",
        "kelly kelley kellie kelleigh",
        "clark clarke",
        "gonzalez gonzales",
        "stephens stefens",
        "jeffrey jefrey",
        "catherine katherine katherin",
        "wright right",
        "knight night",
        "neil neal neel",
        "schmidt shmidt",
        "rodger roger",
        "laurence lawrence",
    ],
)
def test_names_that_are_said_alike_are_heard_alike(alike: str) -> None:
    assert len({heard(name) for name in alike.split()}) == 1


@pytest.mark.parametrize("pair", ["bob pop", "lee low", "chan kan", "young jung", "marie maria"])
def test_names_that_are_said_otherwise_are_not(pair: str) -> None:
    first, second = pair.split()
    assert heard(first) != heard(second)


def test_keys_touch_one_another() -> None:
    assert all(pair[::-1] in TOUCHING for pair in TOUCHING)
    assert {pair[0] for pair in TOUCHING} == set("abcdefghijklmnopqrstuvwxyz")


@pytest.mark.parametrize(
    ("typed", "likelier", "other"),
    [
        ("tush", "tuch", "tubh"),  # a key that touches
        ("fosder", "fosser", "fosmer"),
        ("smoth", "smith", "smtth"),
        ("hall", "hell", "htll"),  # a vowel for a vowel
        ("carfter", "carter", "cafter"),  # hit as well
        ("carrl", "carl", "carr"),  # twice
    ],
)
def test_a_slip_that_fingers_make_is_likelier(typed: str, likelier: str, other: str) -> None:
    assert slip_cost(typed, likelier, 1) <= slip_cost(typed, other, 1)


@pytest.mark.parametrize(
    ("text", "sooner", "later"),
    [
        ("larrie bell", "Larry Bell", "Lonnie Bell"),
        ("frances reco", "Frances Raco", "Frankie Records"),  # one slip before a nickname with a beginning
        ("jemes walla", "James Walla", "James Wallace"),
        ("johhn grayson", "John Grayson", "Johann Grayson"),
        ("larrie bell", "Larry Bell", "Lawrence Bell"),  # a name spelt otherwise before another name
    ],
)
def test_the_likelier_name_comes_first(desk: Desk, text: str, sooner: str, later: str) -> None:
    for number, name in enumerate((later, sooner)):
        first, last = name.split()
        add_customer(desk, f"SV{number:06d}", first_name=first, last_name=last)
    assert [hit.name for hit in search(desk, text)][:1] == [sooner]


def test_a_misspelt_name_comes_before_a_misspelt_name_at_a_city(desk: Desk) -> None:
    for number in range(4):  # that several live there says nothing of who is meant
        add_customer(desk, f"R{number}", first_name="John", last_name=f"Lee{'abcd'[number]}", city="Grayson")
    add_customer(desk, "SV000009", first_name="John", middle_name="Lee", last_name="Grayson")
    assert search(desk, "jonh grayson").hits[0].name == "John Lee Grayson"


def test_a_word_with_two_sounds_is_no_likelier_than_one_with_one(desk: Desk) -> None:
    """Double Metaphone gives many names a second key; a word that shares both is met twice and counted once."""
    add_customer(desk, "SV000001", first_name="John", last_name="Babb")
    add_customer(desk, "SV000002", first_name="Nora", last_name="Babb")
    score = {text: search(desk, text).hits[0].score for text in ("joohn babb", "noora babb")}
    assert score["joohn babb"] == score["noora babb"]
