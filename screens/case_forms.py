"""What one writes in a case, as short forms: each does its work in the store and comes back with the case."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from data.cases.due import HINT, read_due
from data.cases.rules import Status
from data.errors import Invalid
from data.identifiers import parse_mdn
from screens.form import Field, Form, Values

if TYPE_CHECKING:
    from data.cases.views import CaseView
    from data.desk import Desk


def icci_form(number: str) -> Form:
    """What whoever picks up must know, and the next step."""
    fields = [
        Field("text", "What to tell the customer"),
        Field("next_step", "The next step", hint="who does what, and when"),
    ]
    return Form("If the customer calls in", fields, partial(_log_icci, number), "Log")


def note_form(number: str) -> Form:
    """A note, for agents only."""
    field = Field("text", "Note, for agents only; @name tells one", long=True)
    return Form("Note", [field], partial(_note, number), "Note")


def task_form(number: str) -> Form:
    """Something to be done."""
    fields = [
        Field("text", "What is to be done"),
        Field("due", "Until when", "tomorrow", hint=HINT),
        Field("owner", "By whom", hint="you; or an agent's sign-in name"),
    ]
    return Form("Task", fields, partial(_add_task, number), "Add")


def attaching_form(number: str) -> Form:
    """Whose case it is after all."""
    fields = [Field("account", "Account number, or the telephone number of one of its lines")]
    return Form(f"Whose is case {number}?", fields, partial(_attach, number), "Attach")


def closing_form(number: str) -> Form:
    """How the case ended."""
    return Form(f"Close {number}", [Field("resolution", "How it ended")], partial(_close, number), "Close")


def _log_icci(number: str, desk: Desk, values: Values) -> CaseView:
    from data.cases.actions import log_icci

    return log_icci(desk, number, values["text"], values["next_step"])


def _note(number: str, desk: Desk, values: Values) -> CaseView:
    from data.cases.notes import add_note

    return add_note(desk, number, values["text"])


def _add_task(number: str, desk: Desk, values: Values) -> CaseView:
    from data.cases.notes import add_task

    try:
        due = read_due(values["due"], desk.now(), desk.agent.zone)
    except ValueError as error:
        raise Invalid({"due": str(error)}, "Leave it empty for no due time.") from None
    return add_task(desk, number, values["text"], due_at=due, owner=values["owner"].strip() or None)


def _attach(number: str, desk: Desk, values: Values) -> CaseView:
    from data.cases.ties import attach

    whose = values["account"]
    if parse_mdn(whose):
        return attach(desk, number, mdn=whose)
    return attach(desk, number, account=whose.strip() or None)


def _close(number: str, desk: Desk, values: Values) -> CaseView:
    from data.cases.actions import change_status

    return change_status(desk, number, Status.CLOSED, resolution=values["resolution"])
