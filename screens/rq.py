"""RQ verification on screen: what the agent asks who never had an account, and whether the answers fit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.widgets import Static

from data.verification.rules import RQ_QUESTIONS
from screens.form import Field, Values
from screens.sheet import Sheet

if TYPE_CHECKING:
    from data.desk import Desk

JUDGED = (("no", "does not fit"), ("yes", "fits"))
HOW = "Ask these, or type others in their place; the answers are written down nowhere. Each of them has to fit."


class RqForm(Sheet):
    """Three questions, each with how its answer is judged."""

    def __init__(self) -> None:
        fields = [
            field
            for place, question in enumerate(RQ_QUESTIONS)
            for field in (
                Field(f"question{place}", f"Question {place + 1}", question),
                Field(f"fits{place}", "The answer", "no", options=JUDGED),
            )
        ]
        super().__init__("RQ verification: the caller never had an account", fields, _verify, "Verify")

    def compose_fields(self) -> ComposeResult:
        yield from super().compose_fields()
        yield Static(HOW, classes="told", markup=False)


def _verify(desk: Desk, values: Values) -> bool:
    from data.verification.verifying import verify_rq

    asked = [(values[f"question{place}"], values[f"fits{place}"] == "yes") for place in range(len(RQ_QUESTIONS))]
    return verify_rq(desk, asked)
