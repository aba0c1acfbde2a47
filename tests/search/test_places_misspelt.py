"""Cities, streets and states that nobody spells right: two slips, what sounds like them, and what is no such slip."""

from __future__ import annotations

import pytest

from data.desk import Desk
from data.search import search
from tests.builders import add_customer, add_neighbors


@pytest.fixture
def neighbors(desk: Desk) -> Desk:
    people = [
        ("Dana", "Walker", "18 Mapleton Ave", "Memphis", "TN"),
        ("Tom", "Walker", "4355 Chevy Chase Dr", "Albuquerque", "NM"),
        ("Ana", "Walker", "67 Gildenborough Ct", "Jacksonville", "FL"),
        ("Bea", "Walker", "9 Elm St", "Cincinnati", "OH"),
        ("Jim", "Olson", "233 Curtin Shopping Center", "Alton", "IL"),
        ("Eve", "Zylberberg", "", "Boston", "MA"),
    ]
    add_neighbors(desk, people)
    return desk


@pytest.mark.parametrize(
    ("text", "name", "how"),
    [
        ("walker memfis", "Dana Walker", "city like memfis, name"),
        ("memfis walker", "Dana Walker", "city like memfis, name"),
        ("walker albequerqe", "Tom Walker", "city like albequerqe, name"),
        ("tom walker albequerqe", "Tom Walker", "city like albequerqe, name"),
        ("walker jaxonville", "Ana Walker", "city like jaxonville, name"),
        ("walker cincinatti", "Bea Walker", "city like cincinatti, name"),
        ("zylberberg massachusets", "Eve Zylberberg", "state like massachusets, name"),
        ("eve zylberberg masachusets", "Eve Zylberberg", "state like masachusets, name"),
        ("4355 chivvy chase dr", "Tom Walker", "street like chivvychase, house number"),
        ("67 kildenboro ct", "Ana Walker", "street like kildenboro, house number"),
        ("walker maplten aveneu", "Dana Walker", "name, street like maplten"),
        ("mapeltun ave", "Dana Walker", "street like mapeltun"),
        ("curtin shoping center", "Jim Olson", "street like curtinshopingcenter"),
    ],
)
def test_who_lives_where_it_is_misspelt(neighbors: Desk, text: str, name: str, how: str) -> None:
    (hit, *_) = search(neighbors, text).hits
    assert hit.name == name
    assert set(hit.matched.split(", ")) >= set(how.split(", "))


def test_the_city_that_was_meant_is_marked(neighbors: Desk) -> None:
    (hit, *_) = search(neighbors, "walker albequerqe").hits
    assert {("city", 0, 11), ("name", 4, 10)} == set(hit.marks)


@pytest.mark.parametrize("text", ["olson ulten", "olson altimo", "walker memories", "zylberberg mass"])
def test_a_short_word_or_another_is_no_such_slip(neighbors: Desk, text: str) -> None:
    assert not any("city like" in hit.matched or "state like" in hit.matched for hit in search(neighbors, text).hits)


def test_a_city_spelt_right_comes_before_one_that_is_only_like_it(desk: Desk) -> None:
    for number, city in enumerate(["Pittsburg", "Pittsburgh", "Pittsborough"]):
        add_customer(desk, f"SV{number}", first_name="Ana", last_name="Walker", city=city, state="PA", zip="15201")
    for typed in ("walker pittsburgh", "walker pitsburgh"):
        assert search(desk, typed).hits[0].city == "Pittsburgh"
