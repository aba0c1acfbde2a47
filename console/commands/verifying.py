"""`careline verify`: verifies who is on the line, prompt by prompt, in their order.

A PIN is read from standard input, or asked for on a terminal that shows nothing of it: on a command line others see it.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from console.desks import connected_desk, desk_of
from console.passphrases import ask_passphrase
from console.printing import Json, tell
from data.errors import Misused

if TYPE_CHECKING:
    from data.desk import Desk
    from data.verification.records import Record
    from data.verification.views import Checked, Sent, VerificationView

Account = Annotated[str, typer.Argument(help="The account's number.")]
To = Annotated[str, typer.Option("--to", help="number or address: the one of record.")]
SIX = 6  # digits of a temporary PIN


def register(app: typer.Typer) -> None:
    """Adds the commands to `app`."""
    group = typer.Typer(help="Verify who is on the line.", no_args_is_help=True)
    group.command("show", help="Show how the caller may be verified.")(show)
    group.command("link", help="Send a link to open.")(link)
    group.command("send", help="Send a temporary PIN.")(send)
    group.command("pin", help="Check a PIN: six digits sent, or the customer's own four.")(pin)
    group.command("skip", help="Pass over a prompt that the caller can't answer.")(skip)
    group.command("call-back", help="Note that the customer answered at the number of record.")(called_back)
    group.command("rq", help="Verify who never had an account.")(rq)
    group.command("choose-pin", help="Give a verified customer a PIN of their own.")(choose_pin)
    group.command("confirm", help="Note that a link was opened; for whoever serves the page.")(confirm)
    app.add_typer(group, name="verify")


def show(context: typer.Context, account: Account, as_json: Json = False) -> None:
    from data.verification.queries import verification

    view = verification(desk_of(context), account)
    tell(view, _lines(view), as_json)


def link(context: typer.Context, account: Account, to: To = "number", as_json: Json = False) -> None:
    from data.verification.verifying import send_link

    desk = connected_desk(context)
    _tell_sent(desk, send_link(desk, account, _record(to)), as_json)


def send(context: typer.Context, account: Account, to: To = "number", as_json: Json = False) -> None:
    from data.verification.verifying import send_temporary_pin

    desk = connected_desk(context)
    _tell_sent(desk, send_temporary_pin(desk, account, _record(to)), as_json)


def pin(context: typer.Context, account: Account, as_json: Json = False) -> None:
    from data.verification.own_pin import check_pin
    from data.verification.verifying import check_temporary_pin

    desk = desk_of(context)
    typed = _secret("The PIN that the caller says: ")
    digits = sum(char.isdigit() for char in typed)
    checked = (check_temporary_pin if digits >= SIX else check_pin)(desk, account, typed)
    tell(checked, _outcome(desk, checked), as_json)
    raise typer.Exit(0 if checked.passed else 1)


def skip(
    context: typer.Context,
    account: Account,
    method: Annotated[str, typer.Argument(help="link, temporary-pin or pin.")],
    why: Annotated[str, typer.Option(help="Why the caller can't answer it.")] = "",
    as_json: Json = False,
) -> None:
    from data.verification.rules import Method, named
    from data.verification.verifying import pass_over

    prompt = named(method, Method)
    if prompt is None:
        raise Misused(f"There is no prompt called “{method}”.", "Name link, temporary-pin or pin.")
    pass_over(desk_of(context), account, prompt, why)
    tell({"passed_over": prompt}, f"Passed over the {prompt}.", as_json)


def called_back(context: typer.Context, account: Account, as_json: Json = False) -> None:
    from data.verification.verifying import call_back

    view = call_back(desk_of(context), account)
    tell(view, f"A call back to {view.name} goes on, {view.told}.", as_json)


def rq(
    context: typer.Context,
    fits: Annotated[list[str] | None, typer.Option("--fits", help="A question whose answer fitted.")] = None,
    unfit: Annotated[list[str] | None, typer.Option("--unfit", help="A question whose answer did not.")] = None,
    as_json: Json = False,
) -> None:
    from data.verification.verifying import verify_rq

    asked = [*((question, True) for question in fits or ()), *((question, False) for question in unfit or ())]
    passed = verify_rq(desk_of(context), asked)
    tell({"passed": passed}, "Verified by RQ; no account is opened by it." if passed else "Not verified.", as_json)
    raise typer.Exit(0 if passed else 1)


def choose_pin(context: typer.Context, account: Account, as_json: Json = False) -> None:
    from data.verification.own_pin import set_pin

    set_pin(desk_of(context), account, _secret("The PIN that the customer chooses: "))
    tell({"chosen": account}, "Kept. The customer is told at the contact of record.", as_json)


def confirm(
    context: typer.Context,
    token: Annotated[str, typer.Argument(help="What the link ends with.")],
    as_json: Json = False,
) -> None:
    from data.verification.verifying import confirm_link

    confirm_link(desk_of(context), token)
    tell({"confirmed": True}, "The customer opened the link.", as_json)


def _record(to: str) -> Record:
    from data.verification.records import Record

    known = {"number": Record.NUMBER, "address": Record.ADDRESS}
    if to not in known:
        raise Misused(f"Nothing is sent to “{to}”.", "Say number or address.")
    return known[to]


def _secret(question: str) -> str:
    return ask_passphrase(question) if sys.stdin.isatty() else sys.stdin.readline().strip()


def _tell_sent(desk: Desk, sent: Sent, as_json: bool) -> None:
    demo = f" In the demo you read it too: {sent.demo}" if sent.demo else ""
    until = f"{sent.expires_at.astimezone(desk.agent.zone):%H:%M}"
    tell(sent, f"The {sent.method} is on its way; it holds until {until}.{demo}", as_json)


def _outcome(desk: Desk, checked: Checked) -> str:
    if checked.passed:
        return "That is right: the caller is verified."
    if checked.locked_until:
        from data.verification.pins import lock_ends

        return f"That is wrong. The PIN is locked until {lock_ends(checked.locked_until, desk.now(), desk.agent.zone)}."
    return f"That is wrong. Tries left: {checked.tries_left}."


def _lines(view: VerificationView) -> Iterator[str]:
    yield f"{view.name} ({view.account}) · {view.told}"
    for step in view.steps:
        stands = step.hindrance or (step.outcome or ("next" if step.method is view.next else "not tried"))
        yield f"  {step.method:<14} {stands}"
