"""The index says what the rows say: after any edit, made anew or bit by bit, and never half."""

from __future__ import annotations

import random
from contextlib import closing
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data.desk import Desk
from data.identifiers import esn_decimal, pseudo_esn
from data.search import search
from data.search.sqlite.index.tables import BUILT
from data.search.sqlite.index.vocabulary import count_words, forget_words, slip_rows
from data.store import Store, open_store
from tests.builders import add_customer

NAMES = ("Smith", "Smyth", "García López", "O'Brien", "Ng", "de la Cruz", "Müller", "Ñuñez-Ortiz", "Jones", "")
FIRSTS = ("Ana", "Bob", "José", "Mary Ann", "Wei", "", "J.R.")
COMPANIES = ("", "", "", "Acme & Sons, Inc.", "The First National Bank of Yonkers LLC", "7-Eleven")
HANDSET = {"meid": "A10000009296F4"}
CITIES = ("Yonkers", "New York", "", "Coeur d'Alene")


def contents(store: Store) -> dict[str, list[Any]]:
    """All rows of the index, with words in place of their ids."""
    with store.raw() as connection:
        words = dict(connection.execute("SELECT id, word FROM search_word"))
        rows = {name: connection.execute(f"SELECT * FROM {name}").fetchall() for name in BUILT}
    rows["search_pair"] = [(words[a], b, who) for a, b, who in rows["search_pair"]]
    rows["search_word"] = [(word, count, grade) for word, _, count, grade in rows["search_word"]]
    rows["search_slip"] = [(key, sorted(led.split())) for key, led in rows["search_slip"]]
    return {name: sorted(found, key=repr) for name, found in rows.items()}


def differ(desk: Desk) -> int:
    with desk.store.raw() as connection:
        return desk.search_engine.differences(connection)


def change(desk: Desk, *statements: tuple[str, tuple[Any, ...]]) -> None:
    """Runs `statements` and brings the index up to date, in one transaction."""
    with desk.store.writing() as session:
        connection = session.connection().connection.driver_connection
        for statement, values in statements:
            connection.execute(statement, values)
        desk.search_engine.refresh(connection)


def random_change(rng: random.Random) -> tuple[str, tuple[Any, ...]]:
    customer = rng.randint(1, 8)
    return rng.choice(
        [
            ("UPDATE customer SET last_name = ?, version = version + 1 WHERE id = ?", (rng.choice(NAMES), customer)),
            ("UPDATE customer SET first_name = ? WHERE id = ?", (rng.choice(FIRSTS), customer)),
            ("UPDATE customer SET company_name = ? WHERE id = ?", (rng.choice(COMPANIES), customer)),
            ("UPDATE customer SET city = ?, zip = '10701' WHERE id = ?", (rng.choice(CITIES), customer)),
            ("UPDATE customer SET street = ? WHERE id = ?", (f"{rng.randint(1, 9)} Oak St", customer)),
            ("UPDATE account SET status = ? WHERE customer_id = ?", (rng.choice(["active", "closed"]), customer)),
            ("UPDATE line SET mdn = ? WHERE id = ?", (f"21255501{rng.randint(10, 99)}", rng.randint(1, 8))),
            ("UPDATE line SET account_id = 1 WHERE id = ? AND EXISTS (SELECT 1 FROM account WHERE id = 1)",
             (rng.randint(1, 8),)),
            ("DELETE FROM line WHERE id = ?", (rng.randint(1, 8),)),
            ("DELETE FROM customer WHERE id = ?", (customer,)),
            ("DELETE FROM account WHERE customer_id = ? AND id > 1", (customer,)),
            ("UPDATE account SET customer_id = 1 WHERE customer_id = ?"
             " AND EXISTS (SELECT 1 FROM customer WHERE id = 1)", (customer,)),
            ("UPDATE device SET meid = ? WHERE line_id = ?", (f"A0{rng.randrange(16**12):012X}", rng.randint(1, 8))),
            ("INSERT INTO contact (customer_id, medium, value, position) SELECT id, 'phone', ?, 0 FROM customer"
             " WHERE id = ?", ("+44 20 7946 0958", customer)),
            ("UPDATE contact SET value = '(646) 555-0199' WHERE customer_id = ?", (customer,)),
        ]
    )  # fmt: skip


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 10**6))
def test_bit_by_bit_comes_to_the_same_as_anew(desk: Desk, seed: int) -> None:
    rng = random.Random(seed)
    change(desk, ("DELETE FROM customer", ()))
    change(desk, ("DELETE FROM sqlite_sequence WHERE name IN ('customer', 'account', 'line', 'device')", ()))
    for number in range(8):
        add_customer(
            desk,
            f"SV{number:06d}",
            first_name=rng.choice(FIRSTS),
            last_name=rng.choice(NAMES),
            company_name=rng.choice(COMPANIES),
            city=rng.choice(CITIES),
            mdns=[f"21255501{rng.randint(10, 99)}"],
            device={"meid": f"A0{rng.randrange(16**12):012X}"},
        )
    for _ in range(6):
        change(desk, *(random_change(rng) for _ in range(rng.randint(1, 4))))
    assert differ(desk) == 0
    bit_by_bit = contents(desk.store)
    with desk.store.writing() as session:
        desk.search_engine.rebuild(session.connection().connection.driver_connection)
    assert contents(desk.store) == bit_by_bit


