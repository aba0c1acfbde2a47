"""The demo operator: lived in, fictional, whole or not there, and the same for the same seed."""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.customers.queries import account
from data.demo import make_demo
from data.demo.lifeline import STANDINGS
from data.demo.lists import lists
from data.demo.numbers import Numbers
from data.demo.services import period
from data.desk import Desk, open_desk
from data.doctor import examine
from data.identifiers import is_plain_nanp, luhn_holds, parse_esn, parse_iccid, parse_imei, parse_meid
from data.lifeline.dates import expires_on
from data.lifeline.rules import OPT_OUT_STATES, Vendor
from data.operators.queries import operator
from data.operators.rules import OperatorKind
from data.search import search
from data.store import Store
from tests.conftest import NOW
from tests.stores import everything, rows

CUSTOMERS = 400


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    store = make_demo(tmp_path_factory.mktemp("demo") / "demo.store", customers=CUSTOMERS, now=NOW)
    yield store
    store.close()


@pytest.fixture
def desk(demo: Store) -> Desk:
    return open_desk(demo, clock=lambda: NOW)


def test_it_says_that_it_is_a_demo(desk: Desk) -> None:
    assert operator(desk).demo
    assert operator(desk).kind is OperatorKind.RESELLER


def test_agent07_sits_there_when_nobody_is_named(desk: Desk) -> None:
    assert desk.agent.name == "agent07"


def test_everyone_who_works_there_has_a_role(demo: Store) -> None:
    roles = Counter(role for (role,) in rows(demo, "SELECT role FROM agent"))
    assert set(roles) == {"agent", "lead", "trainer", "administrator"}


@pytest.mark.parametrize("kind", OperatorKind)
def test_the_same_seed_makes_the_same_store(tmp_path: Path, kind: OperatorKind) -> None:
    one, two = (everything(make_demo(tmp_path / name, 60, seed=3, kind=kind, now=NOW)) for name in ("one", "two"))
    assert one.pop("search_state") != two.pop("search_state")  # each index has a mark of its own
    assert one == two


def test_another_seed_makes_other_people(tmp_path: Path) -> None:
    made = [make_demo(tmp_path / str(seed), 60, seed=seed, now=NOW) for seed in (1, 2)]
    people = [rows(store, "SELECT first_name, last_name, street FROM customer") for store in made]
    assert people[0] != people[1]


def test_its_days_are_counted_back_from_now(tmp_path: Path, demo: Store) -> None:
    later = make_demo(tmp_path / "later", CUSTOMERS, now=NOW + timedelta(days=7))
    query = "SELECT last_used_on FROM lifeline_enrolment ORDER BY id"
    days = [[date.fromisoformat(day) for (day,) in rows(store, query)] for store in (demo, later)]
    assert [day + timedelta(days=7) for day in days[0]] == days[1]


def test_every_telephone_number_is_fiction(demo: Store) -> None:
    numbers = [number for (number,) in rows(demo, "SELECT mdn FROM line WHERE mdn IS NOT NULL")]
    numbers += [number for (number,) in rows(demo, "SELECT value FROM contact WHERE medium = 'phone'")]
    assert len(numbers) > CUSTOMERS
    assert all(is_plain_nanp(number) and re.fullmatch(r"\d{3}55501\d\d", number) for number in numbers)


def test_no_two_lines_share_a_number(demo: Store) -> None:
    numbers = rows(demo, "SELECT mdn FROM line WHERE mdn IS NOT NULL")
    assert len(numbers) == len(set(numbers))


def test_fiction_is_given_out_first_and_then_the_rest_of_its_exchange() -> None:
    numbers = Numbers(lists(), random.Random(1))
    place = lists().place("Burlington VT")
    fiction = 100 * len({code for place in lists().places for code in place.area_codes})
    given = [numbers.mdn(place) for _ in range(fiction + 500)]
    assert len(set(given)) == len(given)
    assert all(number.startswith("80255501") for number in given[:100]), "the place's own"
    assert all(number[3:8] == "55501" for number in given[:fiction]), "then elsewhere's"
    assert all(number[:6] == "802555" for number in given[fiction:]), "then the place's own again"


def test_every_mail_and_web_address_is_nobodys(demo: Store) -> None:
    addresses = [value for (value,) in rows(demo, "SELECT value FROM contact WHERE medium <> 'phone'")]
    assert addresses
    assert all(re.search(r"(@example\.(com|net|org)|\.example)$", address) for address in addresses)


def test_every_device_number_is_in_its_canonical_form(demo: Store) -> None:
    parsers = {"esn": parse_esn, "meid": parse_meid, "imei": parse_imei, "iccid": parse_iccid}
    for column, parse in parsers.items():
        numbers = [number for (number,) in rows(demo, f"SELECT {column} FROM device WHERE {column} <> ''")]
        assert numbers, column
        assert len(numbers) == len(set(numbers)), column
        assert [parse(number) for number in numbers] == numbers, column


def test_now_and_then_a_sim_has_a_wrong_check_digit(demo: Store) -> None:
    sims = [number for (number,) in rows(demo, "SELECT iccid FROM device WHERE iccid <> ''")]
    wrong = [number for number in sims if not luhn_holds(number)]
    assert 0 < len(wrong) < len(sims) / 10


