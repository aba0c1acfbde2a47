"""Why a step can't be taken, and what to do instead: the same words for an action and for the screen."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from data.credits.rules import AgreementState, AskedOf, CreditKind, CreditState
from data.credits.steps import Step, hindrance
from data.credits.views import AgreementView, CreditView
from tests.conftest import NOW

AGREED = AgreementView(1, AgreementState.DRAWN_UP, "", "agent07", NOW, "", None, "", None, "")
ASKED = CreditView(
    id=1, case="01000001", account="SV000001", name="Maria Alvarez", kind=CreditKind.BILL_CREDIT, related_to="",
    amount=Decimal("300.00"), months=1, months_issued=0, asked_of=AskedOf.CARRIER, dealer="", reason="Promised",
    evidence="", market="Northeast", ocr=True, release_agreement=True, state=CreditState.REQUESTED,
    requested_by="agent07", requested_at=NOW, decided_by="", decided_at=None, decision="", agreement=None,
)  # fmt: skip
APPROVED = replace(ASKED, state=CreditState.APPROVED, decided_by="lead03")


def with_agreement(state: AgreementState) -> CreditView:
    return replace(APPROVED, agreement=replace(AGREED, state=state))


@pytest.mark.parametrize(
    ("step", "view", "me", "why"),
    [
        (Step.APPROVE, ASKED, "lead03", None),
        (Step.APPROVE, ASKED, "agent07", "yourself"),
        (Step.DENY, APPROVED, "lead03", "approved by lead03 already"),
        (Step.ISSUE, ASKED, "agent07", "Nobody has approved"),
        (Step.ISSUE, APPROVED, "agent07", "None has been drawn up"),
        (Step.ISSUE, with_agreement(AgreementState.SENT), "agent07", "It is sent"),
        (Step.ISSUE, with_agreement(AgreementState.SIGNED), "agent07", None),
        (Step.ISSUE, replace(APPROVED, release_agreement=False), "agent07", None),
        (Step.WITHDRAW, ASKED, "agent07", None),
        (Step.WITHDRAW, ASKED, "agent02", "Somebody else"),
        (Step.WITHDRAW, replace(ASKED, state=CreditState.ISSUED), "agent07", "issued already"),
        (Step.DRAW_UP, ASKED, "agent07", "This credit is requested"),
        (Step.DRAW_UP, APPROVED, "agent07", None),
        (Step.DRAW_UP, replace(APPROVED, release_agreement=False), "agent07", "needs no Release Agreement"),
        (Step.DRAW_UP, with_agreement(AgreementState.SIGNED), "agent07", "signed already"),
        (Step.SIGN, APPROVED, "agent07", "has no Release Agreement"),
        (Step.SIGN, with_agreement(AgreementState.DECLINED), "agent07", "declined already"),
        (Step.SEND, with_agreement(AgreementState.DRAWN_UP), "agent07", None),
    ],
)
def test_why_a_step_is_not_taken(step: Step, view: CreditView, me: str, why: str | None) -> None:
    no = hindrance(step, view, me, decides=me == "lead03")
    assert (no is None) if why is None else (no is not None and why in no.reason and no.remedy)
