"""Credits and complaints on the dashboard: whose move it is, for the agent and for the lead."""

from __future__ import annotations

import pytest

from data.cases.dashboard import pending, pending_count
from data.cases.pending import ItemKind, PendingItem, Urgency
from data.complaints import actions as complaining
from data.complaints.rules import ComplaintForm
from data.credits import actions, agreements
from data.desk import Desk
from data.errors import Refused
from tests.credits.conftest import ask


def of_kind(desk: Desk, kind: ItemKind, *, team: bool = False) -> list[PendingItem]:
    return [item for item in pending(desk, team=team).items if item.kind is kind]


def test_a_credit_moves_between_agent_lead_and_customer(desk: Desk, lead: Desk, case: str) -> None:
    def seen(who: Desk) -> list[tuple[str, Urgency]]:
        return [(item.waiting_on, item.urgency) for item in of_kind(who, ItemKind.CREDIT)]

    view = ask(desk, case, "300.00")
    assert seen(desk) == [("lead", Urgency.ON_OTHERS)]
    assert seen(lead) == [("me", Urgency.ON_ME)]
    (item,) = of_kind(lead, ItemKind.CREDIT)
    assert (item.case, item.account, item.name, item.owner) == (case, "SV000001", "Maria Alvarez", "agent07")
    assert item.text == "On Call Resolution of $300.00: a lead to decide"
    actions.approve(lead, view.id)
    assert (seen(desk), seen(lead)) == ([("me", Urgency.ON_ME)], [])
    agreements.draw_up(desk, view.id)
    agreements.note_sent(desk, view.id, "by mail")
    assert seen(desk) == [("customer", Urgency.ON_OTHERS)]
    agreements.note_signed(desk, view.id)
    assert seen(desk) == [("me", Urgency.ON_ME)]
    actions.issue(desk, view.id)
    assert seen(desk) == []


def test_a_complaint_moves_between_agent_and_lead(desk: Desk, lead: Desk, case: str) -> None:
    form = ComplaintForm(dealer="Harbor Wireless", promised="No fee", happened="A fee")
    view = complaining.take(desk, case, form).complaint
    assert [item.waiting_on for item in of_kind(desk, ItemKind.COMPLAINT)] == ["lead"]
    assert [item.waiting_on for item in of_kind(lead, ItemKind.COMPLAINT)] == ["me"]
    complaining.send_back(lead, view.id, "Which rep?")
    (item,) = of_kind(desk, ItemKind.COMPLAINT)
    assert (item.waiting_on, item.text) == ("me", "Complaint about Harbor Wireless, back with questions: Which rep?")
    assert of_kind(lead, ItemKind.COMPLAINT) == []
    complaining.close(lead, view.id, "Refunded")
    assert of_kind(desk, ItemKind.COMPLAINT) == []


def test_the_team_has_each_once_and_the_count_is_the_same(desk: Desk, lead: Desk, case: str) -> None:
    ask(desk, case, "300.00")
    ask(desk, case, "20.00")
    complaining.take(desk, case, ComplaintForm(dealer="Harbor Wireless", promised="No fee", happened="A fee"))
    assert len(of_kind(lead, ItemKind.CREDIT, team=True)) == 2
    assert len(of_kind(lead, ItemKind.COMPLAINT, team=True)) == 1
    for who in (desk, lead):
        assert pending_count(who) == len(pending(who))
    with pytest.raises(Refused):
        pending(desk, team=True)
