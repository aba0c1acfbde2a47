"""`careline bill` and `careline eligibility`: what an account pays, why, what comes next, and what it may have.

`careline label` follows devices that are sent back.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Any

import typer

from console.days import DAY, read_day
from console.desks import desk_of
from console.printing import Json, padded, print_json, print_lines, tell
from data import money
from data.errors import Misused
from data.text import counted

if TYPE_CHECKING:
    from data.billing.views import BillView, Eligibility, Explained

ROOM = 52  # cells of an item's text

Account = Annotated[str, typer.Argument(help="The account's number, such as SV093298.")]
On = Annotated[str, typer.Option(metavar=DAY, help="The bill of that day; left out, the newest.")]
Label = Annotated[int, typer.Argument(help="The label's number, as `careline label list` shows it.")]


def register(app: typer.Typer) -> None:
    """Adds the commands to `app`."""
    bills = typer.Typer(help="Bills: show, explain beside a quote, estimate, mail.", no_args_is_help=True)
    bills.command("show", help="Show the newest bill.")(show)
    bills.command("explain", help="Say why a bill is not what was quoted.")(explain)
    bills.command("estimate", help="Show what the next bill will be.")(estimate)
    bills.command("mail", help="Mail the next bill's estimate to the address of record.")(mail)
    app.add_typer(bills, name="bill")
    app.command("eligibility", help="Show what an account may have now.")(eligibility)
    labels = typer.Typer(help="Return labels: ask, follow.", no_args_is_help=True)
    labels.command("request", help="Ask for a label for the device of a line.")(request_label)
    labels.command("note", help="Note how far a label came.")(note_label)
    labels.command("list", help="List labels that are under way.")(list_labels)
    app.add_typer(labels, name="label")


def show(context: typer.Context, account: Account, on: On = "", as_json: Json = False) -> None:
    from data.billing.queries import bill

    _print_bill(bill(desk_of(context), account, read_day(on)), as_json)


def estimate(context: typer.Context, account: Account, as_json: Json = False) -> None:
    from data.billing.queries import estimate as read

    _print_bill(read(desk_of(context), account), as_json)


def explain(
    context: typer.Context,
    account: Account,
    quoted: Annotated[str, typer.Option(help="What the dealer quoted a month in all, in dollars.")] = "",
    line: Annotated[
        list[str] | None, typer.Option(help="What was quoted for a line: 2125550143=85.00; once for each line.")
    ] = None,
    on: On = "",
    as_json: Json = False,
) -> None:
    from data.billing.queries import explain_bill

    by_line = dict(_quoted_line(one) for one in line or ())
    whole = money.parse(quoted) if quoted else None
    found = explain_bill(desk_of(context), account, whole, by_line, read_day(on))
    tell(found, _explained_lines(found), as_json)


def mail(
    context: typer.Context,
    account: Account,
    preview: Annotated[bool, typer.Option("--preview", help="Show the mail; send nothing.")] = False,
    as_json: Json = False,
) -> None:
    from data.billing.mailing import estimate_letter, mail_estimate

    desk = desk_of(context)
    letter = estimate_letter(desk, account) if preview else mail_estimate(desk, account)
    if preview and not as_json:
        print_lines([f"To: {letter.to or 'no mail address of record'}", f"Subject: {letter.subject}", ""])
        print_lines(letter.body.splitlines())
        return
    tell(letter, f"The estimate for {letter.bill.bill_on:%m-%d-%Y} is in the queue for {letter.to}.", as_json)


def eligibility(context: typer.Context, account: Account, as_json: Json = False) -> None:
    from data.billing.eligibility import eligibility as read

    found = read(desk_of(context), account)
    tell(found, _eligibility_lines(found), as_json)


def request_label(
    context: typer.Context,
    account: Account,
    line: Annotated[str, typer.Argument(help="The line's telephone number.")] = "",
    no_store_near: Annotated[bool, typer.Option("--no-store-near", help="The customer says so.")] = False,
    as_json: Json = False,
) -> None:
    from data.billing.eligibility import agreement_of
    from data.billing.labels import request_label as ask

    desk = desk_of(context)
    label = ask(desk, agreement_of(desk, account, line), no_store_near=no_store_near)
    tell(label, f"Label {label.id} for {label.device} is asked for, to {label.sent_to}.", as_json)


def note_label(
    context: typer.Context,
    label: Label,
    state: Annotated[str, typer.Argument(help="sent, shipped, received or withdrawn.")],
    as_json: Json = False,
) -> None:
    from data.billing.labels import LabelState
    from data.billing.labels import note_label as note

    states = {one.name.lower(): one for one in LabelState if one is not LabelState.REQUESTED}
    if state.lower() not in states:
        raise Misused(f"“{state[:30]}” is no state of a label.", f"Say one of {', '.join(states)}.")
    view = note(desk_of(context), label, states[state.lower()])
    tell(view, f"Label {view.id} for {view.device} is {view.state}.", as_json)


def list_labels(
    context: typer.Context,
    everything: Annotated[bool, typer.Option("--all", help="Those that ended, too.")] = False,
    as_json: Json = False,
) -> None:
    from data.billing.labels import labels

    found = labels(desk_of(context), settled=everything)
    if as_json:
        print_json(found)
        return
    print_lines(f"{one.id:>5}  {one.state:<16} {one.account}  {one.line}  {one.device}" for one in found)
    print_lines([f"{counted(len(found), 'label')}."])


def _print_bill(bill: BillView, as_json: bool) -> None:
    tell(bill, _bill_lines(bill), as_json)


def _bill_lines(bill: BillView) -> Iterator[str]:
    how = ", an estimate" if bill.estimated else ""
    yield f"{bill.account} · bill of {bill.bill_on:%m-%d-%Y}{how} · autopay {'on' if bill.autopay else 'off'}"
    for item in bill.items:
        yield f"  {item.line or 'account':<14}{padded(item.text, ROOM)}{money.show(item.amount):>12}"
    yield f"  {'':<14}{'Together':<{ROOM}}{money.show(bill.total):>12}"


def _explained_lines(found: Explained) -> Iterator[str]:
    more = "more" if found.difference >= 0 else "less"
    apart = f"{money.show(abs(found.difference))} {more}"
    yield f"Billed {money.show(found.bill.total)}, quoted {money.show(found.quoted)}: {apart}"
    for part in found.parts:
        yield f"  {money.show(part.amount):>12}  {part.text}{f' ({part.line})' if part.line else ''}"
    yield found.root_cause


def _eligibility_lines(found: Eligibility) -> Iterator[str]:
    yield f"{found.account} · {'loyalty' if found.loyalty else 'not loyalty'} · " + (
        f"{'current' if found.current else 'past due'} · autopay {'on' if found.autopay else 'off'}"
    )
    yield f"  Set-up fee    {found.setup_fee}"
    for line in found.lines:
        yield f"  {line.line}  {line.device or 'no device is paid off on it'}"
        if line.early_upgrade:
            yield f"    Early upgrade    {line.early_upgrade.in_words}"
        if line.return_by_label:
            yield f"    Return by label  {line.return_by_label.in_words}"
        if line.label:
            yield f"    Label            {line.label.id}, {line.label.state}"


def _quoted_line(text: str) -> tuple[str, Any]:
    number, mark, amount = text.partition("=")
    if not mark:
        raise Misused(f"“{text[:40]}” is no quote for a line.", "Write it as 2125550143=85.00.")
    return number.strip(), money.parse(amount)