def test_an_edit_is_findable_at_once_and_the_old_name_is_not(desk: Desk) -> None:
    add_customer(desk, first_name="Ana", last_name="Zylberberg")
    change(desk, ("UPDATE customer SET last_name = 'Quintanilla'", ()))
    assert [hit.name for hit in search(desk, "quintanilla")] == ["Ana Quintanilla"]
    assert search(desk, "zylberberg").total == 0


def test_what_is_undone_leaves_no_trace(desk: Desk) -> None:
    add_customer(desk, first_name="Ana", last_name="Zylberberg")
    before = contents(desk.store)
    with pytest.raises(ZeroDivisionError), desk.store.writing() as session:
        connection = session.connection().connection.driver_connection
        connection.execute("UPDATE customer SET last_name = 'Quintanilla'")
        desk.search_engine.refresh(connection)
        raise ZeroDivisionError
    assert contents(desk.store) == before


def test_loading_builds_the_same_index(desk: Desk) -> None:
    with desk.store.writing() as session:
        connection = session.connection().connection.driver_connection
        with desk.search_engine.loading(connection):
            for number in range(50):
                connection.execute(
                    "INSERT INTO customer (id, kind, first_name, middle_name, last_name, company_name, street, street2,"
                    " city, county, state, zip, version, created_at) VALUES (?, 'person', 'Ana', '', ?, '', '', '', '',"
                    " '', '', '', 1, '2026-01-01')",
                    (number + 1, f"Loaded{'abcdefghij'[number % 10]}{'klmno'[number // 10]}"),
                )
    assert differ(desk) == 0
    assert search(desk, "loadedck").hits[0].name == "Ana Loadedck"
    change(desk, ("UPDATE customer SET last_name = 'Noted' WHERE id = 3", ()))
    assert search(desk, "noted").hits[0].name == "Ana Noted"


def test_a_difference_is_seen_and_a_rebuild_mends_it(desk: Desk) -> None:
    add_customer(desk, first_name="Ana", last_name="Zylberberg")
    change(desk, ("DELETE FROM search_pair WHERE b = 'ana'", ()))
    assert differ(desk) == 1
    change(desk, ("DELETE FROM search_customer", ()), ("DELETE FROM search_pair", ()))
    assert differ(desk) == 1
    told: list[tuple[int, int]] = []
    with desk.store.writing() as session:
        desk.search_engine.rebuild(
            session.connection().connection.driver_connection, lambda done, count: told.append((done, count))
        )
    assert told == [(1, 1)]
    assert differ(desk) == 0
    assert search(desk, "zylberberg").total == 1


