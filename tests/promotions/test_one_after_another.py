"""Promotions that take each other's place on a line: what is taken back, what nobody has twice, whose case is told."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlmodel import select

from data.billing.tables import DeviceAgreement
from data.cases.actions import open_case
from data.cases.queries import case
from data.desk import Desk, open_desk
from data.errors import Refused
from data.promotions.actions import save_promotion
from data.promotions.pca import apply, preview, undo
from data.promotions.queries import find, line_id, promotions_of_line
from screens.promotion import PromotionScreen
from tests.builders import put_on_line
from tests.conftest import NOW
from tests.promotions.conftest import JOHN
from tests.screens.conftest import Console, console

__all__ = ["console"]
MINE = "518-555-0187"


@pytest.fixture
def line(demo: Desk) -> int:
    return line_id(demo, JOHN, MINE)


def offer(lead: Desk, ost: str, *, stacks: bool = False, months: int = 1) -> None:
    """Puts a promotion of $400.00 into the catalogue that any purchase since October fits."""
    gives = "one-time credit" if months == 1 else "monthly credits"
    terms = {"ost": ost, "name": f"Offer {ost}", "gives": gives, "amount": "400.00", "months": months}
    save_promotion(lead, terms | {"valid_from": date(2026, 10, 1), "stacks": stacks})


def standing(desk: Desk, line: int) -> list[str]:
    """The OST numbers that the line has, in the order in which they were put there."""
    return [one.ost for one in reversed(promotions_of_line(desk, line)) if one.ended_on is None]


@pytest.mark.parametrize(
    ("then", "stacks", "left"),
    [
        ((), False, ["A1"]),
        (("C1",), False, ["C1"]),  # took the place of what is taken back
        (("C1",), True, ["B1", "C1"]),  # stands beside it, but not beside what it replaced
        (("C1", "A1"), False, ["A1"]),
        (("A1", "B1"), False, ["B1"]),
    ],
)
def test_what_took_a_place_is_taken_back_only_while_nothing_came_after_it(
    demo: Desk, lead: Desk, line: int, then: tuple[str, ...], stacks: bool, left: list[str]
) -> None:
    for ost in ("A1", "B1", "C1"):
        offer(lead, ost, stacks=stacks and ost != "A1")
    apply(demo, line, "A1")
    second = apply(demo, line, "B1", replacing=True)
    for ost in then:
        apply(demo, line, ost, replacing=True)
    if then:
        with pytest.raises(Refused, match=f"OST {then[-1]} was put there since"):
            undo(demo, second.id)
    else:
        undo(demo, second.id)
    assert standing(demo, line) == left


def test_of_what_was_put_there_twice_the_last_alone_is_taken_back(demo: Desk, lead: Desk, line: int) -> None:
    for ost in ("A1", "B1"):
        offer(lead, ost)
    done = [apply(demo, line, ost, replacing=True) for ost in ("A1", "B1", "A1", "B1")]
    for one, left in zip(reversed(done), (["A1"], ["B1"], ["A1"], []), strict=True):
        undo(demo, one.id)
        assert standing(demo, line) == left


@pytest.mark.parametrize(
    ("replacing", "ends"), [(False, "A1"), ((), "A1"), (("B1",), "A1"), (("A1",), ""), (("A1", "B1"), ""), (True, "")]
)
def test_nothing_ends_that_was_not_confirmed(
    demo: Desk, lead: Desk, line: int, replacing: bool | tuple[str, ...], ends: str
) -> None:
    for ost in ("A1", "C1"):
        offer(lead, ost)
    apply(demo, line, "A1")
    if ends:
        with pytest.raises(Refused, match=f"It would end OST {ends}"):
            apply(demo, line, "C1", replacing=replacing)
    else:
        apply(demo, line, "C1", replacing=replacing)
    assert standing(demo, line) == ["A1" if ends else "C1"]


async def test_what_a_colleague_put_there_meanwhile_is_not_ended_unseen(
    console: Console, demo: Desk, lead: Desk, line: int
) -> None:
    offer(lead, "A1")
    async with console(at=demo) as person:
        person.app.push_screen(PromotionScreen("5020", JOHN, line))
        await person.rest()
        await person.press("a")
        person.sees("Put OST 5020 on 518-555-0187?")
        apply(lead, line, "A1")
        await person.press("right", "enter")
        person.sees("It would end OST A1")
    assert standing(demo, line) == ["A1"]


@pytest.mark.parametrize(("months", "days", "again"), [(1, 12, True), (1, 13, False), (36, 12, True), (36, 13, False)])
def test_nobody_has_a_promotion_twice_for_a_purchase_once_a_credit_of_it_came(
    demo: Desk, lead: Desk, line: int, months: int, days: int, again: bool
) -> None:
    offer(lead, "A1", months=months)
    offer(lead, "B1")
    apply(demo, line, "A1")
    later = open_desk(demo.store, "agent07", clock=lambda: NOW + timedelta(days=days))  # the bill is of 12-05
    put_on_line(later, JOHN)
    apply(later, line, "B1", replacing=True)
    if again:
        assert apply(later, line, "A1", replacing=True).ost == "A1"
    else:
        with pytest.raises(Refused, match="had OST A1 for this purchase") as refused:
            apply(later, line, "A1", replacing=True)
        assert "credit request" in refused.value.remedy
        stands = {one.terms.ost: one.eligible for one in find(later, "", account=JOHN, line=MINE, limit=99).matches}
        assert stands["A1"] is False


def test_a_purchase_that_only_the_caller_tells_of_brings_a_promotion_once_too(
    demo: Desk, lead: Desk, line: int
) -> None:
    offer(lead, "A1", stacks=True)
    with demo.store.writing() as session:
        session.delete(session.exec(select(DeviceAgreement).where(DeviceAgreement.line_id == line)).one())
    said = {"on": date(2026, 10, 20)}
    apply(demo, line, "A1", said)
    later = open_desk(demo.store, "agent07", clock=lambda: NOW + timedelta(days=30))
    put_on_line(later, JOHN)
    with pytest.raises(Refused, match="has OST A1 already"):
        apply(later, line, "A1", said)
    assert apply(later, line, "A1", {"on": date(2026, 12, 1)}).ost == "A1"  # for another purchase


@pytest.mark.parametrize("whose", ["SV093001", None])
def test_no_other_accounts_case_is_told_of_it(demo: Desk, line: int, whose: str | None) -> None:
    number = open_case(demo, "Another matter", account=whose).number
    for put in (preview, apply):
        with pytest.raises(Refused, match=f"Case {number} is not this account's"):
            put(demo, line, "5020", case=number)
    assert case(demo, number).notes == ()
    assert promotions_of_line(demo, line) == ()
