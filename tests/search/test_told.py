"""What a number or a place is told as, and that asking for fewer hits shows the first of the same."""

from __future__ import annotations

import pytest

from data.desk import Desk
from data.search import Kind, recognise, search
from tests.builders import add_customer


@pytest.fixture
def street(desk: Desk) -> Desk:
    """A desk at a store with two customers in two cities."""
    add_customer(desk, "SV000001", first_name="Maria", last_name="Alvarez", city="Yonkers", mdns=["2125550143"])
    add_customer(desk, "SV000002", first_name="José", last_name="Núñez", city="Houston", zip="77002")
    return desk


@pytest.mark.parametrize(("text", "account", "how"), [("77002", "SV000002", "ZIP"), ("yonkers", "SV000001", "city")])
def test_a_place_is_told_as_a_place(street: Desk, text: str, account: str, how: str) -> None:
    hit = search(street, text).hits[0]
    assert (hit.account, hit.matched) == (account, how)


def test_five_digits_are_a_zip_first() -> None:
    assert recognise("10701").kinds[0] == Kind.ZIP


@pytest.mark.parametrize("typed", ["2125550144", "2125505143", "5550144", "21255501444", "212555014"])
def test_a_number_that_nobody_has_offers_those_one_digit_off(street: Desk, typed: str) -> None:
    assert "SV000001" in [hit.account for hit in search(street, typed)]


@pytest.mark.parametrize("text", ["walker", "ann walker", "wal", "anne wlaker", "SV0000"])
def test_fewer_wanted_are_the_first_of_the_same(many_walkers: Desk, text: str) -> None:
    every = [hit.customer_id for hit in search(many_walkers, text, limit=60)]
    for limit in (1, 10, 50):
        assert [hit.customer_id for hit in search(many_walkers, text, limit)] == every[:limit]


def test_whom_i_opened_comes_sooner_however_many_are_called_so(many_walkers: Desk) -> None:
    desk = many_walkers
    last = [hit for hit in search(desk, "walker", limit=300) if hit.status == "active"][-1]
    assert last.account not in [hit.account for hit in search(desk, "walker")]
    open_lately(desk, last.account)
    assert search(desk, "walker").hits[0].account == last.account


@pytest.mark.parametrize("typed", ["0143", "50143", "646"])
def test_whom_i_opened_comes_sooner_however_many_have_such_a_number(desk: Desk, typed: str) -> None:
    for number in range(20):
        add_customer(desk, f"SV{number}", last_name="Ng", mdns=[f"646{number:02}50143"])
    assert "SV19" not in [hit.account for hit in search(desk, typed, limit=10)]
    open_lately(desk, "SV19")
    assert search(desk, typed, limit=10).hits[0].account == "SV19"


def open_lately(desk: Desk, account: str) -> None:
    with desk.store.writing() as session:
        session.connection().exec_driver_sql(
            "INSERT INTO recently_opened SELECT ?, id, '2026-01-01' FROM account WHERE number = ?",
            (desk.agent.id, account),
        )


@pytest.fixture
def many_walkers(desk: Desk) -> Desk:
    """A desk at a store with many customers called Walker, some closed, some with a middle name."""
    with desk.store.writing() as session:
        connection = session.connection().connection.driver_connection
        with desk.search_engine.loading(connection):
            for id in range(1, 121):
                names = (id, f"Ann{'abcdefghij'[id % 10]}", "Lee" if id % 5 == 0 else "")
                connection.execute(INSERT, names)
                status = "closed" if id % 7 == 0 else "active"
                connection.execute(INSERT_ACCOUNT, (id, id, f"SV{id:06d}", status))
    return desk


INSERT = (
    "INSERT INTO customer (id, kind, first_name, middle_name, last_name, company_name, street, street2, city, county,"
    " state, zip, version, created_at)"
    " VALUES (?, 'person', ?, ?, 'Walker', '', '', '', '', '', '', '', 1, '2026-01-01')"
)
INSERT_ACCOUNT = (
    "INSERT INTO account (id, customer_id, number, status, company_name, agent_name, opened_on)"
    " VALUES (?, ?, ?, ?, '', '', '2024-01-01')"
)


def test_who_is_called_as_the_place_they_live_in_is_counted_once(desk: Desk) -> None:
    for number, (last, street, city) in enumerate(
        [("Allen", "1 Allen St", "Allen"), ("Lee", "2 Allen St", "Allen"), ("Smith", "3 Elm St", "Allen")]
    ):
        add_customer(desk, f"SV{number}", first_name="Ana", last_name=last, street=street, city=city, state="TX")
    for typed in ("allen", "all"):
        results = search(desk, typed)
        assert (results.total, len(results)) == (3, 3)
