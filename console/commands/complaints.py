"""`careline complaint`: take a complaint about a dealer, review it, decide it, count them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from console.commands import complaint_report
from console.desks import connected_desk
from console.printing import Json, moment, print_json, print_lines, tell
from data.errors import Misused
from data.text import counted

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from data.complaints.views import ComplaintView, WholeComplaint
    from data.desk import Desk

DECISIONS = "market, questions or close."

Id = Annotated[int, typer.Argument(help="The complaint's number, as `careline complaint list` shows it.")]


def register(app: typer.Typer) -> None:
    """Adds the commands to `app`."""
    group = typer.Typer(help="Complaints about dealers.", no_args_is_help=True)
    group.command("list", help="List what waits for review.")(list_complaints)
    group.command("show", help="Show one complaint with its story.")(show)
    group.command("take", help="Take a complaint from a case.")(take)
    group.command("preview", help="Show the mail as it would go to the Market.")(preview)
    group.command("decide", help="Send it to the Market, back with questions, or close it.")(decide)
    group.command("answer", help="Answer a lead's questions.")(answer)
    group.command("report", help="Count complaints over a period.")(complaint_report.report)
    app.add_typer(group, name="complaint")


def list_complaints(
    context: typer.Context,
    case: Annotated[str, typer.Option(help="Those of the case of that number.")] = "",
    everything: Annotated[bool, typer.Option("--all", help="All of them, however they stand.")] = False,
    mine: Annotated[bool, typer.Option("--mine", help="Those that came back to you with questions.")] = False,
    as_json: Json = False,
) -> None:
    from data.complaints import queries

    desk = connected_desk(context)
    if case:
        found = queries.complaints_of_case(desk, case)
    elif mine:
        found = queries.questioned_for_me(desk)
    else:
        found = queries.complaints(desk) if everything else queries.review_queue(desk)
    if as_json:
        print_json(found)
        return
    print_lines(_line(one, desk.agent.zone) for one in found)
    print_lines([f"{counted(len(found), 'complaint')}."])


def show(context: typer.Context, complaint: Id, as_json: Json = False) -> None:
    from data.complaints.queries import complaint as read

    desk = connected_desk(context)
    _tell(read(desk, complaint), desk.agent.zone, as_json)


def take(
    context: typer.Context,
    case: Annotated[str, typer.Argument(help="The case's number.")],
    dealer: Annotated[str, typer.Option(help="The dealer.")],
    promised: Annotated[str, typer.Option(help="What was promised.")],
    happened: Annotated[str, typer.Option(help="What happened instead.")],
    about: Annotated[str, typer.Option(help="credit, price, fee, trade-in, not-ordered, conduct or other.")] = "other",
    store: Annotated[str, typer.Option(help="Which of the dealer's stores.")] = "",
    rep: Annotated[str, typer.Option(help="Who said it.")] = "",
    evidence: Annotated[str, typer.Option(help="What shows it.")] = "",
    market: Annotated[str, typer.Option(help="The Market, where it is not the customer's own.")] = "",
    as_json: Json = False,
) -> None:
    from data.complaints import actions
    from data.complaints.rules import ComplaintForm, ComplaintReason

    known = {reason.name.lower().replace("_", "-"): reason for reason in ComplaintReason}
    if about not in known:
        raise Misused(f"“{about}” is no reason.", f"Say one of {', '.join(known)}.")
    form = ComplaintForm(
        dealer=dealer,
        promised=promised,
        happened=happened,
        about=known[about],
        store=store,
        rep=rep,
        evidence=evidence,
        market=market,
    )
    _tell_done(actions.take(connected_desk(context), case, form), as_json)


def preview(context: typer.Context, complaint: Id, as_json: Json = False) -> None:
    from data.complaints.market_mail import preview as read

    shown = read(connected_desk(context), complaint)
    if as_json:
        print_json(shown)
        return
    print_lines([f"To: {shown.recipient}", f"Subject: {shown.subject}", "", *shown.body.splitlines()])
    if shown.left_out:
        print_lines(["", f"Left out, since it must not leave the house: {shown.left_out}."])


def decide(
    context: typer.Context,
    complaint: Id,
    decision: Annotated[str, typer.Argument(help=DECISIONS)],
    why: Annotated[str, typer.Option(help="The questions, the reason, or a word on it.")] = "",
    market: Annotated[str, typer.Option(help="The Market, where nobody has said it.")] = "",
    as_json: Json = False,
) -> None:
    from data.complaints import actions

    decisions: dict[str, Callable[[Desk, int, str], WholeComplaint]] = {
        "market": _to_market,
        "questions": actions.send_back,
        "close": actions.close,
    }
    if decision not in decisions:
        raise Misused(f"“{decision}” is no decision.", f"Say {DECISIONS}")
    desk = connected_desk(context)
    if market:
        actions.place(desk, complaint, market)
    _tell_done(decisions[decision](desk, complaint, why), as_json)


def answer(
    context: typer.Context,
    complaint: Id,
    text: Annotated[str, typer.Argument(help="The answer.")],
    as_json: Json = False,
) -> None:
    from data.complaints import actions

    _tell_done(actions.answer(connected_desk(context), complaint, text), as_json)


def _to_market(desk: Desk, complaint: int, why: str) -> WholeComplaint:
    from data.complaints import actions
    from data.complaints.queries import complaint as read
    from data.mail.carriers import carrier_for
    from data.mail.queue import deliver

    carrier = carrier_for(desk.connections, desk.store.path)
    actions.send_to_market(desk, complaint, why)
    deliver(desk, carrier)
    return read(desk, complaint)


def _tell_done(whole: WholeComplaint, as_json: bool) -> None:
    if as_json:
        print_json(whole)
        return
    view, mail = whole.complaint, whole.mail
    gone = f" The mail to {mail.recipient} is {mail.state}.{f' {mail.error}' if mail.error else ''}" if mail else ""
    print_lines([f"Complaint {view.id} about {view.dealer} is {view.state}.{gone}"])


def _tell(whole: WholeComplaint, zone: ZoneInfo, as_json: bool) -> None:
    tell(whole, _story(whole, zone), as_json)


def _line(view: ComplaintView, zone: ZoneInfo) -> str:
    where = " · ".join(filter(None, (view.dealer, view.store, view.rep)))
    return f"{view.id:>6}  {view.taken_at.astimezone(zone):%m-%d-%Y}  {view.case}  {view.state}  {where} · {view.about}"


def _story(whole: WholeComplaint, zone: ZoneInfo) -> Iterator[str]:
    view = whole.complaint
    yield f"Complaint {view.id} · {view.dealer} · {view.state}"
    about = {
        "Case": view.case,
        "Account": " · ".join(filter(None, (view.account, view.name))),
        "Market": view.market,
        "Store": view.store,
        "Rep": view.rep,
        "About": view.about,
        "Promised": view.promised,
        "Happened": view.happened,
        "Evidence": view.evidence,
        "Mail": f"{whole.mail.recipient}, {whole.mail.state}" if whole.mail else "",
    }
    yield from (f"  {label:<10}{text}" for label, text in about.items() if text)
    for step in whole.steps:
        yield f"  {moment(step.at, zone)}  {step.state} · {step.agent} · {step.why}"