def test_it_has_what_care_meets(demo: Store) -> None:
    def those(query: str) -> set[Any]:
        return {value for (value,) in rows(demo, query)}

    assert those("SELECT status FROM account") == {"active", "suspended", "closed"}
    assert those("SELECT kind FROM customer") == {"person", "business"}
    assert those("SELECT status FROM line") >= {"active", "suspended", "disconnected", "pending"}
    assert those("SELECT kind FROM balance") == {"voice", "text", "data"}
    assert max(those("SELECT count(*) FROM line GROUP BY account_id")) >= 12
    assert those("SELECT state FROM customer") >= set(OPT_OUT_STATES)
    names = " ".join(those("SELECT last_name FROM customer"))
    assert re.search(r"[A-Z]\w+-[A-Z]", names), "hyphenated"
    assert not names.isascii(), "accented"


def test_it_has_people_who_are_easily_mixed_up(demo: Store) -> None:
    people = rows(demo, "SELECT first_name, last_name, city FROM customer WHERE kind = 'person'")
    assert {("Jon", "Smith", "Albany"), ("John", "Smith", "Albany"), ("John", "Smyth", "Buffalo")} <= set(people)
    last_names_at = Counter(rows(demo, "SELECT street, last_name FROM customer WHERE last_name <> ''"))
    assert max(last_names_at.values()) > 1, "a household"
    assert max(Counter(person[:2] for person in people).values()) > 1, "namesakes"


def test_everyone_is_found_by_name(desk: Desk) -> None:
    assert search(desk, "maria alvarez", limit=5).hits[0].account in {"SV093001", "SV093002"}


def test_balances_are_of_the_current_period(demo: Store) -> None:
    [(lines, covered)] = rows(
        demo,
        "SELECT count(DISTINCT line.id), count(DISTINCT balance.line_id) FROM line LEFT JOIN balance"
        " ON balance.line_id = line.id AND '2026-11-22' BETWEEN period_start AND period_end WHERE status = 'active'",
    )
    assert lines == covered > CUSTOMERS
    [(wrong,)] = rows(demo, "SELECT count(*) FROM balance WHERE remaining > allowance OR remaining < 0")
    assert wrong == 0


@given(st.dates(date(2020, 1, 1), date(2040, 12, 31)), st.integers(1, 28))
def test_a_period_is_a_month_around_its_day(today: date, billing_day: int) -> None:
    start, end = period(today, billing_day)
    assert start <= today <= end
    assert start.day == billing_day
    assert (end + timedelta(1)).day == billing_day
    assert 28 <= (end - start).days + 1 <= 31


def test_every_standing_of_an_enrolment_is_in_the_cast() -> None:
    cast = {entry.get("standing") for entry in lists().cast}
    assert cast - {None} <= set(STANDINGS)
    assert set(STANDINGS) - cast == {"failed, edited since", "doubted", "duplicate"}


def test_both_vendors_failed_someone(demo: Store) -> None:
    failed = rows(demo, "SELECT DISTINCT vendor FROM lifeline_enrolment WHERE verification = 'failed'")
    assert {vendor for (vendor,) in failed} >= {Vendor.NLAD, Vendor.XEROX}


def test_certifications_run_out_when_the_rules_say(demo: Store) -> None:
    query = "SELECT initiated_on, recertified_on, expires_on FROM lifeline_enrolment"
    for initiated, recertified, expires in rows(demo, query):
        last = date.fromisoformat(recertified) if recertified else None
        assert expires_on(date.fromisoformat(initiated), last) == date.fromisoformat(expires)


MESSAGES = {
    "SV093001": "Customer Verification has failed or needs to be updated with NLAD",
    "SV093009": "Customer Verification has failed or needs to be updated with Xerox",
    "SV093003": "This customer's Lifeline certification will expire on ",
    "SV093005": "This customer's Lifeline certification will expire on ",
}


@pytest.mark.parametrize("number", MESSAGES)
def test_the_cast_shows_the_messages_that_agents_look_for(desk: Desk, number: str) -> None:
    assert any(notice.message.startswith(MESSAGES[number]) for notice in account(desk, number).notices)


def test_every_account_can_be_read(desk: Desk, demo: Store) -> None:
    for (number,) in rows(demo, "SELECT number FROM account"):
        assert account(desk, number).number == number


def test_the_timeline_lives(desk: Desk) -> None:
    texts = [entry.text for entry in account(desk, "SV093001").timeline]
    assert any(text.startswith("Customer edited") for text in texts)
    assert "Opened" in texts


def test_edits_and_versions_agree(demo: Store) -> None:
    query = (
        "SELECT version - 1, (SELECT count(*) FROM audit_event JOIN account ON account.id = account_id"
        " WHERE customer_id = customer.id AND action = 'customer.edit') FROM customer"
    )
    assert all(edits == events for edits, events in rows(demo, query))


def test_the_audit_is_in_the_order_of_its_time(demo: Store) -> None:
    times = [at for (at,) in rows(demo, "SELECT at FROM audit_event ORDER BY id")]
    assert times == sorted(times)
    assert datetime.fromisoformat(times[-1]).replace(tzinfo=UTC) < NOW


def test_a_reseller_says_who_sold_the_account_and_an_mvno_does_not(demo: Store, tmp_path: Path) -> None:
    mvno = make_demo(tmp_path / "mvno", 60, kind=OperatorKind.MVNO, now=NOW)
    query = "SELECT count(*) FROM account WHERE company_name <> ''"
    assert (rows(demo, query), rows(mvno, query)) == ([(CUSTOMERS,)], [(0,)])


def test_the_next_account_has_a_number_of_its_own(demo: Store) -> None:
    [(following,)] = rows(demo, "SELECT next_account FROM operator")
    assert rows(demo, "SELECT max(number) FROM account")[0][0] == f"SV{following - 1:06d}"


def test_the_doctor_finds_it_well(demo: Store) -> None:
    examination = examine(demo.path)
    assert examination.healthy, examination