@pytest.mark.parametrize(
    "spoilt",
    [
        "DELETE FROM search_phone",
        "INSERT INTO search_phone SELECT back + 1, who FROM search_phone",
        "DELETE FROM search_number WHERE key < 'e'",
        "DELETE FROM search_pair WHERE b = 'ana'",
    ],
)
def test_a_number_or_a_word_that_leads_nowhere_or_astray_is_seen(desk: Desk, spoilt: str) -> None:
    add_customer(desk, "SV1", first_name="Ana", last_name="Zylberberg", mdns=["2125550101"], device=HANDSET)
    add_customer(desk, "SV2", last_name="Ng")
    assert differ(desk) == 0
    change(desk, (spoilt, ()))
    assert differ(desk) == 1


def test_a_store_of_version_13_is_given_decimal_ends_and_nicknames(desk: Desk) -> None:
    add_customer(desk, first_name="William", last_name="Zylberberg", mdns=["2125550101"], device=HANDSET)
    typed = esn_decimal(pseudo_esn(HANDSET["meid"]))[-6:]
    change(
        desk,
        ("DELETE FROM search_number WHERE key LIKE 'd%'", ()),
        ("INSERT INTO search_number SELECT '<p6F08A508', who FROM search_number", ()),  # as it was read from its end
        ("DELETE FROM search_nickname WHERE name = 'wm'", ()),
        ("UPDATE search_state SET value = '2' WHERE name = 'version'", ()),
        ("UPDATE alembic_version SET version_num = '0013'", ()),
    )
    path = desk.store.path
    desk.store.close()
    with closing(open_store(path)) as store:
        opened = Desk(store, desk.agent, desk.now)
        assert [hit.matched for hit in search(opened, typed)] == [f"pESN decimal ending {typed}"]
        assert [hit.matched for hit in search(opened, "wm zylberberg")] == ["nickname, name"]
        assert differ(opened) == 0


def test_a_store_of_version_14_is_given_what_places_sound_like_and_ends_of_imeis(desk: Desk) -> None:
    handset = {"imei": "490154203237518"}
    add_customer(desk, last_name="Walker", city="Memphis", street="9 Elm St", mdns=["2125550101"], device=handset)
    with desk.store.raw() as connection:
        keys = sorted(connection.execute("SELECT * FROM search_slip"))
    change(
        desk,
        ("DELETE FROM search_slip WHERE substr(key, 1, 2) IN ('=@', '=~', '^@', '^~')", ()),
        ("DROP INDEX search_imei_ends", ()),
        ("CREATE INDEX search_imei_end ON device (CAST(substr(imei, -6) AS INTEGER)) WHERE imei <> ''", ()),
        ("UPDATE search_state SET value = '3' WHERE name = 'version'", ()),
        ("UPDATE alembic_version SET version_num = '0014'", ()),
    )
    path = desk.store.path
    desk.store.close()
    with closing(open_store(path)) as store:
        opened = Desk(store, desk.agent, desk.now)
        assert [hit.city for hit in search(opened, "walker memfis")] == ["Memphis"]
        assert [hit.matched for hit in search(opened, "323751")] == ["IMEI ending 323751"]
        assert differ(opened) == 0
        with store.raw() as connection:
            assert sorted(connection.execute("SELECT * FROM search_slip")) == keys
            indexes = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'index'")}
        assert "search_imei_ends" in indexes and "search_imei_end" not in indexes


WORDS = st.builds(str.__add__, st.sampled_from(["", "@", "~"]), st.text("abcdefghij", min_size=1, max_size=9))


@given(st.sets(WORDS, min_size=2, max_size=8), st.data())
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_words_that_come_and_go_leave_what_the_others_need(store: Store, words: set[str], data: st.DataObject) -> None:
    gone = data.draw(st.sets(st.sampled_from(sorted(words))))
    with store.writing() as session:
        connection = session.connection().connection.driver_connection
        connection.execute("DELETE FROM search_word")
        connection.execute("DELETE FROM search_slip")
        count_words(connection, dict.fromkeys(words, 1))
        count_words(connection, dict.fromkeys(gone, -1))
        forget_words(connection, gone)
        entered = {(key, *sorted(led.split())) for key, led in connection.execute("SELECT * FROM search_slip")}
    assert entered == {(key, *sorted(led.split())) for key, led in slip_rows(words - gone)}
