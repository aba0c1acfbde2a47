"""Complaints about dealers: taken, reviewed, sent to the Market once, and counted."""

from __future__ import annotations

import csv
import io
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.cases.actions import open_case
from data.cases.queries import case as case_view
from data.cases.rules import EntryKind
from data.complaints import actions
from data.complaints.market_mail import preview
from data.complaints.queries import (
    By,
    complaint,
    complaints,
    complaints_of_case,
    questioned_for_me,
    report,
    report_csv,
    review_queue,
)
from data.complaints.rules import (
    CUSTOMER_FIELDS,
    SUBJECT,
    TEMPLATE,
    TRANSITIONS,
    ComplaintForm,
    ComplaintReason,
    ComplaintState,
    fields_of,
    fill,
    report_from,
    without_private,
)
from data.complaints.tables import Complaint
from data.complaints.views import ComplaintView
from data.customers.queries import account
from data.desk import Desk
from data.errors import Invalid, Misused, NotFound, NotPermitted, Refused
from data.mail.queue import deliver, mail_queue
from data.operators.markets import set_market
from tests.conftest import NOW
from tests.credits.conftest import at

TODAY = date(2026, 11, 22)


def take(desk: Desk, case: str, **fields: Any) -> ComplaintView:
    """Takes a complaint; what `fields` of ComplaintForm leave out is filled in."""
    usual = {
        "dealer": "Harbor Wireless",
        "store": "Yonkers Main St",
        "rep": "Dana",
        "about": ComplaintReason.FEE,
        "promised": "No set-up fee",
        "happened": "Charged $50.00 on 11-02-2026",
    }
    return actions.take(desk, case, ComplaintForm(**usual | fields)).complaint


def test_it_waits_for_a_lead_with_all_that_was_said(desk: Desk, lead: Desk, case: str) -> None:
    view = take(desk, case, evidence="Receipt 12")
    assert review_queue(lead) == (view,)
    assert (view.case, view.account, view.name, view.market) == (case, "SV000001", "Maria Alvarez", "Northeast")
    assert (view.taken_by, view.state, view.evidence) == ("agent07", ComplaintState.WAITING, "Receipt 12")
    assert complaints_of_case(desk, case) == (view,)


@pytest.mark.parametrize("field", ["dealer", "promised", "happened"])
def test_what_must_be_said(desk: Desk, lead: Desk, case: str, field: str) -> None:
    with pytest.raises(Invalid) as refused:
        take(desk, case, **{field: "  "})
    assert list(refused.value.fields) == [field]
    assert complaints(lead) == ()


def test_only_a_lead_decides_and_reads_what_waits(desk: Desk, case: str) -> None:
    view = take(desk, case)
    reads = (
        review_queue,
        complaints,
        lambda desk: report(desk, By.DEALER, TODAY, TODAY),
        lambda desk: preview(desk, 1),
    )
    for read in reads:
        with pytest.raises(NotPermitted, match="may not review dealer complaints"):
            read(desk)
    assert complaints_of_case(desk, case) == (view,)
    for decide in (actions.send_to_market, actions.send_back, actions.close):
        with pytest.raises(Refused, match="may not review dealer complaints"):
            decide(desk, view.id, "because")
    assert complaint(desk, view.id).complaint == view


def test_questions_go_back_to_the_agent_and_the_answer_to_review(desk: Desk, lead: Desk, case: str) -> None:
    view = take(desk, case)
    actions.send_back(lead, view.id, "Which rep?")
    assert review_queue(lead) == ()
    assert [one.outcome for one in questioned_for_me(desk)] == ["Which rep?"]
    assert questioned_for_me(lead) == ()
    with pytest.raises(Refused, match="back with the agent"):
        actions.send_to_market(lead, view.id)
    answered = actions.answer(desk, view.id, "Dana, with the glasses")
    assert [(step.agent, step.why) for step in answered.steps] == [
        ("agent07", "Fee not told"),
        ("lead03", "Which rep?"),
        ("agent07", "Dana, with the glasses"),
    ]
    assert len(review_queue(lead)) == 1
    with pytest.raises(Refused, match="Nobody has asked"):
        actions.answer(desk, view.id, "And another thing")


def test_a_closed_one_stays_closed_with_its_reason(desk: Desk, lead: Desk, case: str) -> None:
    view = take(desk, case)
    with pytest.raises(Invalid):
        actions.close(lead, view.id, " ")
    assert (
        actions.close(lead, view.id, "The fee was on the contract").complaint.outcome == "The fee was on the contract"
    )
    for decide in (actions.send_to_market, actions.send_back, actions.close):
        with pytest.raises(Refused, match="closed already"):
            decide(lead, view.id, "Still")


