"""`careline credit`: see which way a credit would go, ask for it, decide it, issue it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Any

import typer

from console.commands import agreements
from console.commands.agreements import Id
from console.desks import desk_of
from console.printing import Json, moment, print_json, print_lines, tell
from data import money
from data.errors import Misused

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from data.credits.views import CreditView, WholeCredit

KIND = "accessory-coupon, bill-credit, vz-promo, setup-fee or other."

Kind = Annotated[str, typer.Argument(help=KIND)]
Amount = Annotated[str, typer.Argument(help="Dollars and cents, all months together, such as 300 or 24.99.")]
Market = Annotated[str, typer.Option(help="The Market, where it is not the one that the customer lives in.")]


def register(app: typer.Typer) -> None:
    """Adds the commands to `app`."""
    group = typer.Typer(help="Credits: route, ask, decide, agree, issue.", no_args_is_help=True)
    group.command("list", help="List credits: yours, a case's, an account's.")(list_credits)
    group.command("show", help="Show one credit with its story.")(show)
    group.command("route", help="Show which way a credit would go, and why.")(show_route)
    group.command("request", help="Ask for a credit.")(request)
    group.command("approve", help="Approve what somebody else asked for.")(approve)
    group.command("deny", help="Deny what somebody else asked for.")(deny)
    group.command("withdraw", help="Take a credit back, or the months that are left.")(withdraw)
    group.command("issue", help="Note that a credit was issued, or the next month of it.")(issue)
    agreements.add_to(group)
    app.add_typer(group, name="credit")


def list_credits(
    context: typer.Context,
    case: Annotated[str, typer.Option(help="Those of the case of that number.")] = "",
    account: Annotated[str, typer.Option(help="Those of the account of that number.")] = "",
    waiting: Annotated[bool, typer.Option("--waiting", help="Those that wait for you to decide.")] = False,
    as_json: Json = False,
) -> None:
    from data.credits import queries
    from data.credits.views import CreditsView, totals

    if sum(map(bool, (case, account, waiting))) > 1:
        raise Misused("Name a case, an account or --waiting, one of them.", "careline credit list --case 01000001")
    desk = desk_of(context)
    if case or account:
        section = queries.credits_of_case(desk, case) if case else queries.credits_of_account(desk, account)
    else:
        found = queries.waiting_for_me(desk) if waiting else queries.unfinished(desk)
        section = CreditsView(found, totals(found))
    if as_json:
        print_json({"credits": [facts(one) for one in section.credits], "totals": section.totals})
        return
    print_lines(_line(one) for one in section.credits)
    sums = section.totals
    print_lines(
        [
            f"{len(section.credits):,} · asked for {money.show(sums.requested)}"
            f" · to issue {money.show(sums.to_issue)} · issued {money.show(sums.issued)}"
        ]
    )


def show(context: typer.Context, credit: Id, as_json: Json = False) -> None:
    from data.credits.queries import credit as read

    desk = desk_of(context)
    _tell_whole(read(desk, credit), desk.agent.zone, as_json)


def show_route(context: typer.Context, kind: Kind, amount: Amount, market: Market = "", as_json: Json = False) -> None:
    from data.credits.queries import route_for
    from data.credits.rules import parse_kind

    way = route_for(desk_of(context), parse_kind(kind), money.parse(amount), market)
    if as_json:
        print_json(way)
        return
    marks = {"alone": way.alone, "On Call Resolution": way.ocr, "Release Agreement": way.release_agreement}
    print_lines([f"{name}: {'yes' if so else 'no'}" for name, so in marks.items()])
    print_lines([f"decided by: {f'a {way.approver}' if way.approver else 'you'}", way.why])


def request(
    context: typer.Context,
    kind: Kind,
    amount: Amount,
    reason: Annotated[str, typer.Option(help="Why the customer is to have it.")],
    case: Annotated[str, typer.Option(help="The case that it belongs to.")] = "",
    account: Annotated[str, typer.Option(help="The account, where there is no case.")] = "",
    months: Annotated[int, typer.Option(help="Over how many months; 1 is all at once.")] = 1,
    dealer: Annotated[str, typer.Option(help="Ask this dealer for it, instead of the carrier.")] = "",
    related_to: Annotated[str, typer.Option(help="The issue that it is related to.")] = "",
    evidence: Annotated[str, typer.Option(help="What shows that it is owed.")] = "",
    market: Market = "",
    as_json: Json = False,
) -> None:
    from data.credits.actions import request_credit
    from data.credits.rules import AskedOf, CreditRequest, parse_kind

    wanted = CreditRequest(
        kind=parse_kind(kind),
        amount=money.parse(amount),
        reason=reason,
        case=case,
        account=account,
        months=months,
        asked_of=AskedOf.DEALER if dealer else AskedOf.CARRIER,
        dealer=dealer,
        related_to=related_to,
        evidence=evidence,
        market=market,
    )
    _tell_done(request_credit(desk_of(context), wanted), as_json)


def approve(
    context: typer.Context,
    credit: Id,
    why: Annotated[str, typer.Option(help="A word on it.")] = "",
    as_json: Json = False,
) -> None:
    from data.credits import actions

    _tell_done(actions.approve(desk_of(context), credit, why), as_json)


def deny(
    context: typer.Context, credit: Id, why: Annotated[str, typer.Option(help="Why not.")], as_json: Json = False
) -> None:
    from data.credits import actions

    _tell_done(actions.deny(desk_of(context), credit, why), as_json)


def withdraw(
    context: typer.Context, credit: Id, why: Annotated[str, typer.Option(help="Why.")], as_json: Json = False
) -> None:
    from data.credits import actions

    _tell_done(actions.withdraw(desk_of(context), credit, why), as_json)


def issue(context: typer.Context, credit: Id, as_json: Json = False) -> None:
    from data.credits import actions

    _tell_done(actions.issue(desk_of(context), credit), as_json)


def facts(view: CreditView) -> dict[str, Any]:
    """A credit for a program: plain values by name."""
    counted = {name: getattr(view, name) for name in ("monthly", "months_left", "issued", "waits_for")}
    return vars(view) | counted


def _tell_done(whole: WholeCredit, as_json: bool) -> None:
    view = whole.credit
    waits = f"; it waits for {view.waits_for}" if view.waits_for else ""
    tell(facts(view), f"Credit {view.id} of {view.shown_amount} is {view.state}{waits}.", as_json)


def _tell_whole(whole: WholeCredit, zone: ZoneInfo, as_json: bool) -> None:
    if as_json:
        told = {"steps": whole.steps, "agreements": whole.agreements, "together": whole.together}
        print_json(facts(whole.credit) | told)
    else:
        print_lines(_story(whole, zone))


def _line(view: CreditView) -> str:
    marks = "".join((" · On Call Resolution" if view.ocr else "", " · agreement" if view.release_agreement else ""))
    where = view.case or view.account or ""
    return f"{view.id:>6}  {where:<10}{view.state:<11}{view.shown_amount} · {view.kind} · {view.asked_of}{marks}"


def _story(whole: WholeCredit, zone: ZoneInfo) -> Iterator[str]:
    view = whole.credit
    yield f"Credit {view.id} · {view.shown_amount} · {view.kind} · {view.state}"
    about = {
        "Case": view.case or "",
        "Account": " · ".join(filter(None, (view.account, view.name))),
        "Related to": view.related_to,
        "Asked of": f"the dealer {view.dealer}" if view.dealer else f"the {view.asked_of}",
        "Market": view.market,
        "Goes as": view.goes_as,
        "Because": view.reason,
        "Evidence": view.evidence,
        "Waits for": view.waits_for,
    }
    yield from (f"  {label:<12}{text}" for label, text in about.items() if text)
    if whole.together.passes:
        yield f"  ! Together with {', '.join(map(str, whole.together.others))}: {'; '.join(whole.together.passes)}"
    for one in whole.agreements:
        yield f"  Agreement, version {one.version}: {one.state}{f' · {one.note}' if one.note else ''}"
    for step in whole.steps:
        yield f"  {moment(step.at, zone)}  {step.state:<10} {step.agent} · {step.why}"
