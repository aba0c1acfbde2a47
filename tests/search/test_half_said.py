"""What a caller says in part, or with words around it: an area code, a house number, an e-mail as far as its @."""

from __future__ import annotations

import pytest

from data.desk import Desk
from data.search import recognise, search
from tests.builders import add_customer


@pytest.fixture
def allens(desk: Desk) -> Desk:
    """Sixteen who are called Allen, and one who lives on Allen Street."""
    people = [
        ("Vera", "2125550101", "9 Elm St", "Yonkers", "vera.allen61@example.com"),
        ("Tom", "9445550102", "3040 Oak Ave", "Houston", "thomas_a@example.com"),
    ]
    people += [(f"{letter}na", f"212555020{at % 10}", "", "", "") for at, letter in enumerate("BCDFGHJKLMNPRT")]
    for number, (first, mdn, street, city, email) in enumerate(people):
        rest = {"street": street, "city": city, "state": "NY", "zip": "10701", "emails": [email] if email else []}
        add_customer(desk, f"SV{number:06d}", first_name=first, last_name="Allen", mdns=[mdn], **rest)
    add_customer(desk, "SV000099", first_name="Will", last_name="Grell", street="944 Allen St", mdns=["3125550144"])
    return desk


@pytest.mark.parametrize(
    ("text", "name", "how"),
    [
        ("allen 944", "Tom Allen", "name, MDN beginning 944"),
        ("allen (944)", "Tom Allen", "name, MDN beginning 944"),
        ("tom allen 944", "Tom Allen", "name, MDN beginning 944"),
        ("allen 94455", "Tom Allen", "name, MDN beginning 94455"),
        ("allen 944555", "Tom Allen", "MDN beginning 944555, name"),
        ("944 allen", "Will Grell", "street, house number"),
        ("944 allen st", "Will Grell", "street, house number"),
        ("allen 3040", "Tom Allen", "name, house number"),
        ("vera.allen61", "Vera Allen", "e-mail"),
        ("vera.allen6", "Vera Allen", "e-mail"),
        ("thomas_a", "Tom Allen", "e-mail"),
        ("vera from yonkers", "Vera Allen", "name, city"),
        ("tom allen in houston", "Tom Allen", "name, city"),
        ("vera from 10701", "Vera Allen", "name, ZIP"),
        ("allen from 944", "Tom Allen", "name, MDN beginning 944"),
    ],
)
def test_who_is_meant_by_what_is_half_said(allens: Desk, text: str, name: str, how: str) -> None:
    hit = search(allens, text).hits[0]
    assert (hit.name, hit.matched) == (name, how)


@pytest.mark.parametrize(
    "typed", ["vera vera.al", "allen vera.allen6", "vera  Vera.Allen61", "vera allen vera.allen61@ex"]
)
def test_a_name_and_the_beginning_of_an_email_are_both_met(allens: Desk, typed: str) -> None:
    add_customer(allens, "SV000095", first_name="Vera", last_name="Vera")
    (hit,) = search(allens, typed).hits
    assert (hit.name, set(hit.matched.split(", "))) == ("Vera Allen", {"name", "e-mail"})


def test_what_is_found_by_an_email_is_not_found_without_its_signs(allens: Desk) -> None:
    assert [hit.matched for hit in search(allens, "thomas_a")] == ["e-mail"]
    assert "e-mail" not in [hit.matched for hit in search(allens, "thomas a")]
    assert [hit.matched for hit in search(allens, "vera vera.al")] == ["e-mail, name"]
    assert "e-mail, name" not in [hit.matched for hit in search(allens, "vera vera al")]


@pytest.mark.parametrize("typed", ["allen 94455", "tom allen 94455", "tom allen 9445550"])
def test_who_has_the_name_and_the_beginning_of_the_number_meets_all_of_the_text(allens: Desk, typed: str) -> None:
    found = search(allens, typed)
    assert (found.hits[0].name, found.near) == ("Tom Allen", False)
    assert found.total == len(found)


def test_who_has_only_the_name_beside_a_code_does_not_count_as_found(allens: Desk) -> None:
    found = search(allens, "vera vera.lee645")
    assert (found.total, found.near) == (0, True)


@pytest.mark.parametrize("typed", ["vera allen 9", "vera allen 94", "vera allen 944"])
def test_a_name_stays_while_a_number_is_typed_behind_it(allens: Desk, typed: str) -> None:
    """Though somebody on Allen Street has just that house number, and nobody called so such a telephone."""
    add_customer(allens, "SV000098", first_name="Verna", last_name="Lee", street=f"{typed.split()[-1]} Allen St")
    assert search(allens, typed).hits[0].name == "Vera Allen"


