"""`careline search TEXT`: finds customers as the search box does."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from console.desks import desk_of
from console.printing import Json, tell

if TYPE_CHECKING:
    from collections.abc import Mapping

    from data.cases.views import EntryView
    from data.search import CaseHit, Hit, Results

LIMIT = 50


def register(app: typer.Typer) -> None:
    app.command("search", help="Find customers by a name, a number, or both.")(search)


def search(
    context: typer.Context,
    text: Annotated[list[str], typer.Argument(help="What the caller says; several words need no quotes.")],
    limit: Annotated[int, typer.Option(min=1, max=1000, help="How many to show at most.")] = LIMIT,
    as_json: Json = False,
) -> None:
    from data.cases.queries import icci_of
    from data.search import search as find

    desk = desk_of(context)
    results = find(desk, " ".join(text), limit)
    icci = icci_of(desk, {hit.account for hit in results if hit.account})
    tell(as_document(results, icci), [*map(case_line, results.cases), *told(results, icci)], as_json)
    if not results.hits and not results.cases:
        raise typer.Exit(1)


def as_document(results: Results, icci: Mapping[str, EntryView]) -> dict[str, Any]:
    """The results as `--json` prints them; `recognised` is the likeliest kind, "" for an empty text.

    `icci`: by account, what to say if the customer calls in.
    """
    return {
        "recognised": results.recognised[0].value if results.recognised else "",
        "total": results.total,
        "more": results.more,
        "near": results.near,
        "cases": [hit._asdict() for hit in results.cases],
        "hits": [
            {
                "account": hit.account,
                "name": hit.name,
                "mdn": hit.mdn,
                "matched": hit.matched,
                "score": hit.score,
                "icci": told_icci(icci.get(hit.account)),
            }
            for hit in results
        ],
    }


def told(results: Results, icci: Mapping[str, EntryView]) -> list[str]:
    """The customers found, as lines; of a case that was found, what only comes near is not told."""
    if results.cases and (results.near or not results.hits):
        return []
    return [headline(results), *(line(hit, icci.get(hit.account)) for hit in results)]


def case_line(hit: CaseHit) -> str:
    """A case as a line for a person, with what to say if the customer calls in."""
    icci = f" · ICCI: {' → '.join(filter(None, (hit.icci, hit.next_step)))}" if hit.icci else ""
    return f"Case {hit.number}  {hit.status}  {hit.subject} ({hit.name}{icci})"


def told_icci(entry: EntryView | None) -> str:
    """What to say if the customer calls in, and the next step; "" where there is nothing."""
    return " → ".join(filter(None, (entry.text, entry.next_step))) if entry else ""


def headline(results: Results) -> str:
    """How many there are, in words."""
    if results.near:
        return "Nobody matches; these come nearest:"
    if not results.hits:
        return "Nobody matches."
    many = f"more than {results.total:,}" if results.more else f"{results.total:,}"
    shown = "" if len(results) == results.total and not results.more else f", the first {len(results)}"
    return f"{many} found{shown}:"


def line(hit: Hit, icci: EntryView | None = None) -> str:
    """One hit as a line for a person, with what to say if that customer calls in."""
    from data.identifiers import show_mdn

    number = show_mdn(hit.mdn) if hit.mdn else "-"
    say = f" · ICCI: {told_icci(icci)}" if icci else ""
    what = f"{hit.matched}: {hit.detail}" if hit.detail else hit.matched
    return f"{hit.account or '-':<12}  {number:<12}  {hit.status:<9}  {hit.name} ({what}){say}"