def test_the_market_gets_what_was_previewed_and_gets_it_once(desk: Desk, lead: Desk, case: str) -> None:
    view = take(desk, case)
    shown = preview(lead, view.id)
    with pytest.raises(Invalid, match="301 characters; 300 are kept"):
        actions.send_to_market(lead, view.id, "x" * 301)
    sent = actions.send_to_market(lead, view.id, "Third one this month")
    assert sent.mail is not None
    assert (sent.mail.recipient, sent.mail.subject, sent.mail.body) == (
        "complaints.northeast@carrier.example",
        f"Dealer complaint {view.id}: Harbor Wireless, Yonkers Main St",
        shown.body,
    )
    assert deliver(lead).sent == 1
    (file,) = lead.store.path.with_suffix(".outbox").iterdir()
    assert b"Harbor Wireless" in file.read_bytes()
    with pytest.raises(Refused, match="sent to Market already"):
        actions.send_to_market(lead, view.id)
    assert deliver(lead).sent == 0
    assert len(mail_queue(lead, settled=True)) == 1
    whole = complaint(lead, view.id)
    assert whole.mail is not None
    assert whole.mail.state == "sent"


def test_the_mail_holds_no_more_of_the_customer_than_the_template_names(desk: Desk, lead: Desk, case: str) -> None:
    happened = (
        "Call her on 212-555-0143, 2125550143 or 555 0143, maria@example.com, 12 Oak St, ZIP 10701. PIN is 4821, "
        "SSN 123-45-6789, card 4111 1111 1111 1111, IMEI 490154203237518. Paid $1,234.50 on 11-02-2026."
    )
    view = take(desk, case)
    with desk.store.writing() as session:  # as versions took it that kept any text
        session.get_one(Complaint, view.id).happened = happened
    shown = preview(lead, view.id)
    for private in ("0143", "maria@", "Oak", "10701", "4821", "6789", "4111", "490154"):
        assert private not in shown.body
    assert "Paid $1,234.50 on 11-02-2026." in shown.body
    assert shown.left_out == 10
    assert "Customer: Maria Alvarez, account SV000001" in shown.body
    assert fields_of(TEMPLATE) & CUSTOMER_FIELDS == {"customer", "account"}
    assert fields_of(SUBJECT) & CUSTOMER_FIELDS == set()


def test_a_template_that_does_not_name_the_customer_does_not_tell_of_them() -> None:
    facts = {"customer": "Maria Alvarez", "account": "SV000001", "dealer": "{customer}"}
    assert fill("About {dealer}.", facts, (), TODAY) == "About {customer}."


@pytest.mark.parametrize(
    ("said", "goes"),
    [
        ("call 555-0187", "call [left out]"),
        ("4821 is his PIN", "[left out] is his PIN"),
        ("the access code is 4821", "the access code is [left out]"),
        ("password is pa$$w0rd", "[left out]"),
        ("born March 14, 1961", "born [left out]"),
        ("1961-03-14 on the form", "[left out] on the form"),
        ("last four of social 1120", "last four of social [left out]"),
        ("4111 1111 1111 1111 12", "[left out]"),
        ("123 45 6789 0123", "[left out]"),
        ("on 2026-05-01 10:00 and 2026-06-01", "on 2026-05-01 10:00 and 2026-06-01"),
        ("$400-1000, 36 x 27.77, on 05-01-2026 at 3:15", "$400-1000, 36 x 27.77, on 05-01-2026 at 3:15"),
    ],
)
def test_what_identifies_somebody_is_left_out_and_amounts_and_days_stay(said: str, goes: str) -> None:
    assert without_private(said, (), TODAY) == goes


@given(st.text(max_size=80), st.text("0123456789", min_size=9, max_size=16), st.sampled_from(["", " ", "-"]))
def test_no_long_number_gets_through(before: str, digits: str, between: str) -> None:
    written = between.join(digits)
    assert written not in without_private(f"{before} {written} now", (), TODAY)


@given(st.text("abc .,{}%$", max_size=40))
def test_plain_words_are_left_alone(text: str) -> None:
    assert without_private(text, ("Zzyzx Rd",), TODAY) == text


def test_a_complaint_without_a_market_is_placed_first(desk: Desk, lead: Desk) -> None:
    orphan = open_case(desk, "Caller without an account").number
    view = take(desk, orphan)
    with pytest.raises(Refused, match="which Market"):
        actions.send_to_market(lead, view.id)
    assert complaint(lead, view.id).complaint.state is ComplaintState.WAITING
    actions.place(lead, view.id, "pacific")
    assert preview(lead, view.id).recipient == "complaints.pacific@carrier.example"
    assert "Customer: -, account -" in preview(lead, view.id).body


def test_a_market_without_an_address_is_told(desk: Desk, lead: Desk, admin: Desk, case: str) -> None:
    view = take(desk, case)
    set_market(admin, "Northeast", email="")
    with pytest.raises(Refused, match="no address for complaints"):
        actions.send_to_market(lead, view.id)
    assert mail_queue(lead) == ()


