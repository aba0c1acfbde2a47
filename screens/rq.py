"""RQ verification on screen: what the agent asks who never had an account, and whether the answers fit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from data.verification.rules import RQ_QUESTIONS
from screens.form import Field, Form, Values

if TYPE_CHECKING:
    from data.desk import Desk

JUDGED = (("no", "does not fit"), ("yes", "fits"))


def rq_form() -> Form:
    """Three questions, each with how its answer is judged; the answers are written down nowhere."""
    fields = [
        field
        for place, question in enumerate(RQ_QUESTIONS)
        for field in (
            Field(f"question{place}", f"Question {place + 1}; ask it otherwise if you like", question),
            Field(f"fits{place}", "The answer", "no", options=JUDGED),
        )
    ]
    return Form("RQ verification: the caller never had an account", fields, _verify)


def _verify(desk: Desk, values: Values) -> bool:
    from data.verification.verifying import verify_rq

    asked = [(values[f"question{place}"], values[f"fits{place}"] == "yes") for place in range(len(RQ_QUESTIONS))]
    return verify_rq(desk, asked)
