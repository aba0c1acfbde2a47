"""Bills, estimates, and what an account may have, at the demo operator and from a shell."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlmodel import select

from data.audit import AuditEvent
from data.billing.eligibility import agreement_of, eligibility
from data.billing.entitlements import early_upgrade, return_by_label
from data.billing.labels import LabelState, labels, note_label, request_label
from data.billing.mailing import estimate_letter, mail_estimate
from data.billing.queries import bill, bill_days, estimate, explain_bill
from data.billing.rules import Parts
from data.billing.tables import BillingAccount, DeviceAgreement
from data.credits.actions import approve, request_credit
from data.credits.agreements import draw_up, note_signed
from data.credits.rules import CreditKind, CreditRequest
from data.customers.actions import edit_customer
from data.customers.queries import account
from data.customers.rules import CustomerEdit
from data.customers.tables import Account
from data.desk import Desk
from data.errors import Misused, NotFound, Refused
from data.lines.rules import LineStatus
from data.lines.tables import Line
from data.mail.queue import deliver, mail_queue
from data.verification.actions import reveal
from data.verification.rules import MASK, Field
from tests.builders import put_on_line
from tests.promotions.conftest import CAFE, JOHN, THREE_RIVERS
from tests.shell import typed

TODAY = date(2026, 11, 22)


def test_the_bill_stands_as_it_was_issued_and_adds_up(demo: Desk) -> None:
    found = bill(demo, JOHN)
    assert (found.bill_on, found.estimated) == (date(2026, 11, 5), False)
    assert found.total == sum(item.amount for item in found.items)
    assert bill_days(demo, JOHN)[0] == found.bill_on
    following = estimate(demo, JOHN)
    assert (following.bill_on, following.estimated) == (date(2026, 12, 5), True)
    assert following.total == sum(item.amount for item in following.items)
    with pytest.raises(NotFound):
        bill(demo, JOHN, date(2020, 1, 5))


def test_a_credit_with_a_release_agreement_is_on_the_next_bill_once_that_is_signed(demo: Desk, lead: Desk) -> None:
    wanted = CreditRequest(kind=CreditKind.BILL_CREDIT, amount=Decimal("200.00"), reason="Promised", account=JOHN)
    before = estimate(demo, JOHN).total
    asked = request_credit(demo, wanted).credit.id
    approve(lead, asked)
    draw_up(demo, asked)
    assert estimate(demo, JOHN).total == before
    note_signed(demo, asked)
    assert estimate(demo, JOHN).total == before - Decimal("200.00")


def test_higher_than_quoted_comes_to_its_root_cause(demo: Desk) -> None:
    put_on_line(demo, CAFE)
    quoted = Decimal("206.78")
    found = explain_bill(demo, CAFE, quoted)
    assert found.difference == sum(part.amount for part in found.parts) == found.bill.total - quoted
    assert "$27.77 a month: OST 5030 iPhone 17, autumn upgrade not applied" in found.root_cause
    assert "$40.00: autopay off, 4 lines" in found.root_cause
    assert "not explained" not in found.root_cause


def test_a_bill_keeps_its_lines_whatever_becomes_of_them(demo: Desk) -> None:
    put_on_line(demo, CAFE)
    quoted = {"939-555-0140": Decimal("90.00"), "787-555-0177": Decimal("70.00")}
    before = explain_bill(demo, CAFE, by_line=quoted)
    stood = bill(demo, CAFE).items
    with demo.store.writing() as session:
        gone = session.exec(select(Line).where(Line.mdn == "7875550177")).one()
        gone.status = LineStatus.DISCONNECTED
        session.add(Line(account_id=gone.account_id, mdn="9395550141", status=LineStatus.ACTIVE))
    assert bill(demo, CAFE).items == stood
    assert explain_bill(demo, CAFE, by_line=quoted).parts == before.parts
    with pytest.raises(NotFound, match="no line 939-555-0141 on this bill"):
        explain_bill(demo, CAFE, by_line=quoted | {"939-555-0141": Decimal("10.00")})


def test_a_quote_line_by_line_says_on_which_line(demo: Desk) -> None:
    found = explain_bill(demo, JOHN, by_line={"518-555-0187": Decimal("50.00")})
    assert found.difference == sum(part.amount for part in found.parts)
    with pytest.raises(NotFound):
        explain_bill(demo, JOHN, by_line={"212-555-0100": Decimal("50.00")})
    with pytest.raises(Misused):
        explain_bill(demo, JOHN)


def test_a_masked_bill_is_not_shown(demo: Desk) -> None:
    put_on_line(demo, CAFE)
    for read in (bill, bill_days, estimate, eligibility, estimate_letter):
        with pytest.raises(Refused, match="masked"):
            read(demo, JOHN)


def test_the_estimate_is_mailed_once_to_the_address_of_record(demo: Desk, lead: Desk) -> None:
    letter = mail_estimate(demo, JOHN)
    [mail] = [one for one in mail_queue(lead) if one.key.startswith("estimate/")]
    assert (mail.recipient, mail.subject) == ("the customer", letter.subject)
    assert f"{letter.bill.total:,.2f}" in letter.body
    assert "0187 Data 15 GB" in letter.body
    assert "518" not in letter.body
    assert account(demo, JOHN).timeline[0].text == "Next bill's estimate mailed to the address of record"
    with pytest.raises(Refused, match="in the queue already"):
        mail_estimate(demo, JOHN)


def test_of_an_estimate_that_was_mailed_nobody_learns_what_it_comes_to_or_where_it_went(demo: Desk, lead: Desk) -> None:
    put_on_line(demo, JOHN, None)
    reveal(demo, JOHN, Field.BILLS, "asked by letter")
    letter = mail_estimate(demo, JOHN)
    assert (letter.to, estimate_letter(demo, JOHN).to) == (MASK, MASK)
    put_on_line(demo, JOHN, None)
    deliver(lead)
    with demo.reading() as session:
        audit = session.exec(select(AuditEvent.detail)).all()
    told = repr((account(demo, JOHN), mail_queue(lead, settled=True), audit))
    assert "Next bill's estimate mailed" in told
    assert f"{letter.bill.total:,.2f}" not in told


def test_a_new_mail_address_is_none_of_record(demo: Desk) -> None:
    version = account(demo, JOHN).customer.version
    edit_customer(demo, JOHN, version, CustomerEdit(emails=("new@example.com",)))
    with pytest.raises(Refused, match="less than 30 days"):
        mail_estimate(demo, JOHN)


@pytest.mark.parametrize(("paid_months", "allowed"), [(17, False), (18, True), (19, True), (36, True)])
def test_early_upgrade_from_half_of_the_agreement_on(paid_months: int, allowed: bool) -> None:
    first = date(2026, 1, 5)
    parts = Parts("Phone", 360_00, 36, first)
    month = paid_months - 1
    today = date(first.year + month // 12, first.month + month % 12, 5)
    found = early_upgrade(parts, today)
    assert found.allowed is allowed
    assert found.paid == Decimal(paid_months * 10)
    assert found.missing == max(Decimal(0), 180 - found.paid)
    assert (found.from_on is None) is allowed


@pytest.mark.parametrize(
    ("paid_months", "past_due", "missing", "when"),
    [
        (18, 1, "0.01", "$0.01 to half, once the $0.01 past due is paid"),
        (19, 10_00, "0.00", "yes: $180.00 of $360.00 paid"),
        (19, 60_00, "50.00", "$50.00 to half, once the $60.00 past due is paid"),
        (17, 10_00, "20.00", "$20.00 to half, from 06-05-2027 as it is paid, once the $10.00 past due is paid"),
        (1, 500_00, "180.00", "no: $0.00 of $360.00 paid"),
    ],
)
def test_what_is_past_due_is_not_paid(paid_months: int, past_due: int, missing: str, when: str) -> None:
    first = date(2026, 1, 5)
    month = paid_months - 1
    today = date(first.year + month // 12, first.month + month % 12, 5)
    found = early_upgrade(Parts("Phone", 360_00, 36, first), today, past_due)
    assert (found.allowed, found.missing) == (missing == "0.00", Decimal(missing))
    assert when in found.in_words


def test_an_account_that_is_past_due_has_no_early_upgrade_by_what_was_only_billed(demo: Desk) -> None:
    with demo.store.writing() as session:
        row = session.exec(select(Account).where(Account.number == JOHN)).one()
        session.get_one(BillingAccount, row.id).past_due_cents = 2_000_00
    second = eligibility(demo, JOHN).lines[1].early_upgrade
    assert second is not None
    assert "past due" in second.in_words
    assert not second.allowed


def test_what_was_paid_ahead_counts_towards_the_half() -> None:
    agreement = Parts("Phone", 360_00, 36, date(2026, 12, 5), ahead=180_00)
    assert early_upgrade(agreement, TODAY).allowed
    assert early_upgrade(Parts("Phone", 360_00, 36, date(2026, 12, 5), ahead=179_99), TODAY).missing == Decimal("0.01")


@pytest.mark.parametrize(
    ("days_ago", "miles", "allowed"),
    [(30, 26, True), (31, 26, False), (0, 26, True), (5, 25, False), (5, None, None), (31, None, False)],
)
def test_return_by_label_within_the_guarantee_where_no_store_is_near(
    days_ago: int, miles: int | None, allowed: bool | None
) -> None:
    found = return_by_label(TODAY - timedelta(days_ago), miles, TODAY)
    assert found.allowed is allowed
    assert found.last_day == TODAY - timedelta(days_ago) + timedelta(30)
    if allowed is not False:
        assert f"{found.last_day:%m-%d-%Y}" in found.in_words


def test_a_label_is_followed_from_the_request_to_received(demo: Desk) -> None:
    label = request_label(demo, agreement_of(demo, JOHN, "518-555-0166"))
    assert (label.state, label.device) == ("requested", "moto g play")
    assert label.sent_to.startswith("7435 Oak Rd")
    with pytest.raises(Refused, match="is requested already"):
        request_label(demo, agreement_of(demo, JOHN, "5185550166"))
    with pytest.raises(Refused, match="can't become received"):
        note_label(demo, label.id, LabelState.RECEIVED)
    for state in (LabelState.SENT, LabelState.SHIPPED, LabelState.RECEIVED):
        assert note_label(demo, label.id, state).state == state
    assert label.id not in [one.id for one in labels(demo)]
    assert label.id in [one.id for one in labels(demo, settled=True)]
    assert account(demo, JOHN).timeline[0].text == "Return label for moto g play received"


@pytest.mark.parametrize(
    ("days", "miles", "why", "remedy"),
    [
        (30, 25, "a store is 25 miles away", "In store"),
        (30, 26, "", ""),
        (31, 25, "guarantee ended on 11-21-2026", "It is too late in store"),
        (31, 26, "guarantee ended on 11-21-2026", "It is too late in store"),
    ],
)
def test_a_label_until_the_last_day_of_the_guarantee_and_beyond_25_miles(
    demo: Desk, days: int, miles: int, why: str, remedy: str
) -> None:
    bought = agreement_of(demo, JOHN, "518-555-0187")
    with demo.store.writing() as session:
        session.get_one(DeviceAgreement, bought).bought_on = demo.today() - timedelta(days)
        whose = session.exec(select(Account.id).where(Account.number == JOHN)).one()
        session.get_one(BillingAccount, whose).store_miles = miles
    if not why:
        assert request_label(demo, bought).state == "requested"
        return
    with pytest.raises(Refused, match=why) as refused:
        request_label(demo, bought)
    assert refused.value.remedy.startswith(remedy)


def test_no_label_after_the_guarantee_or_with_a_store_near(demo: Desk) -> None:
    with pytest.raises(Refused, match="guarantee ended"):
        request_label(demo, agreement_of(demo, JOHN, "838-555-0164"))
    with pytest.raises(NotFound, match="Several lines"):
        agreement_of(demo, JOHN)


def test_eligibility_at_a_glance(demo: Desk) -> None:
    found = eligibility(demo, JOHN)
    assert (found.loyalty, found.current, found.autopay) == (False, True, True)
    first, second, third = found.lines
    assert first.early_upgrade and second.early_upgrade and third.return_by_label
    assert (first.early_upgrade.allowed, second.early_upgrade.allowed) == (False, True)
    assert third.return_by_label.allowed
    put_on_line(demo, THREE_RIVERS)
    assert eligibility(demo, THREE_RIVERS).lines[0].label is not None


@pytest.fixture
def careline(demo: Desk, capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str, str]]:
    def call(*words: str) -> tuple[int, str, str]:
        return typed(capsys, "--store", str(demo.store.path), "--agent", "agent07", *words)

    return call


def test_the_commands_of_bills(careline: Callable[..., tuple[int, str, str]]) -> None:
    def told(*words: str) -> Any:
        code, out, err = careline(*words, "--json")
        assert code == 0, err
        return json.loads(out)

    explained = told("bill", "explain", JOHN, "--quoted", "150")
    assert sum(Decimal(part["amount"]) for part in explained["parts"]) == Decimal(explained["difference"])
    assert told("bill", "show", JOHN)["bill_on"] == "2026-11-05"
    assert told("bill", "estimate", JOHN)["estimated"] is True
    assert told("eligibility", JOHN)["lines"][1]["early_upgrade"]["allowed"] is True
    assert careline("bill", "explain", JOHN)[0] == 2
    assert careline("bill", "explain", JOHN, "--line", "5185550187")[0] == 2
    assert careline("bill", "show", "SV000000")[0] == 1
