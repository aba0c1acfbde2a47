"""What an agent types, and whom it brings up."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data.customers.rules import AccountStatus
from data.desk import Desk
from data.search import Interrupted, Kind, Mark, Search, recognise, search
from tests.builders import add_customer


@pytest.fixture
def people(desk: Desk) -> Desk:
    """A desk at a store with a few customers who are easily mixed up."""
    add_customer(desk, "SV000001", first_name="Maria", last_name="Alvarez", city="Yonkers", mdns=["2125550143"])
    add_customer(desk, "SV000002", first_name="John", last_name="Smith", city="Houston", mdns=["7135550187"])
    add_customer(desk, "SV000003", first_name="Joan", last_name="Smithson", city="Houston", mdns=["7135550101"])
    add_customer(
        desk,
        "SV000004",
        first_name="José",
        last_name="Núñez-O'Brien",
        zip="77002",
        emails=["jose@example.com"],
        device={"imei": "490154203237518", "meid": "A0000000002329", "iccid": "89014103211118510720"},
        mdns=["9175550110"],
    )
    add_customer(desk, "SV000005", kind="business", company_name="Acme & Sons, Inc.", phones=["6465550199"])
    return desk


def found(desk: Desk, text: str) -> list[str]:
    return [hit.account for hit in search(desk, text)]


@pytest.mark.parametrize(
    ("text", "account"),
    [
        ("alvarez", "SV000001"),
        ("MARIA alv", "SV000001"),
        ("alvarez, maria", "SV000001"),
        ("smith john", "SV000002"),
        ("j smi", "SV000002"),
        ("nunez", "SV000004"),
        ("obrien jose", "SV000004"),
        ("nunez obrien", "SV000004"),
        ("acme", "SV000005"),
        ("sons acme", "SV000005"),
        ("212-555-0143", "SV000001"),
        ("+1 (212) 555-0143", "SV000001"),
        ("5550143", "SV000001"),
        ("0143", "SV000001"),
        ("212555", "SV000001"),
        ("2125550134", "SV000001"),
        ("2125550142", "SV000001"),
        ("646 555 0199", "SV000005"),
        ("sv000003", "SV000003"),
        ("SV-000003", "SV000003"),
        ("sv 000003", "SV000003"),
        ("jose@example.com", "SV000004"),
        ("jose@ex", "SV000004"),
        ("490154203237518", "SV000004"),
        ("49015420323751", "SV000004"),
        ("49-015420-323751-8", "SV000004"),
        ("237518", "SV000004"),
        ("323751", "SV000004"),
        ("20323751", "SV000004"),
        ("0323 7518", "SV000004"),
        ("002329", "SV000004"),
        ("00009001", "SV000004"),
        ("51F1AB", "SV000004"),
        ("05370283", "SV000004"),
        ("A0 00 00 00 00 23 29", "SV000004"),
        ("268435456000009001", "SV000004"),
        ("8051F1AB", "SV000004"),
        ("12805370283", "SV000004"),
        ("8901410321", "SV000004"),
        ("510720", "SV000004"),
    ],
)
def test_the_first_hit_is_who_was_meant(people: Desk, text: str, account: str) -> None:
    assert found(people, text)[:1] == [account]


def test_a_hit_marks_what_matched(people: Desk) -> None:
    hit = search(people, "jose nunez").hits[0]
    assert hit.name == "José Núñez-O'Brien"
    assert [hit.name[mark.start : mark.end] for mark in hit.marks] == ["José", "Núñez"]
    ending = search(people, "0143").hits[0]
    assert (ending.matched, ending.marks) == ("MDN ending 0143", (Mark("mdn", 6, 10),))
    device = search(people, "237518").hits[0]
    assert (device.detail, device.matched) == ("••••237518", "IMEI ending 237518")


def test_only_the_limit_is_built_and_all_are_counted(desk: Desk) -> None:
    for number in range(30):
        add_customer(desk, f"SV{number:06d}", first_name=f"Ann{chr(97 + number % 26)}", last_name="Walker")
    results = search(desk, "walker", limit=7)
    assert (len(results), results.total, results.more) == (7, 30, False)
    assert len(search(desk, "walk ann", limit=7)) == 7


@pytest.mark.parametrize(("middle", "limit"), [("Lee", 66), ("{}a", 50)])
def test_a_page_is_full_where_one_customer_is_the_first_of_several_names(desk: Desk, middle: str, limit: int) -> None:
    for number in range(70):
        first = f"Bo{chr(97 + number % 26)}{chr(97 + number // 26)}"
        add_customer(desk, f"SV{number:06d}", first_name=first, middle_name=middle.format(first), last_name="Walker")
    results = search(desk, "walker", limit=limit)
    assert (len(results), results.total) == (limit, 70)


def test_a_page_is_full_where_a_customers_name_and_company_begin_alike(desk: Desk) -> None:
    for number in range(24):
        its = chr(97 + number)
        names = {"first_name": "Ann", "last_name": f"Lo{its}er", "company_name": f"Lo{its}al Office"}
        add_customer(desk, f"SV{number:06d}", **names)
    results = search(desk, "l", limit=20)
    assert (len(results), results.total) == (20, 24)


def test_who_asks_for_fewer_is_shown_the_first_of_the_same(desk: Desk) -> None:
    names = [(first, last) for last in ("Walker", "Walk", "Walken") for first in ("Ann", "Anna", "Bob", "Robert")]
    statuses = [AccountStatus.CLOSED, AccountStatus.ACTIVE, AccountStatus.ACTIVE]
    for number in range(60):
        first, last = names[number * 7 % len(names)]
        add_customer(desk, f"SV{number:06d}", first_name=first, last_name=last, status=statuses[number * 5 % 3])
    for text in ("walk", "walker", "ann walk", "an w", "bob walker", "wlaker", "ana wlaker", "walker r"):
        assert search(desk, text, limit=10).hits == search(desk, text).hits[:10], text


@pytest.mark.parametrize("limit", [10, 12, 50])
def test_a_page_is_full_where_one_customer_has_many_such_numbers(desk: Desk, limit: int) -> None:
    add_customer(desk, "SV1", company_name="Acme", mdns=[f"2125550{number}" for number in range(100, 130)])
    for number in range(2, 14):
        add_customer(desk, f"SV{number}", last_name="Ng", mdns=[f"21255509{number:02}"])
    results = search(desk, "212555", limit)
    assert len(results.hits) == min(limit, 13)
    assert results.hits == search(desk, "212555").hits[:limit]


def test_nothing_typed_finds_nothing(people: Desk) -> None:
    results = search(people, "  ")
    assert (results.total, results.hits, results.recognised) == (0, (), ())


@pytest.mark.parametrize(
    "text", ["'", '"; DROP TABLE customer; --', "%", "*", "\x00", "[/]", "🙂", "(((", "- -", "@", "#5"]
)
def test_odd_texts_do_no_harm(people: Desk, text: str) -> None:
    before = search(people, "smith").hits
    found = search(people, text)
    assert len(found.hits) <= found.total or found.near
    assert search(people, "smith").hits == before != ()


def test_a_search_called_off_says_so(people: Desk) -> None:
    started = Search(people, "smith")
    started.interrupt()
    with pytest.raises(Interrupted):
        started.run()


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("smith", [Kind.NAME]),
        ("2125550143", [Kind.MDN]),
        ("0143", [Kind.MDN, Kind.ACCOUNT]),
        ("237518", [Kind.IMEI, Kind.MDN]),
        ("SV093298", [Kind.ACCOUNT]),
        ("01013864", [Kind.CASE]),
        ("case 01013864", [Kind.CASE]),
        ("490154203237518", [Kind.IMEI]),
        ("E69FFFFF", [Kind.ESN]),
        ("23010485759", [Kind.ESN]),
        ("A10000004F1A0C", [Kind.MEID]),
        ("99000001123456", [Kind.IMEI, Kind.MEID]),
        ("89014103211118510720", [Kind.ICCID]),
        ("smith 0143", [Kind.NAME, Kind.MDN]),
        ("maria 77002", [Kind.NAME, Kind.ZIP]),
        ("1970-01-02", [Kind.BIRTH_DATE]),
        ("", []),
    ],
)
def test_a_text_is_told_for_what_it_is(text: str, kinds: list[Kind]) -> None:
    assert list(recognise(text).kinds[: len(kinds) or 1]) == kinds


PUNCTUATED = ("{}{}{}", "({}) {}-{}", "{}-{}-{}", "{}.{}.{}", "{} {} {}", "+1 {} {} {}", "1{}{}{}", "mdn: {}-{}{}")


@given(digits=st.from_regex("[0-9]{10}", fullmatch=True), form=st.sampled_from(PUNCTUATED))
def test_a_telephone_number_is_one_however_it_is_punctuated(digits: str, form: str) -> None:
    query = recognise(form.format(digits[:3], digits[3:6], digits[6:]))
    assert (query.number[-10:], query.words, query.numbers, query.dates) == (digits, (), (), ())


INSERT = (
    "INSERT INTO customer (id, kind, first_name, middle_name, last_name, company_name, street, street2, city, county,"
    " state, zip, version, created_at)"
    " VALUES (?, 'person', ?, '', 'Walker', '', '', '', '', '', '', '', 1, '2026-01-01')"
)


def test_a_thousand_are_counted_exactly_and_beyond_there_are_more(desk: Desk) -> None:
    with desk.store.writing() as session:
        connection = session.connection().connection.driver_connection
        with desk.search_engine.loading(connection):
            firsts = [f"An{chr(97 + number % 26)}{chr(97 + number // 26 % 26)}" for number in range(1_002)]
            connection.executemany(INSERT, list(enumerate(firsts, 1)))
    for text in ("walker", "walk", "w", "walker an", "an walker", "an w"):
        results = search(desk, text)
        assert (results.total, results.more, len(results)) == (1_000, True, 50), text
    with desk.store.writing() as session:
        connection = session.connection().connection.driver_connection
        connection.execute("DELETE FROM customer WHERE id > 999")
        desk.search_engine.refresh(connection)
    for text in ("walker", "walk", "walker an"):
        results = search(desk, text)
        assert (results.total, results.more, len(results)) == (999, False, 50), text


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(max_size=40) | st.from_regex(r"[A-Za-z0-9 ,.@#'\-]{0,30}", fullmatch=True))
def test_no_text_does_harm(desk: Desk, text: str) -> None:
    if not search(desk, "walker").hits:
        add_customer(desk, "SV000009", first_name="Ana", last_name="Walker", mdns=["2125550143"])
    results = search(desk, text)
    assert results.total <= 1_000
    for hit in results:
        shown = {"name": hit.name, "mdn": hit.mdn or "", "account": hit.account, "city": hit.city, "detail": hit.detail}
        assert all(0 <= mark.start < mark.end <= len(shown[mark.field]) for mark in hit.marks)


def test_a_middle_name_that_is_nothing_but_marks_ends_no_search(desk: Desk) -> None:
    add_customer(desk, first_name="Maria", middle_name="\u0e49" * 20, last_name="Alvarez")
    assert found(desk, "x alvarez maria") == found(desk, "maria alvarez") == ["SV000001"]
