"""A credit's Release Agreement: drawn up, saved as a PDF, sent, signed or declined, from one menu."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from data.credits.rules import AgreementState
from data.credits.steps import Step
from screens.form import Field, Form, Values

if TYPE_CHECKING:
    from data.credits.views import AgreementView, CreditView
    from data.desk import Desk

SAVE = "save"
SAID = {
    Step.DRAW_UP: "Draw it up and save the PDF",
    Step.SEND: "Note that it was sent",
    Step.SIGN: "Note that it was signed",
    Step.DECLINE: "Note that the customer does not sign",
    SAVE: "Save its PDF once more",
}
ANEW = "Draw up another version and save the PDF"


def choices(view: CreditView, lawful: set[Step]) -> list[tuple[str, str]]:
    """What can be done with the agreement now, the likeliest first."""
    order = [Step.SIGN, Step.DECLINE, Step.SEND] if _sent(view) else [Step.SEND, Step.SIGN, Step.DECLINE]
    if view.agreement is None or view.agreement.state is AgreementState.DECLINED:
        order.insert(0, Step.DRAW_UP)
    else:
        order.append(Step.DRAW_UP)
    rows = [(step.value, ANEW if view.agreement and step is Step.DRAW_UP else SAID[step]) for step in order]
    kept = [(key, said) for key, said in rows if Step(key) in lawful]
    return [*kept, (SAVE, SAID[SAVE])] if view.agreement else kept


def form(view: CreditView, chosen: str) -> Form:
    """The form that does what was chosen; it comes back with a sentence that says so."""
    title = f"Release Agreement of credit {view.id}"
    if chosen in (Step.DRAW_UP, SAVE):
        version = view.agreement.version if view.agreement else 0
        version += chosen == Step.DRAW_UP
        field = Field("path", "Save the PDF as", str(Path.home() / f"release-agreement-{view.id}-{version}.pdf"))
        return Form(title, [field], partial(_save, view.id, chosen == Step.DRAW_UP))
    fields = {
        Step.SEND: Field("note", "Where it was sent", "address of record"),
        Step.SIGN: Field("note", "A word on it", hint="may be left empty"),
        Step.DECLINE: Field("note", "Why not"),
    }
    step = Step(chosen)
    return Form(f"{title}: {SAID[step].lower()}", [fields[step]], partial(_note, view.id, step), "Note it")


def _sent(view: CreditView) -> bool:
    return view.agreement is not None and view.agreement.state is AgreementState.SENT


def _save(credit: int, draw_up: bool, desk: Desk, values: Values) -> str:
    """Draws up a version where wanted; the file is tried first, so that no version is made for nothing."""
    from data.credits.agreements import document
    from data.credits.agreements import draw_up as drawn
    from data.files import named, new_file

    path = named(values["path"])
    with new_file(path, "Write another name.") as file:
        version = drawn(desk, credit).version if draw_up else None
        file.write(document(desk, credit, version))
    return f"✓ {'Drawn up and saved' if draw_up else 'Saved'} as {path}."


def _note(credit: int, step: Step, desk: Desk, values: Values) -> str:
    from data.credits import agreements

    does: dict[Step, Callable[[Desk, int, str], AgreementView]] = {
        Step.SEND: agreements.note_sent,
        Step.SIGN: agreements.note_signed,
        Step.DECLINE: agreements.note_declined,
    }
    view = does[step](desk, credit, values["note"])
    return f"✓ Version {view.version} of the Release Agreement is {view.state}."
