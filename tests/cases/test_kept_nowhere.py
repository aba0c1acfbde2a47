"""What a case, credit or complaint keeps nowhere: card and Social Security numbers, and text too long to be whole."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.cases.actions import change_status, log_icci, open_case
from data.cases.editing import edit_case
from data.cases.free_text import unkeepable
from data.cases.notes import add_note, add_task
from data.cases.queries import case
from data.cases.remarking import keep_remark
from data.cases.rules import SHORT_LIMIT, SUBJECT_LIMIT, TEXT_LIMIT, CaseEdit, Status
from data.cases.ties import tag
from data.complaints import actions as complaint_steps
from data.complaints import rules
from data.complaints.actions import take
from data.complaints.rules import ComplaintForm, ComplaintReason
from data.credits import actions as credit_steps
from data.credits import agreements
from data.credits.actions import request_credit
from data.credits.rules import CreditKind, CreditRequest
from data.desk import Desk
from data.errors import Invalid

CARD = "Pays with 4111 1111 1111 1111, he says"
FORM = {"dealer": "Dealer of Yonkers", "about": next(iter(ComplaintReason)), "promised": "a call", "happened": "none"}
ASKED = {"kind": CreditKind.BILL_CREDIT, "amount": Decimal(5), "reason": "Goodwill"}
Write = Callable[[Desk, str, str], object]  # a text, about the case of that number


def _in_a_credit(field: str) -> Write:
    return lambda desk, number, text: request_credit(
        desk,
        CreditRequest(**ASKED | {field: text}, case=number),  # type: ignore[arg-type]
    )


def _in_a_complaint(field: str) -> Write:
    return lambda desk, number, text: take(
        desk,
        number,
        ComplaintForm(**FORM | {field: text}),  # type: ignore[arg-type]
    )


WRITTEN: dict[str, Write] = {
    "note": add_note,
    "task": add_task,
    "icci": log_icci,
    "next step": lambda desk, number, text: log_icci(desk, number, "Waits", text),
    "subject": lambda desk, number, text: open_case(desk, text),
    "subject later": lambda desk, number, text: edit_case(desk, number, 1, CaseEdit(subject=text)),
    "contact": lambda desk, number, text: edit_case(desk, number, 1, CaseEdit(contact=text)),
    "resolution": lambda desk, number, text: change_status(desk, number, Status.CLOSED, resolution=text),
    "reason": _in_a_credit("reason"),
    "complaint": _in_a_complaint("happened"),
}
BESIDES: dict[str, Write] = {
    "contact at once": lambda desk, number, text: open_case(desk, "Late bill", contact=text),
    "tag": tag,
    "why a remark stays": lambda desk, number, text: keep_remark(desk, number, "His PIN is 4821.", overruled=text),
    "related to": _in_a_credit("related_to"),
    "dealer": _in_a_complaint("dealer"),
}


TURNED_DOWN = r"This is a card number\. Its last four digits are enough\. Nothing was saved\."


@pytest.mark.parametrize("place", WRITTEN | BESIDES)
def test_a_cards_number_is_turned_down_wherever_it_is_written(desk: Desk, place: str) -> None:
    number = open_case(desk, "The bill is wrong").number
    before = case(desk, number)
    with pytest.raises(Invalid, match=TURNED_DOWN):
        (WRITTEN | BESIDES)[place](desk, number, CARD)
    assert case(desk, number) == before


def test_no_word_on_a_step_of_a_credit_or_a_complaint_holds_one(desk: Desk, lead: Desk) -> None:
    number = open_case(desk, "The bill is wrong").number
    asked = request_credit(
        desk,
        CreditRequest(**ASKED | {"amount": Decimal(500)}, case=number),  # type: ignore[arg-type]
    ).credit
    taken = take(desk, number, ComplaintForm(**FORM)).complaint  # type: ignore[arg-type]
    steps: list[tuple[Callable[..., object], Desk, int]] = [
        (credit_steps.approve, lead, asked.id),
        (credit_steps.deny, lead, asked.id),
        (credit_steps.withdraw, desk, asked.id),
        (complaint_steps.send_back, lead, taken.id),
        (complaint_steps.close, lead, taken.id),
        (complaint_steps.answer, desk, taken.id),
    ]
    for step, who, which in steps:
        with pytest.raises(Invalid, match=TURNED_DOWN):
            step(who, which, CARD)
    credit_steps.approve(lead, asked.id)
    agreements.draw_up(desk, asked.id)
    for settle in (agreements.note_sent, agreements.note_declined, agreements.note_signed):
        with pytest.raises(Invalid, match=TURNED_DOWN):
            settle(desk, asked.id, CARD)


LONGEST = {"note": TEXT_LIMIT, "resolution": TEXT_LIMIT, "complaint": rules.TEXT_LIMIT} | dict.fromkeys(
    ("subject", "subject later"), SUBJECT_LIMIT
)


@pytest.mark.parametrize("place", sorted(WRITTEN.keys() - {"contact"}))
def test_what_is_too_long_to_be_kept_whole_is_turned_down_and_not_cut(desk: Desk, place: str) -> None:
    number = open_case(desk, "The bill is wrong").number
    most = LONGEST.get(place, SHORT_LIMIT)
    before = case(desk, number)
    with pytest.raises(Invalid, match=rf"That has {most + 1:,} characters; {most:,} are kept\. Shorten it; nothing"):
        WRITTEN[place](desk, number, "x" * (most + 1))
    assert case(desk, number) == before
    WRITTEN[place](desk, number, "x" * most)


def test_what_is_left_of_it_is_kept(desk: Desk) -> None:
    number = open_case(desk, "The bill is wrong").number
    for place, write in WRITTEN.items():
        if "subject" not in place and place not in ("contact", "resolution"):
            write(desk, number, "Pays with the card that ends in 1111")
    assert "ends in 1111" in repr(case(desk, number))


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("4111111111111111", "card"),
        ("card 5500-0000-0000-0004 exp 09/27", "card"),
        ("378282246310005", "card"),
        ("４１１１ １１１１ １１１１ １１１１", "card"),
        ("SSN 219-09-9999", "Social Security"),
        ("219 09 9999", "Social Security"),
        ("4111111111111112", ""),  # a wrong check digit: some other number
        ("IMEI 490154203237518", ""),
        ("ICCID 89014103211118510720", ""),
        ("order 219099999", ""),
        ("900-55-0143", ""),  # no Social Security number begins so
        ("PIN 4071 was changed, born 05-17-1961", ""),
        ("212-555-0143 and 10:02 on 11-22-2026", ""),
        ("", ""),
    ],
)
def test_what_is_kept_nowhere(text: str, why: str) -> None:
    assert why in unkeepable(text)
    assert bool(unkeepable(text)) is bool(why)


@given(st.text(alphabet=st.characters(exclude_categories=["Nd"])))
def test_a_text_without_figures_is_always_kept(text: str) -> None:
    assert unkeepable(text) == ""
