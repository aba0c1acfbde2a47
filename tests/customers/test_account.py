"""Opening an account: all of it, by any spelling of its number, with its story; and what was opened last."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import event
from sqlmodel import select

from data.agents.queries import recently_opened
from data.cases.actions import change_status, open_case
from data.cases.rules import Status
from data.customers import actions
from data.customers.account_file import account_file
from data.customers.actions import edit_customer, open_account
from data.customers.queries import account
from data.customers.rules import AccountStatus, CustomerEdit
from data.customers.timeline import sentence
from data.desk import Desk, open_desk
from data.errors import NotFound
from data.lines.rules import LineStatus
from data.lines.tables import Line
from data.operators.actions import set_rule
from data.operators.rules import RECERTIFICATION_DISPLAY_RULE, OperatorKind
from data.store import Store
from tests.builders import add_customer, add_service, put_on_line
from tests.conftest import NOW


def test_an_account_comes_whole(desk: Desk) -> None:
    add_customer(
        desk,
        "SV000042",
        first_name="Maria",
        last_name="Alvarez",
        city="Yonkers",
        mdns=("2125550187", "2125550143"),
        device={"meid": "A0000000002329", "make": "Samsung", "model": "Galaxy A15"},
        phones=("2125550143", "9145550107"),
        emails=("maria@example.com",),
        status=AccountStatus.SUSPENDED,
    )
    put_on_line(desk, "SV000042")
    view = account(desk, "SV000042")
    assert (view.number, view.status, view.opened_on) == ("SV000042", "suspended", date(2024, 1, 2))
    assert view.operator_kind is OperatorKind.RESELLER
    assert (view.customer.name, view.customer.address.city) == ("Maria Alvarez", "Yonkers")
    assert [contact.value for contact in view.customer.contacts if contact.medium == "phone"] == [
        "2125550143",
        "9145550107",
    ]
    assert [line.mdn for line in view.lines] == ["2125550187", "2125550143"]
    assert view.enrolment is None
    assert view.notices == ()


def test_its_cases_come_along_in_one_snapshot(desk: Desk, maria: str) -> None:
    closed, under_way = open_case(desk, "old", account=maria).number, open_case(desk, "new", account=maria).number
    change_status(desk, closed, Status.CLOSED, resolution="Done.")
    open_case(desk, "nobody's")
    file = account_file(desk, maria.lower())
    assert (file.account, [row.number for row in file.cases]) == (account(desk, maria), [under_way, closed])
    with pytest.raises(NotFound):
        account_file(desk, "SV999999")


def test_important_information_comes_with_it(desk: Desk, admin: Desk, maria: str) -> None:
    view = account(desk, maria)
    assert view.enrolment is not None and view.enrolment.mdn == "2125550143"
    assert [notice.message for notice in view.notices] == [
        "This customer's Lifeline certification will expire on 12-03-2026."
    ]
    set_rule(admin, RECERTIFICATION_DISPLAY_RULE, "10")
    assert account(desk, maria).notices == ()
    set_rule(admin, RECERTIFICATION_DISPLAY_RULE, "11")
    assert len(account(desk, maria).notices) == 1
    edit_customer(desk, maria, 1, CustomerEdit(zip="10702"))
    assert "Customer Verification has failed or needs to be updated with NLAD" in [
        notice.message for notice in account(desk, maria).notices
    ]


def test_an_account_of_many_lines_takes_no_more_statements(desk: Desk, maria: str) -> None:
    def statements(number: str) -> int:
        sent: list[str] = []
        note = lambda _connection, _cursor, statement, *_: sent.append(statement)  # noqa: E731
        event.listen(desk.store.engine, "before_cursor_execute", note)
        account(desk, number)
        event.remove(desk.store.engine, "before_cursor_execute", note)
        return len(sent)

    add_customer(desk, "SV000099", mdns=tuple(f"212555{number:04}" for number in range(100, 140)), phones=("a", "b"))
    for mdn in ("2125550100", "2125550139"):
        add_service(desk, mdn, features=(f"Feature of {mdn}",), voice=(1, 1), text=(1, 1), data=(1, 1))
    assert len(account(desk, "SV000099").lines) == 40
    assert statements("SV000099") <= statements(maria) <= 12


def test_one_account_shows_nothing_of_another(desk: Desk) -> None:
    add_customer(desk, "SV000001", first_name="Ann", mdns=("2125550101",), phones=("2125550101",))
    add_customer(desk, "SV000002", first_name="Bob", mdns=("2125550102",), phones=("2125550102",))
    open_account(desk, "SV000002")
    put_on_line(desk, "SV000001")
    first = account(desk, "SV000001")
    assert [line.mdn for line in first.lines] == ["2125550101"]
    assert [contact.value for contact in first.customer.contacts] == ["2125550101"]
    assert [entry.text for entry in first.timeline] == ["Account opened with us"]


@pytest.mark.parametrize("typed", ["SV000042", "sv000042", "  Sv000042 "])
def test_a_number_may_be_typed_small(desk: Desk, typed: str) -> None:
    add_customer(desk, "SV000042", first_name="Maria")
    assert account(desk, typed).number == "SV000042"
    open_account(desk, typed)
    assert recently_opened(desk)[0].account == "SV000042"


def test_the_number_as_typed_comes_before_the_one_in_capitals(desk: Desk) -> None:
    add_customer(desk, "AB1", first_name="Big")
    add_customer(desk, "ab1", first_name="Small")
    assert account(desk, "ab1").customer.name == "Small"


def test_an_account_that_is_not_there_is_told_so(desk: Desk) -> None:
    for ask in (account, open_account):
        with pytest.raises(NotFound, match="no account SV999999"):
            ask(desk, "SV999999")


def test_the_timeline_tells_the_latest_first_and_one_agents_visits_of_a_day_once(store: Store, desk: Desk) -> None:
    add_customer(desk, "SV000042", first_name="Maria")
    for minutes in (0, 5, 10):
        visit = NOW + timedelta(minutes=minutes)
        open_account(open_desk(store, "agent07", clock=lambda moment=visit: moment), "SV000042")
    open_account(open_desk(store, "lead03", clock=lambda: NOW + timedelta(minutes=7)), "SV000042")
    open_account(open_desk(store, "agent07", clock=lambda: NOW - timedelta(days=1)), "SV000042")
    told = [(entry.day, entry.agent, entry.text) for entry in account(desk, "SV000042").timeline]
    assert told == [
        (date(2026, 11, 22), "agent07", "Opened"),
        (date(2026, 11, 22), "lead03", "Opened"),
        (date(2026, 11, 21), "agent07", "Opened"),
        (date(2024, 1, 2), "", "Account opened with us"),
    ]


def test_a_day_on_the_timeline_is_the_agents_own(store: Store, desk: Desk) -> None:
    add_customer(desk, "SV000042", first_name="Maria")
    before_midnight_in_new_york = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
    open_account(open_desk(store, "agent07", clock=lambda: before_midnight_in_new_york), "SV000042")
    newest, oldest = account(desk, "SV000042").timeline
    assert (newest.day, newest.whole_day) == (date(2026, 11, 22), False)
    assert (oldest.day, oldest.whole_day) == (date(2024, 1, 2), True)
    assert oldest.at == datetime(2024, 1, 2, 5, 0, tzinfo=UTC)


def test_the_timeline_tells_what_happened_on_a_day(desk: Desk, maria: str) -> None:
    with desk.store.writing() as session:
        line = session.exec(select(Line)).one()
        line.activated_on = date(2024, 1, 2)
        session.add_all(
            Line(account_id=line.account_id, status=LineStatus.ACTIVE, activated_on=date(2025, 6, 1)) for _ in range(4)
        )
    assert [(entry.day, entry.text) for entry in account(desk, maria).timeline] == [
        (date(2025, 6, 1), "4 lines activated"),
        (date(2024, 1, 2), "Line 212-555-0143 activated"),
        (date(2024, 1, 2), "Account opened with us"),
        (date(2021, 12, 3), "Lifeline began"),
    ]


def test_contacts_come_by_medium_the_preferred_one_first(desk: Desk, maria: str) -> None:
    assert [(each.medium, each.value) for each in account(desk, maria).customer.contacts] == [
        ("phone", "2125550143"),
        ("phone", "call after 5"),
        ("email", "maria@example.com"),
    ]


@pytest.mark.parametrize(
    ("action", "facts", "told"),
    [
        (
            "lifeline.submit",
            {"vendor": "NLAD", "kind": "update", "outcome": "accepted", "error": ""},
            "NLAD accepted the update",
        ),
        (
            "lifeline.answer",
            {"vendor": "the state", "kind": "enroll", "outcome": "refused", "error": "TPIV_FAIL_DOB"},
            "The state refused the enrollment: TPIV_FAIL_DOB",
        ),
        ("lifeline.queue", {"vendor": "Xerox", "kind": "update"}, "Information waits for the next file to Xerox"),
        (
            "customer.edit",
            {"version": 2, "changed": {"zip": ["1", "2"], "city": ["a", "b"]}},
            "Customer edited: city, ZIP",
        ),
        ("customer.edit", {}, ""),
    ],
)
def test_what_an_action_did_is_told_in_a_sentence(action: str, facts: dict[str, Any], told: str) -> None:
    assert sentence(action, facts) == told


def test_an_action_that_nobody_put_in_words_is_still_told() -> None:
    assert sentence("tea.make_a_pot", {}) == "Tea make a pot"


def test_recently_opened_holds_each_account_once_the_latest_first(store: Store, desk: Desk) -> None:
    for number, name, mdns in (("SV000001", "Ann", (None, "2125550143", "2125550101")), ("SV000002", "Bob", ())):
        add_customer(desk, number, first_name=name, mdns=mdns)
    for minutes, number in enumerate(("SV000001", "SV000002", "SV000001")):
        moment = NOW + timedelta(minutes=minutes)
        open_account(open_desk(store, "agent07", clock=lambda moment=moment: moment), number)
    assert [(row.account, row.name, row.mdn) for row in recently_opened(desk)] == [
        ("SV000001", "Ann", "2125550143"),
        ("SV000002", "Bob", None),
    ]
    assert [row.account for row in recently_opened(desk, 1)] == ["SV000001"]
    assert recently_opened(open_desk(store, "lead03")) == ()


def test_the_oldest_are_forgotten(monkeypatch: pytest.MonkeyPatch, store: Store, desk: Desk) -> None:
    monkeypatch.setattr(actions, "RECENT_KEPT", 2)
    for number in ("SV000001", "SV000002", "SV000003"):
        add_customer(desk, number, first_name=number)
    for minutes, number in enumerate(("SV000001", "SV000002", "SV000003")):
        moment = NOW + timedelta(minutes=minutes)
        open_account(open_desk(store, "agent07", clock=lambda moment=moment: moment), number)
    assert [row.account for row in recently_opened(desk)] == ["SV000003", "SV000002"]
