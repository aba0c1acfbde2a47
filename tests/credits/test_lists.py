"""Lists of credits: of a case, of an account, what waits for a lead, what is decided, and what is not finished."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest

from data.cases.actions import open_case
from data.credits import actions
from data.credits.queries import credits_of_account, credits_of_case, decided_for_me, unfinished, waiting_for_me
from data.credits.rules import AskedOf, CreditState
from data.desk import Desk
from data.errors import NotFound
from tests.builders import add_customer
from tests.conftest import NOW
from tests.credits.conftest import ask, at


def test_the_section_of_a_case_lists_carrier_and_dealer(desk: Desk, lead: Desk, case: str) -> None:
    ask(desk, case, "30.00")
    dealers = ask(desk, case, "120.00", asked_of=AskedOf.DEALER, dealer="Harbor Wireless")
    actions.deny(lead, dealers.id, "The dealer says no")
    ask(desk, case, "250.00")
    section = credits_of_case(desk, case)
    assert [(one.asked_of, one.state) for one in section.credits] == [
        (AskedOf.CARRIER, CreditState.REQUESTED),
        (AskedOf.DEALER, CreditState.DENIED),
        (AskedOf.CARRIER, CreditState.APPROVED),
    ]
    assert vars(section.totals) == {
        "requested": Decimal("250.00"),
        "to_issue": Decimal("30.00"),
        "issued": Decimal("0.00"),
    }
    with pytest.raises(NotFound):
        credits_of_case(desk, "09999999")


def test_an_account_shows_the_credits_of_all_its_cases(desk: Desk, case: str) -> None:
    other = open_case(desk, "Another matter", account="SV000001").number
    made = [ask(desk, case, "10.00"), ask(desk, other, "11.00"), ask(desk, "", "12.00", account="sv000001")]
    add_customer(desk, "SV000002", first_name="Jon", last_name="Smith", state="NY")
    ask(desk, "", "13.00", account="SV000002")
    section = credits_of_account(desk, "SV000001")
    assert [one.id for one in section.credits] == [one.id for one in reversed(made)]
    assert {one.account for one in section.credits} == {"SV000001"}
    assert section.totals.to_issue == Decimal("33.00")


def test_the_lead_sees_what_waits_and_the_agent_the_answer(desk: Desk, lead: Desk, case: str) -> None:
    plain = ask(desk, case, "700.00")
    moment = ask(at(desk, NOW + timedelta(minutes=5)), case, "300.00")
    assert [one.id for one in waiting_for_me(lead)] == [moment.id, plain.id], "in the moment comes first"
    assert waiting_for_me(desk) == ()
    assert decided_for_me(desk, NOW) == ()
    actions.approve(at(lead, NOW + timedelta(minutes=6)), moment.id, "Go ahead")
    (told,) = decided_for_me(desk, NOW)
    assert (told.id, told.decision, told.decided_by) == (moment.id, "Go ahead", "lead03")
    assert decided_for_me(desk, NOW + timedelta(minutes=6)) == ()
    assert [one.id for one in waiting_for_me(lead)] == [plain.id]


def test_what_is_not_finished_is_in_my_name(desk: Desk, lead: Desk, case: str) -> None:
    mine = [ask(desk, case, "10.00"), ask(desk, case, "300.00")]
    theirs = ask(lead, case, "20.00")
    assert [one.id for one in unfinished(desk)] == [one.id for one in mine]
    actions.issue(desk, mine[0].id)
    assert [one.id for one in unfinished(desk)] == [mine[1].id]
    assert [one.id for one in unfinished(lead, everybodys=True)] == [mine[1].id, theirs.id]
    assert unfinished(desk)[0].waits_for == "a lead to decide"
