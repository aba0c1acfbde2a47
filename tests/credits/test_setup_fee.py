"""A complaint about the set-up fee: explained, then a coupon, and no case closes over an accepted coupon."""

from __future__ import annotations

import pytest

from data.billing.eligibility import eligibility
from data.cases.actions import change_status, open_case
from data.cases.merging import merge, undo_merge
from data.cases.rules import Status
from data.credits import actions
from data.credits.closing import blocks_closing
from data.credits.queries import credits_of_case
from data.credits.rules import CreditKind, CreditState
from data.credits.setup_fee import note_answer, note_explained, note_offered, setup_fee
from data.desk import Desk
from data.errors import Invalid, NotFound, Refused
from tests.builders import put_on_line
from tests.credits.conftest import ask


def test_it_is_explained_first_then_the_coupon_is_offered(desk: Desk, case: str) -> None:
    with pytest.raises(Refused, match="not been explained"):
        note_offered(desk, case)
    with pytest.raises(Refused, match="not been offered"):
        note_answer(desk, case, accepted=True)
    assert "$50.00 set-up fee" in setup_fee(desk, case).to_say
    assert note_explained(desk, case).next_step == "Offer the accessory coupon."
    assert note_offered(desk, case).next_step == "Note whether the customer takes the coupon."
    assert note_answer(desk, case, accepted=False).next_step == ""


def test_the_fee_itself_is_asked_for_only_after_that(desk: Desk, case: str) -> None:
    with pytest.raises(Refused, match="explained first"):
        ask(desk, case, "50.00", kind=CreditKind.SETUP_FEE)
    note_explained(desk, case)
    note_offered(desk, case)
    with pytest.raises(Refused, match="explained first"):
        ask(desk, case, "50.00", kind=CreditKind.SETUP_FEE)  # nobody has said whether the coupon is wanted
    note_answer(desk, case, accepted=True)
    with pytest.raises(Refused, match="took an accessory coupon"):
        ask(desk, case, "50.00", kind=CreditKind.SETUP_FEE)
    note_answer(desk, case, accepted=False)
    assert ask(desk, case, "50.00", kind=CreditKind.SETUP_FEE).kind is CreditKind.SETUP_FEE


def test_the_fee_is_not_asked_for_without_a_case_to_explain_it_in(desk: Desk, case: str) -> None:
    with pytest.raises(Invalid, match="in a case"):
        ask(desk, "", "50.00", kind=CreditKind.SETUP_FEE, account="SV000001")
    assert ask(desk, "", "50.00", account="SV000001").case is None  # of any other kind it may be


def test_an_accepted_coupon_keeps_the_case_open_until_it_is_a_credit(desk: Desk, case: str) -> None:
    note_explained(desk, case)
    note_offered(desk, case)
    assert note_answer(desk, case, accepted=True).next_step == "Ask for the coupon as a credit."
    with pytest.raises(Refused, match="accepted an accessory coupon"):
        change_status(desk, case, Status.CLOSED, resolution="Coupon given")
    coupon = ask(desk, case, "25.00", kind=CreditKind.ACCESSORY_COUPON)
    actions.withdraw(desk, coupon.id, "Typed wrong")
    with pytest.raises(Refused, match="accepted an accessory coupon"):
        change_status(desk, case, Status.CLOSED, resolution="Coupon given")
    ask(desk, case, "30.00", kind=CreditKind.ACCESSORY_COUPON)
    assert setup_fee(desk, case).next_step == ""
    with pytest.raises(Refused, match="stands as a credit"):
        note_answer(desk, case, accepted=False)
    assert change_status(desk, case, Status.CLOSED, resolution="Coupon given").status is Status.CLOSED


def test_another_case_is_not_kept_open(desk: Desk, case: str) -> None:
    with desk.reading() as session:
        assert blocks_closing(session, 1) is None
    note_explained(desk, case)
    note_offered(desk, case)
    note_answer(desk, case, accepted=True)
    note_answer(desk, case, accepted=False)
    with desk.reading() as session:
        assert blocks_closing(session, 1) is None
    with pytest.raises(NotFound):
        setup_fee(desk, "09999999")


def test_a_duplicate_brings_its_coupon_and_credits_into_the_case_that_goes_on(desk: Desk, case: str) -> None:
    duplicate = open_case(desk, "The same again", account="SV000001").number
    small = ask(desk, duplicate, "10.00")
    note_explained(desk, duplicate)
    note_offered(desk, duplicate)
    note_answer(desk, duplicate, accepted=True)
    merge(desk, duplicate, case)
    assert [view.id for view in credits_of_case(desk, case).credits] == [small.id]
    with pytest.raises(Refused, match="accepted an accessory coupon"):
        change_status(desk, case, Status.CLOSED, resolution="Done")
    ask(desk, case, "25.00", kind=CreditKind.ACCESSORY_COUPON)
    assert change_status(desk, case, Status.CLOSED, resolution="Done").status is Status.CLOSED


def merged(desk: Desk, case: str, *steps: bool | None) -> str:
    """Merges a duplicate into the case, in which the fee was explained, and the coupon offered and answered so."""
    duplicate = open_case(desk, "The same again", account="SV000001").number
    note_explained(desk, duplicate)
    for answer in steps:
        note_offered(desk, duplicate)
        if answer is not None:
            note_answer(desk, duplicate, answer)
    merge(desk, duplicate, case)
    return duplicate


@pytest.mark.parametrize(
    ("steps", "next_step", "asked"),
    [
        ((), "Offer the accessory coupon.", "is explained first"),
        ((None,), "Note whether the customer takes the coupon.", "is explained first"),
        ((True,), "Ask for the coupon as a credit.", "took an accessory coupon"),
        ((False,), "", ""),
    ],
)
def test_what_was_said_in_a_duplicate_counts_in_the_case_that_goes_on(
    desk: Desk, case: str, steps: tuple[bool | None, ...], next_step: str, asked: str
) -> None:
    duplicate = merged(desk, case, *steps)
    assert setup_fee(desk, case).next_step == next_step
    put_on_line(desk, "SV000001")
    assert f"case {case}" in eligibility(desk, "SV000001").setup_fee
    if asked:
        with pytest.raises(Refused, match=asked):
            ask(desk, case, "50.00", kind=CreditKind.SETUP_FEE)
    else:
        assert ask(desk, case, "50.00", kind=CreditKind.SETUP_FEE).state is CreditState.APPROVED
    undo_merge(desk, duplicate)
    assert setup_fee(desk, case).explained_at is None
    assert setup_fee(desk, duplicate).next_step == next_step


def test_a_coupon_taken_in_a_duplicate_is_not_wanted_after_all_in_the_case_that_goes_on(desk: Desk, case: str) -> None:
    note_explained(desk, case)
    note_offered(desk, case)
    note_answer(desk, case, accepted=False)
    merged(desk, case, True)
    with pytest.raises(Refused, match="accepted an accessory coupon"):
        change_status(desk, case, Status.CLOSED, resolution="Done")
    assert note_answer(desk, case, accepted=False).accepted is False
    assert change_status(desk, case, Status.CLOSED, resolution="Done").status is Status.CLOSED
