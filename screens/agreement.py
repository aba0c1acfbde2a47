"""A credit's Release Agreement: drawn up, saved as a PDF, sent, signed or declined, from one menu."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from data.credits.rules import AgreementState
from data.credits.steps import Step
from data.files import named, new_file
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
    newest = view.agreement.version if view.agreement else 0
    if chosen == Step.DRAW_UP:
        return saving_form(view.id, newest + 1, draw_up=True)
    if chosen == SAVE:
        return saving_form(view.id, newest)
    fields = {
        Step.SEND: Field("note", "Where it was sent", "address of record"),
        Step.SIGN: Field("note", "A word on it", hint="may be left empty"),
        Step.DECLINE: Field("note", "Why not"),
    }
    step = Step(chosen)
    title = f"{_title(view.id)}: {SAID[step].lower()}"
    return Form(title, [fields[step]], partial(_note, view.id, step), "Note it")


def saving_form(credit: int, version: int, *, draw_up: bool = False) -> Form:
    """The form that saves a version's PDF, or draws that version up before; it says where the file is."""
    field = Field("path", "Save the PDF as", str(Path.home() / f"release-agreement-{credit}-{version}.pdf"))
    return Form(_title(credit), [field], partial(_save, credit, None if draw_up else version))


def _title(credit: int) -> str:
    return f"Release Agreement of credit {credit}"


def _sent(view: CreditView) -> bool:
    return view.agreement is not None and view.agreement.state is AgreementState.SENT


def _save(credit: int, version: int | None, desk: Desk, values: Values) -> str:
    """Saves `version`, or without one draws up the next; the file is tried first, so that none is made for nothing."""
    from data.credits.agreements import document, draw_up

    path = named(values["path"])
    with new_file(path, "Write another name.") as file:
        file.write(document(desk, credit, version or draw_up(desk, credit).version))
    return f"✓ {'Saved' if version else 'Drawn up and saved'} as {path}."


def _note(credit: int, step: Step, desk: Desk, values: Values) -> str:
    from data.credits import agreements

    does: dict[Step, Callable[[Desk, int, str], AgreementView]] = {
        Step.SEND: agreements.note_sent,
        Step.SIGN: agreements.note_signed,
        Step.DECLINE: agreements.note_declined,
    }
    view = does[step](desk, credit, values["note"])
    return f"✓ Version {view.version} of the Release Agreement is {view.state}."