def test_it_is_told_on_the_case_and_on_the_account(desk: Desk, lead: Desk, case: str) -> None:
    view = take(desk, case)
    actions.close(lead, view.id, "Refunded")
    told = [entry.text for entry in case_view(desk, case).timeline if entry.kind is EntryKind.COMPLAINT]
    assert told == [
        "Complaint about Harbor Wireless closed: Refunded",
        "Complaint about Harbor Wireless taken: Fee not told",
    ]
    assert [entry.text for entry in account(desk, "SV000001").timeline][:2] == [
        "Complaint about Harbor Wireless closed",
        "Complaint about Harbor Wireless taken",
    ]


def test_none_is_taken_from_a_case_that_is_not_there(desk: Desk) -> None:
    with pytest.raises(NotFound):
        take(desk, "09999999")
    with pytest.raises(NotFound):
        complaint(desk, 7)


def test_the_report_counts_a_period_by_each_thing(desk: Desk, lead: Desk, case: str) -> None:
    first = take(desk, case)
    take(desk, case, rep="Lee", about=ComplaintReason.CONDUCT)
    take(desk, case, dealer="Prairie Phones", store="", rep="")
    take(at(desk, NOW - timedelta(days=40)), case)
    actions.close(lead, first.id, "Refunded")
    week = (TODAY - timedelta(7), TODAY)
    assert [(row.name, row.count) for row in report(lead, By.DEALER, *week)] == [
        ("Harbor Wireless", 2),
        ("Prairie Phones", 1),
    ]
    assert report(lead, By.DEALER, *week)[0].states == ((ComplaintState.WAITING, 1), (ComplaintState.CLOSED, 1))
    assert [row.name for row in report(lead, By.REP, *week)] == ["Dana", "Lee", "not named"]
    assert {row.name: row.count for row in report(lead, By.REASON, *week)} == {"Fee not told": 2, "Conduct": 1}
    assert {row.name: row.count for row in report(lead, By.OUTCOME, *week)} == {"waiting for review": 2, "closed": 1}
    assert report(lead, By.DEALER, TODAY - timedelta(90), TODAY)[0].count == 3
    assert report(lead, By.STORE, TODAY + timedelta(1), TODAY + timedelta(2)) == ()


def test_a_name_counts_however_it_is_spelled_and_is_told_as_most_spell_it(desk: Desk, lead: Desk, case: str) -> None:
    for dealer in ("CAFÉ Móvil", "Cafe Movil", "Cafe Movil", "cafe  movil", "Cafe Movil East"):
        take(desk, case, dealer=dealer)
    found = [(row.name, row.count) for row in report(lead, By.DEALER, TODAY, TODAY)]
    assert found == [("Cafe Movil", 4), ("Cafe Movil East", 1)]


def test_a_report_covers_thirty_days_today_with_them(desk: Desk, lead: Desk, case: str) -> None:
    first = report_from(TODAY)
    assert [(first + timedelta(days)) for days in (0, 29)] == [date(2026, 10, 24), TODAY]
    for days, count in ((30, 0), (29, 1)):
        take(at(desk, NOW - timedelta(days)), case)
        assert sum(row.count for row in report(lead, By.DEALER, first, TODAY)) == count


@pytest.mark.parametrize(
    ("first", "last"),
    [(TODAY, TODAY - timedelta(1)), (TODAY, date.max), (date.min, TODAY), (report_from(date.min), date.min)],
)
def test_days_that_nobody_means_are_not_counted(lead: Desk, first: date, last: date) -> None:
    with pytest.raises(Misused, match="no days to count"):
        report(lead, By.DEALER, first, last)


def test_a_day_is_the_leads_own(desk: Desk, lead: Desk, case: str) -> None:
    take(at(desk, NOW.replace(day=23, hour=4, minute=59)), case)  # 23:59 on the 22nd in New York
    assert report(lead, By.DEALER, TODAY, TODAY)[0].count == 1
    assert report(lead, By.DEALER, TODAY + timedelta(1), TODAY + timedelta(1)) == ()


def test_no_cell_of_the_report_is_a_formula(desk: Desk, lead: Desk, case: str) -> None:
    for dealer in ('=HYPERLINK("http://x")', "+1", "@SUM(A1)", "-2+3", "A, B"):
        take(desk, case, dealer=dealer)
    rows = list(csv.reader(io.StringIO(report_csv(By.DEALER, report(lead, By.DEALER, TODAY, TODAY)))))
    assert rows[0] == ["dealer", "complaints", *ComplaintState]
    assert not any(cell[0] in "=@" for row in rows[1:] for cell in row if cell)
    assert "A, B" in [row[0] for row in rows]


def test_every_state_can_be_reached() -> None:
    assert set(TRANSITIONS) == set(ComplaintState)
    assert set().union(*TRANSITIONS.values()) == set(ComplaintState)
    assert ComplaintState.SENT not in TRANSITIONS[ComplaintState.QUESTIONED]


@given(st.lists(st.sampled_from(ComplaintState), max_size=8))
def test_a_walk_never_leaves_an_end(wanted: list[ComplaintState]) -> None:
    state = ComplaintState.WAITING
    for next_state in wanted:
        if next_state in TRANSITIONS[state]:
            assert state not in (ComplaintState.SENT, ComplaintState.CLOSED)
            state = next_state
