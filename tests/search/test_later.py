"""Customers written by the thousand: noted at once, found when their turn has come, and never forgotten."""

from __future__ import annotations

from typing import Any

import pytest

from data.desk import Desk
from data.search import search
from data.search.sqlite.index import later
from data.search.sqlite.index.tables import ROW_INDEXES
from tests.builders import add_customer
from tests.search.test_index import change, contents, differ

INSERT = (
    "INSERT INTO customer (id, kind, first_name, middle_name, last_name, company_name, street, street2, city, county,"
    " state, zip, version, created_at)"
    " VALUES (?, 'person', 'Ana', '', ?, '', '7 Oak St', '', 'Yonkers', '', 'NY', '10701', 1, '2026-01-01')"
)
INSERT_CONTACT = "INSERT INTO contact (customer_id, medium, value, position) VALUES (?, 'phone', ?, 0)"


def load(desk: Desk, first: int, last: int) -> None:
    with desk.store.writing() as session:
        connection = session.connection().connection.driver_connection
        with desk.search_engine.postponing(connection, first, last):
            for number in range(first, last + 1):
                connection.execute(INSERT, (number, f"Later{'abcdefghij'[number % 10]}{'klmnopq'[number // 10 % 7]}"))
                connection.execute(INSERT_CONTACT, (number, f"2125{number:06d}"))


def catch_up(desk: Desk) -> int:
    with desk.store.writing() as session:
        return desk.search_engine.catch_up(session.connection().connection.driver_connection)


def rebuilt(desk: Desk) -> dict[str, list[Any]]:
    with desk.store.writing() as session:
        desk.search_engine.rebuild(session.connection().connection.driver_connection)
    return contents(desk.store)


def test_what_was_put_off_is_entered_as_if_it_had_not_been(desk: Desk) -> None:
    add_customer(desk, first_name="Bob", last_name="Quill")
    load(desk, 10, 59)
    assert search(desk, "laterbl").total == 0
    assert differ(desk) == 50
    assert catch_up(desk) == 0
    assert search(desk, "laterbl").hits[0].name == "Ana Laterbl"
    assert differ(desk) == 0
    entered = contents(desk.store)
    assert rebuilt(desk) == entered


def test_who_is_changed_before_their_turn_is_entered_once(desk: Desk) -> None:
    load(desk, 1, 30)
    change(
        desk,
        ("UPDATE customer SET last_name = 'Sooner' WHERE id = 29", ()),
        ("DELETE FROM customer WHERE id = 30", ()),
    )
    assert search(desk, "sooner").total == 1
    catch_up(desk)
    assert differ(desk) == 0
    entered = contents(desk.store)
    assert rebuilt(desk) == entered


def test_any_change_enters_a_few_who_were_put_off(desk: Desk) -> None:
    load(desk, 1, 40)
    change(desk)
    assert differ(desk) == 40 - later.IN_PASSING
    change(desk)
    assert differ(desk) == 0


def test_many_to_a_few_are_made_anew_and_few_to_many_go_in_portions(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(later, "PORTION", 10)
    load(desk, 1, 60)
    told: list[tuple[int, int]] = []
    with desk.store.writing() as session:
        connection = session.connection().connection.driver_connection
        left = desk.search_engine.catch_up(connection, lambda done, count: told.append((done, count)))
    assert (left, told) == (0, [(60, 60)])
    load(desk, 61, 75)
    assert [catch_up(desk), catch_up(desk)] == [5, 0]
    assert differ(desk) == 0


@pytest.mark.parametrize("at_once", [10, 100])
def test_the_indexes_over_the_rows_wait_for_many_and_come_back(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, at_once: int
) -> None:
    def standing() -> set[str]:
        with desk.store.raw() as connection:
            return {row[0] for row in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'index'")}

    before = standing()
    monkeypatch.setattr(later, "PORTION", 10)
    load(desk, 1, 10)
    assert standing() == before
    load(desk, 11, 70)
    assert before - standing() == set(ROW_INDEXES)
    monkeypatch.setattr(later, "PORTION", at_once)  # with 100, they are entered as they are
    assert catch_up(desk) == 0
    assert standing() == before
    assert differ(desk) == 0
