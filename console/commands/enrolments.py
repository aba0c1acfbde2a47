"""`careline lifeline enroll`, `recertify`, `de-enroll` and the like: what happens to one customer's Lifeline."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from console.days import DAY, DAYS
from console.desks import desk_of
from console.printing import Json, tell
from data.errors import Misused

if TYPE_CHECKING:
    from data.desk import Desk
    from data.lifeline.views import EnrolmentView

Account = Annotated[str, typer.Argument(help="The account's number, such as SV093298.")]
On = Annotated[datetime | None, typer.Option("--on", formats=DAYS, metavar=DAY, help="The day; today without it.")]
Sac = Annotated[str | None, typer.Option(help="Study area code: six digits.")]
Last4 = Annotated[str | None, typer.Option("--last4", help="The last four digits of the SSN.")]
TribalId = Annotated[str | None, typer.Option(help="The Tribal ID, instead of the four digits.")]
Eligibility = Annotated[str | None, typer.Option(help="The program's eligibility code, such as E2.")]
Household = Annotated[
    datetime | None, typer.Option(formats=DAYS, metavar=DAY, help="When the household worksheet was signed.")
]


def add_to(group: typer.Typer) -> None:
    """Adds the commands to `careline lifeline`."""
    group.command("enroll", help="Begin a customer's Lifeline.")(enrol)
    group.command("amend", help="Correct the SAC, the four digits and the like.")(amend)
    group.command("recertify", help="Note that a customer recertified.")(recertify)
    group.command("use", help="Note that a free service was used.")(use)
    group.command("question", help="Note that a letter asked to prove eligibility.")(question)
    group.command("duplicate", help="Note that a second benefit was reported.")(duplicate)
    group.command("settle", help="Note that neither doubt stands any more.")(settle)
    group.command("hand-over", help="Let an opt-out state have who moved there.")(hand_over)
    group.command("de-enroll", help="End a customer's Lifeline.")(de_enrol)


def enrol(
    context: typer.Context,
    account: Account,
    began: Annotated[datetime, typer.Option(formats=DAYS, metavar=DAY, help="When the service began.")],
    recertified: Annotated[
        datetime | None, typer.Option(formats=DAYS, metavar=DAY, help="When the customer last recertified.")
    ] = None,
    sac: Sac = None,
    last4: Last4 = None,
    tribal_id: TribalId = None,
    eligibility: Eligibility = None,
    household: Household = None,
    paid: Annotated[bool, typer.Option("--paid", help="The customer pays for the service each month.")] = False,
    as_json: Json = False,
) -> None:
    from data.lifeline import service

    proof = service.Proof(sac, last4, tribal_id, eligibility, _day(household))
    began_on = began.date()
    view = service.enrol(
        desk_of(context), account, began_on, recertified_on=_day(recertified), proof=proof, free_service=not paid
    )
    tell(view, f"Enrolled with {view.vendor}, which has to be told: careline lifeline submit {account}", as_json)


def amend(
    context: typer.Context,
    account: Account,
    sac: Sac = None,
    last4: Last4 = None,
    tribal_id: TribalId = None,
    eligibility: Eligibility = None,
    household: Household = None,
    as_json: Json = False,
) -> None:
    from data.lifeline import service

    proof = service.Proof(sac, last4, tribal_id, eligibility, _day(household))
    if proof == service.Proof():
        raise Misused("Nothing is to be corrected.", "Say what, such as --sac 150072.")
    view = service.amend(desk_of(context), account, proof)
    tell(view, f"Corrected; {view.vendor} has to be told: careline lifeline submit {account}", as_json)


def recertify(context: typer.Context, account: Account, on: On = None, as_json: Json = False) -> None:
    from data.lifeline import service
    from data.lifeline.actions import find
    from data.lifeline.rules import lateness

    desk, day = desk_of(context), _day(on)
    late = lateness(find(desk, account).expires_on, day or desk.today())
    view = service.recertify(desk, account, day)
    tell(view, f"Recertified until {view.expires_on:%m-%d-%Y}. {late}".rstrip(), as_json)


def use(context: typer.Context, account: Account, on: On = None, as_json: Json = False) -> None:
    from data.lifeline import service

    _noted(context, service.note_use, account, on, as_json)


def question(context: typer.Context, account: Account, on: On = None, as_json: Json = False) -> None:
    from data.lifeline import service

    _noted(context, service.question, account, on, as_json)


def duplicate(context: typer.Context, account: Account, on: On = None, as_json: Json = False) -> None:
    from data.lifeline import service

    _noted(context, service.report_duplicate, account, on, as_json)


def settle(context: typer.Context, account: Account, as_json: Json = False) -> None:
    from data.lifeline import service

    tell(service.settle(desk_of(context), account), "Settled.", as_json)


def hand_over(context: typer.Context, account: Account, as_json: Json = False) -> None:
    from data.lifeline import service

    view = service.hand_over(desk_of(context), account)
    tell(view, f"Handed over: {view.vendor} has to be told with the next file.", as_json)


def de_enrol(
    context: typer.Context,
    account: Account,
    on: On = None,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    as_json: Json = False,
) -> None:
    from data.lifeline import service

    if not yes:
        if not sys.stdin.isatty():
            raise Misused("De-enrollment takes the customer's benefit away.", "Say --yes to do it without a question.")
        typer.confirm(f"End Lifeline for {account}? The customer loses the benefit", abort=True)
    view = service.de_enrol(desk_of(context), account, _day(on))
    told = f"; {view.vendor} must know within 1 business day" if view.to_submit else ""
    tell(view, f"Lifeline ended on {view.de_enrolled_on:%m-%d-%Y}{told}.", as_json)


def _noted(
    context: typer.Context,
    note: Callable[[Desk, str, date | None], EnrolmentView],
    account: str,
    on: datetime | None,
    as_json: bool,
) -> None:
    tell(note(desk_of(context), account, _day(on)), "Noted.", as_json)


def _day(moment: datetime | None) -> date | None:
    return moment.date() if moment else None