def test_who_is_called_like_what_stands_between_a_name_and_a_place_is_found(allens: Desk) -> None:
    add_customer(allens, "SV000097", first_name="Kim", middle_name="In", last_name="Soo")
    add_customer(allens, "SV000096", first_name="Kim", last_name="Soo")
    assert [hit.name for hit in search(allens, "kim in soo")] == ["Kim In Soo"]


@pytest.mark.parametrize(
    ("city", "text"),
    [
        ("Saint Paul", "walker st paul"),
        ("St. Paul", "walker saint paul"),
        ("Saint Paul", "dana walker st. paul"),
        ("North Hollywood", "walker n hollywood"),
        ("N Hollywood", "dana walker north hollywood"),
        ("Fort Worth", "walker ft worth"),
        ("Ft. Worth", "walker fort worth"),
        ("Mount Juliet", "walker mt juliet"),
        ("Colorado Springs", "walker colorado spgs"),
        ("Fort Worth", "walker ft wor"),
        ("Reno", "walker 12 fifth ave"),
        ("Reno", "walker 12 5th ave"),
    ],
)
def test_a_place_is_found_abbreviated_or_not(desk: Desk, city: str, text: str) -> None:
    """First, though somebody else has part of it: the N is no initial, Juliet no name."""
    add_customer(desk, "SV1", first_name="Dana", last_name="Walker", street="12 5th Ave", city=city, state="MN")
    add_customer(desk, "SV2", first_name="Ann", last_name="Walker", street="1 Paul St", city="Hollywood", state="CA")
    add_customer(desk, "SV3", first_name="Walker", last_name="Juliet", street="1 Elm St", city="Springs", state="CA")
    assert search(desk, text).hits[0].name == "Dana Walker"


def test_an_initial_is_no_point_of_the_compass(desk: Desk) -> None:
    add_customer(desk, "SV1", first_name="North", last_name="Walker", city="Reno")
    add_customer(desk, "SV2", first_name="Nina", last_name="Walker", city="Reno")
    assert search(desk, "walker n").hits[0].name == "Nina Walker"
    assert search(desk, "n walker").hits[0].name == "Nina Walker"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("jean ste marie", ("jean", "ste", "marie")),
        ("ernie ste nseth", ("ernie", "ste", "nseth")),
        ("742 evergreen ter ste 4", ("evergreen", "ter")),
        ("742 evergreen ter apt b", ("evergreen", "ter")),
        ("742 evergreen ter, unit b12", ("evergreen", "ter")),
    ],
)
def test_the_suite_of_a_house_is_no_part_of_a_name(text: str, words: tuple[str, ...]) -> None:
    assert recognise(text).words == words


def test_a_slip_in_a_name_comes_before_a_slip_beside_a_city(desk: Desk) -> None:
    add_customer(desk, "SV1", first_name="Anthony", last_name="Stevens", city="Charles City")
    add_customer(desk, "SV2", kind="business", company_name="Stevens, Charles T")
    assert search(desk, "stevsns charles t").hits[0].name == "Stevens, Charles T"


def test_how_many_have_such_an_email_is_exact(allens: Desk) -> None:
    assert search(allens, "vera.allen61").total == 1


def test_how_many_of_a_name_live_somewhere_is_exact(desk: Desk) -> None:
    """Beyond those that are compared with the text one by one."""
    there = {"city": "Reno", "state": "OH", "zip": "89501"}
    for number in range(90):
        add_customer(desk, f"SV{number}", first_name="Ann", last_name="Lee", street=f"{number} Elm St", **there)
    for text in ("lee elm st", "lee ohio", "lee reno"):
        results = search(desk, text)
        assert (results.total, results.more, len(results)) == (90, False, 50)


def test_what_an_owner_added_to_an_email_need_not_be_said(desk: Desk) -> None:
    add_customer(desk, "SV1", first_name="Dana", last_name="Walker", emails=["dwk+phone@example.com"])
    add_customer(desk, "SV2", first_name="Ann", last_name="Lee", emails=["dwkx@example.org"])
    for typed in ("dwk@example.com", "DWK+phones@example.com"):
        results = search(desk, typed)
        assert [(hit.name, hit.matched) for hit in results.hits] == [("Dana Walker", "e-mail, nearly")]
        assert not results.near
