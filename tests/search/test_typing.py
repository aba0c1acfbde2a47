"""Letter by letter: who is meant stays on the screen while one more right letter or digit is typed."""

from __future__ import annotations

import pytest

from data.desk import Desk
from data.search import recognise, search
from tests.builders import add_customer


@pytest.fixture
def callers(desk: Desk) -> Desk:
    """Each is meant by a text of the tests; the others are like what it is on the way there."""
    people = [
        ("James", "Ford", "6 Elm St", "Reno", "NV", ""),
        ("Andrew", "Ford", "4 Elm St", "Reno", "NV", ""),
        ("Daniel", "Veltz", "7 Oak St", "Moodus", "CT", ""),
        ("Mona", "Velez", "8 Oak St", "Reno", "NV", ""),
        ("Jeffrey", "Bond", "9 Oak St", "Joplin", "MO", ""),
        ("Jeffrey", "Boyd-Mills", "1 Oak St", "Reno", "MN", ""),
        ("Kerry", "Moya", "6561 Cedar St", "Harrisburg", "SD", "2125559045"),
        ("Charles", "Moy", "3 Oak St", "Reno", "NV", "2125556561"),
        ("Kerry", "Lester", "3 Pine St", "Old Town", "ME", ""),
        ("Zachary", "Healy", "9287 Mathison St", "Old Greenwich", "CT", ""),
        ("Cindy", "Lane", "7374 Oak St", "Reno", "NV", ""),
        ("Cynthia", "Waston", "7 Oak St", "Reno", "NV", "2125557374"),
        ("Bea", "Fitzwater", "7 Oak St", "Ames", "IA", ""),
        ("Ann", "Lee", "7 Fitzwaters St", "Reno", "NV", ""),
        ("Greta", "Healy", "5 Oak St", "Healy", "AK", ""),
    ]
    for number, (first, last, street, city, state, mdn) in enumerate(people):
        place = {"street": street, "city": city, "state": state, "mdns": [mdn] if mdn else []}
        add_customer(desk, f"SV{number:06}", first_name=first, last_name=last, **place)
    return desk


@pytest.mark.parametrize(
    ("text", "name", "begun"),
    [
        ("Ford, Andrew", "Andrew Ford", 6),
        ("Daniel Veltz from Moodus", "Daniel Veltz", 8),
        ("Veltz from Moodus", "Daniel Veltz", 10),
        ("Bond, Jeffrey missouri", "Jeffrey Bond", 6),
        ("Jeffrey Bond in missouri", "Jeffrey Bond", 9),
        ("Moya 6561 cedar", "Kerry Moya", 9),
        ("6561 cedar", "Kerry Moya", 8),
        ("Kerry Moya from Harrisburg 6561", "Kerry Moya", 8),
        ("Kerry Moya on Cedar St", "Kerry Moya", 8),
        ("Healy 9287 mathison", "Zachary Healy", 10),
        ("Zachary Healy from Old Greenwich", "Zachary Healy", 9),
        ("Kerry Moya 2125559045", "Kerry Moya", 8),
        ("Cindy Lane 7374", "Cindy Lane", 7),
        ("Fitzwater from Ames", "Bea Fitzwater", 7),
    ],
)
def test_who_is_meant_comes_first_from_there_on(callers: Desk, text: str, name: str, begun: int) -> None:
    for typed in (text[:length] for length in range(begun, len(text) + 1)):
        assert [hit.name for hit in search(callers, typed).hits][:1] == [name], typed


def test_whose_last_word_nobody_has_is_only_near(callers: Desk) -> None:
    results = search(callers, "Daniel Veltz xq")
    assert ([hit.name for hit in results.hits], results.total, results.near) == (["Daniel Veltz"], 0, True)


def test_of_those_called_so_who_lives_in_the_house_comes_first(desk: Desk) -> None:
    """Before who has a telephone number that begins so, and who has nothing of it."""
    for number, house in enumerate(["4", "54", "542", "5421"]):
        street, mdn = f"{house} Elm St", f"{house}5550101"[:10].ljust(10, "2")
        add_customer(desk, f"SV{number}", first_name="Jo", last_name="Wilson", street=street, mdns=[mdn])
    for house in ("4", "54", "542", "5421"):
        hit = search(desk, f"jo wilson {house}").hits[0]
        assert (hit.account, hit.matched) == (f"SV{['4', '54', '542', '5421'].index(house)}", "name, house number")


def test_a_street_is_no_word_that_is_only_begun(callers: Desk) -> None:
    add_customer(callers, "SV90", first_name="Ann", last_name="Ceder", street="12 Pine St", mdns=["2125556561"])
    results = search(callers, "6561 ceder st")
    assert ([hit.name for hit in results.hits][:1], results.near) == (["Kerry Moya"], False)


def test_a_city_that_is_begun_comes_before_who_has_only_the_name(callers: Desk) -> None:
    for number in range(12):
        add_customer(callers, f"SV9{number}", first_name="Ann", last_name="Moya", city="Reno", state="NV")
    for typed in ("Moya from Har", "Moya from Harris", "Moya Harr"):
        results = search(callers, typed, 5)
        assert ([hit.name for hit in results.hits], results.near) == (["Kerry Moya"], False)


def test_who_bears_a_rare_name_comes_first_while_a_city_is_typed_like_many_others(desk: Desk) -> None:
    larger = ["Chandler", "Chapel Hill", "Charleston", "Charlotte", "Chaska", "Chatham", "Chattanooga"] * 2
    places = [("Ann", "Lee", city) for city in larger] + [("Bess", "Poythress", "Channing"), ("Charles", "Peters", "")]
    for number, (first, last, city) in enumerate(places):
        add_customer(desk, f"SV{number:06}", first_name=first, last_name=last, city=city)
    for typed in ("poythress cha", "poythress chan", "poythress channing"):
        assert search(desk, typed).hits[0].name == "Bess Poythress"


@pytest.mark.parametrize(
    "begun",
    [
        "1962-",
        "1962-0",
        "1962-05",
        "1962-05-",
        "1962-05-0",
        "1962-5-",
        "5/",
        "5/1",
        "05/17",
        "5/17/",
        "5/17/19",
        "5/17/196",
    ],
)
def test_a_birth_date_that_is_being_typed_leaves_all_of_the_name(callers: Desk, begun: str) -> None:
    for name in ("Jeffrey Bond", "Ford, Andrew", "Healy"):
        assert search(callers, f"{name} {begun}").hits == search(callers, name).hits
        assert not search(callers, f"{name} {begun}").near


@pytest.mark.parametrize("day", ["1962-5-1", "1962-05-17", "1962-10-7", "5/17/62", "05/17/1962"])
def test_a_birth_date_that_was_typed_out_is_one(day: str) -> None:
    assert recognise(f"Jeffrey Bond {day}").dates
    assert recognise(f"{day} Jeffrey Bond").dates
