"""A promotion that fits goes on the line at once; what does not fit is refused with the reason; undone the same day."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlmodel import select

from console.command_line import run
from data.audit import AuditEvent
from data.billing.queries import estimate
from data.billing.tables import DeviceAgreement
from data.cases.queries import case
from data.customers.queries import account
from data.desk import Desk, open_desk
from data.errors import NotFound, Refused
from data.lines.rules import LineStatus
from data.lines.tables import Line
from data.promotions.pca import apply, preview, undo
from data.promotions.queries import line_id, promotions_of_line
from data.promotions.tables import LinePromotion
from tests.builders import put_on_line
from tests.conftest import NOW
from tests.promotions.conftest import JOHN

MINE = "518-555-0187"


@pytest.fixture
def line(demo: Desk) -> int:
    return line_id(demo, JOHN, MINE)


def buy(desk: Desk, line: int, **change: Any) -> None:
    """Changes what was bought on the line."""
    with desk.store.writing() as session:
        row = session.exec(select(DeviceAgreement).where(DeviceAgreement.line_id == line)).one()
        for name, value in change.items():
            setattr(row, name, value)


def test_the_preview_says_what_starts_when_and_how_much(demo: Desk, line: int) -> None:
    seen = preview(demo, line, "5020")
    assert (seen.monthly, seen.months, seen.amount) == (Decimal("11.11"), 36, Decimal("400.00"))
    assert (seen.starts_on, seen.starts_by) == (date(2026, 12, 5), date(2027, 1, 5))
    assert sum(one.amount for one in seen.schedule) == seen.amount
    assert [one.bill_on.day for one in seen.schedule] == [5] * 36
    assert seen.replaces == ()
    assert seen.ends == ("plan change", "line canceled")
    assert promotions_of_line(demo, line) == ()


def test_applied_it_is_on_the_line_the_case_the_timeline_and_the_next_bill(demo: Desk, line: int) -> None:
    before = estimate(demo, JOHN).total
    number = preview(demo, line, "5020").case
    done = apply(demo, line, "5020")
    assert [one.ost for one in promotions_of_line(demo, line)] == ["5020"]
    assert number is not None
    assert case(demo, number).notes[0].text.startswith("PCA: OST 5020 Galaxy S24 FE, autumn upgrade on 518-555-0187")
    assert account(demo, JOHN).timeline[0].text.startswith("Promotion OST 5020 on 518-555-0187: $11.11 a month")
    assert estimate(demo, JOHN).total == before - Decimal("11.11")
    with demo.store.reading() as session:
        told = session.exec(select(AuditEvent).where(AuditEvent.action == "promotion.apply")).all()[-1]
    assert told.agent == "agent07"
    assert done.applied_at == NOW
    with pytest.raises(Refused, match="has OST 5020 already"):
        apply(demo, line, "5020")


def test_none_goes_on_a_line_that_has_no_bills_any_more(demo: Desk, line: int) -> None:
    with demo.store.writing() as session:
        session.get_one(Line, line).status = LineStatus.DISCONNECTED
    for put in (preview, apply):
        with pytest.raises(Refused, match="disconnected"):
            put(demo, line, "5020")
    assert promotions_of_line(demo, line) == ()


@pytest.mark.parametrize(
    ("ost", "change", "why"),
    [
        ("5021", {}, "loyalty: not loyalty"),
        ("5022", {}, "kind: upgrade; asks for new line"),
        ("5012", {}, "date: bought 10-20-2026; for purchases from 04-03-2026 to 06-15-2026"),
        ("5020", {"device": "Galaxy S23"}, "device: Galaxy S23"),
        ("5020", {"trade_in": "Pixel 4"}, "trade-in: Pixel 4"),
        ("5020", {"shape": "water"}, "condition: water; asks for good, cracked or battery"),
        ("5020", {"in_use_since": date(2026, 8, 22)}, "tenure: 59 days; needs 60 days"),
        ("5020", {"arrived_on": date(2026, 11, 20)}, "arrival: took 31 days"),
        ("5020", {"arrived_on": None}, "arrival: not here after 33 days"),
        ("5054", {}, "gives an accessory"),
    ],
)
def test_what_does_not_fit_is_refused_with_the_condition_and_the_next_best_step(
    demo: Desk, line: int, ost: str, change: dict[str, Any], why: str
) -> None:
    buy(demo, line, **change)
    with pytest.raises(Refused) as refused:
        apply(demo, line, ost)
    assert why in refused.value.reason
    assert "credit request" in refused.value.remedy
    assert promotions_of_line(demo, line) == ()


def test_what_nobody_said_is_asked_for_and_what_the_store_knows_is_not_overridden(demo: Desk, line: int) -> None:
    buy(demo, line, shape="")
    with pytest.raises(Refused, match="nobody has said so"):
        preview(demo, line, "5020")
    seen = preview(demo, line, "5020", {"shape": "cracked", "loyalty": True})
    assert seen.given == ("shape",)
    assert seen.amount == Decimal("400.00")


def test_how_long_a_phone_was_in_use_is_taken_from_what_is_said(
    demo: Desk, line: int, capsys: pytest.CaptureFixture[str]
) -> None:
    buy(demo, line, in_use_since=None)
    with pytest.raises(Refused, match="tenure: the traded-in phone needs 60 days"):
        preview(demo, line, "5020")
    words = ["promo", "apply", "5020", MINE, "--account", JOHN, "--said", "used 2 years", "--json"]
    assert run(["--store", str(demo.store.path), "--agent", "agent07", *words]) == 0, capsys.readouterr().err
    assert [one.ost for one in promotions_of_line(demo, line)] == ["5020"]


def test_a_phone_that_still_has_time_to_arrive_does_not_hold_it_up(demo: Desk, line: int) -> None:
    buy(demo, line, bought_on=NOW.date() - timedelta(5), arrived_on=None)
    seen = preview(demo, line, "5020")
    assert {one.name: one.why for one in seen.conditions}["arrival"] == (
        "not here yet; must arrive within 30 days: 25 days left"
    )


@pytest.mark.parametrize(
    ("bought_on", "months", "first_bill_on", "stands"),
    [
        (date(2023, 10, 20), 36, date(2023, 12, 22), False),  # its last credit came today
        (date(2023, 10, 20), 36, date(2023, 12, 23), True),  # … comes tomorrow
        (date(2026, 10, 20), 1, date(2026, 11, 5), True),  # it came already, for this very purchase
        (date(2024, 10, 20), 1, date(2024, 11, 5), False),  # … for an earlier one
    ],
)
def test_a_promotion_whose_last_credit_came_stands_in_the_way_of_its_own_purchase_only(
    demo: Desk, line: int, bought_on: date, months: int, first_bill_on: date, stands: bool
) -> None:
    done = apply(demo, line, "5020")
    with demo.store.writing() as session:
        row = session.get_one(LinePromotion, done.id)
        row.bought_on, row.months, row.first_bill_on = bought_on, months, first_bill_on
    if stands:
        with pytest.raises(Refused, match="has OST 5020 already"):
            apply(demo, line, "5020")
    else:
        assert apply(demo, line, "5020").ost == "5020"
        assert promotions_of_line(demo, line)[-1].ended_on is None


def test_it_is_undone_the_same_day_only_and_what_it_replaced_stands_again(demo: Desk, lead: Desk, line: int) -> None:
    first = apply(demo, line, "5020")
    buy(demo, line, trade_in="", kind="new line")
    with pytest.raises(Refused, match="It would end OST 5020"):
        apply(demo, line, "5022")
    second = apply(demo, line, "5022", replacing=True)
    assert {one.ost: one.ended_why for one in promotions_of_line(demo, line)} == {
        "5022": "", "5020": "replaced by OST 5022",
    }  # fmt: skip
    tomorrow = open_desk(demo.store, "agent07", clock=lambda: NOW + timedelta(days=1))
    with pytest.raises(Refused, match="another day"):
        undo(tomorrow, second.id)
    undo(lead, second.id)
    assert {one.ost: one.ended_on for one in promotions_of_line(demo, line)} == {"5020": None}
    undo(demo, first.id)
    assert promotions_of_line(demo, line) == ()
    with pytest.raises(Refused, match="took it back already"):
        undo(demo, first.id)


def test_nothing_is_put_on_a_masked_account_or_by_who_may_not(demo: Desk, line: int) -> None:
    put_on_line(demo, JOHN, None)
    with pytest.raises(Refused, match="masked"):
        apply(demo, line, "5020")
    trainer = open_desk(demo.store, "trainer05", clock=lambda: NOW)
    with pytest.raises(Refused, match="may not put promotions on lines"):
        apply(trainer, line, "5020")


def test_what_is_not_there_is_not_found(demo: Desk, line: int) -> None:
    with pytest.raises(NotFound):
        preview(demo, line, "9999")
    with pytest.raises(NotFound):
        preview(demo, 999_999, "5020")
    with pytest.raises(NotFound):
        undo(demo, 999_999)
