"""`careline credit agreement`, `sent`, `signed`, `declined` and `set-up-fee`: what goes with a credit."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from console.desks import desk_of
from console.printing import Json, tell
from data.errors import Misused
from data.files import new_file

if TYPE_CHECKING:
    from data.credits.views import AgreementView

Id = Annotated[int, typer.Argument(help="The credit's number, as `careline credit list` shows it.")]
FEE_STEPS = "explained, offered, accepted or declined; left out, it shows what comes next."


def add_to(group: typer.Typer) -> None:
    """Adds the commands to `careline credit`."""
    group.command("agreement", help="Draw up the Release Agreement, or save the one that stands.")(agreement)
    group.command("sent", help="Note that the agreement was sent.")(sent)
    group.command("signed", help="Note that the agreement was signed.")(signed)
    group.command("declined", help="Note that the customer does not sign.")(declined)
    group.command("set-up-fee", help="Walk through a complaint about the set-up fee.")(set_up_fee)


def agreement(
    context: typer.Context,
    credit: Id,
    out: Annotated[Path | None, typer.Option(help="Save the PDF there; the file must not exist yet.")] = None,
    anew: Annotated[bool, typer.Option("--anew", help="Draw up a new version.")] = False,
    as_json: Json = False,
) -> None:
    from data.credits import agreements
    from data.credits.queries import credit as read
    from data.credits.rules import AgreementState

    desk = desk_of(context)
    view = read(desk, credit).credit.agreement
    if anew or view is None or view.state is AgreementState.DECLINED:
        view = agreements.draw_up(desk, credit)
    if out:
        with new_file(out, "Name another with --out.") as file:
            file.write(agreements.document(desk, credit, view.version))
    _tell(view, as_json, f" It is in {out}." if out else "")


def sent(
    context: typer.Context,
    credit: Id,
    to: Annotated[str, typer.Option(help="Where it was sent.")],
    as_json: Json = False,
) -> None:
    from data.credits.agreements import note_sent

    _tell(note_sent(desk_of(context), credit, to), as_json)


def signed(
    context: typer.Context, credit: Id, note: Annotated[str, typer.Option(help="How.")] = "", as_json: Json = False
) -> None:
    from data.credits.agreements import note_signed

    _tell(note_signed(desk_of(context), credit, note), as_json)


def declined(
    context: typer.Context, credit: Id, why: Annotated[str, typer.Option(help="Why.")], as_json: Json = False
) -> None:
    from data.credits.agreements import note_declined

    _tell(note_declined(desk_of(context), credit, why), as_json)


def set_up_fee(
    context: typer.Context,
    case: Annotated[str, typer.Argument(help="The case's number.")],
    step: Annotated[str, typer.Argument(help=FEE_STEPS)] = "",
    as_json: Json = False,
) -> None:
    from data.credits import setup_fee

    steps = {
        "": lambda desk: setup_fee.setup_fee(desk, case),
        "explained": lambda desk: setup_fee.note_explained(desk, case),
        "offered": lambda desk: setup_fee.note_offered(desk, case),
        "accepted": lambda desk: setup_fee.note_answer(desk, case, accepted=True),
        "declined": lambda desk: setup_fee.note_answer(desk, case, accepted=False),
    }
    if step not in steps:
        raise Misused(f"“{step}” is no step of it.", f"Say {FEE_STEPS}")
    view = steps[step](desk_of(context))
    to_say = f" Say: {view.to_say}" if view.to_say else ""
    tell(view, f"{view.next_step or 'Nothing is left to do.'}{to_say}", as_json)


def _tell(view: AgreementView, as_json: bool, more: str = "") -> None:
    tell(view, f"Version {view.version} of the Release Agreement is {view.state}.{more}", as_json)
