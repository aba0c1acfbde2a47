"""`careline search TEXT`: finds customers as the search box does."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from console.printing import print_json, print_lines

if TYPE_CHECKING:
    from console.settings import Settings
    from data.search import CaseHit, Hit, Results

LIMIT = 50


def register(app: typer.Typer) -> None:
    app.command("search", help="Find customers by anything a caller may say: a name, a number, or both.")(search)


def search(
    context: typer.Context,
    text: Annotated[list[str], typer.Argument(help="What the caller says; several words need no quotes.")],
    limit: Annotated[int, typer.Option(min=1, max=1000, help="How many to show at most.")] = LIMIT,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON document, for programs.")] = False,
) -> None:
    from data.desk import open_desk
    from data.search import search as find

    settings: Settings = context.obj
    results = find(open_desk(settings.open_store(), settings.agent), " ".join(text), limit)
    if as_json:
        print_json(as_document(results))
    else:
        print_lines([*map(case_line, results.cases), *told(results)])
    if not results.hits and not results.cases:
        raise typer.Exit(1)


def as_document(results: Results) -> dict[str, Any]:
    """The results as `--json` prints them; `recognised` is the likeliest kind, "" for an empty text."""
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
            }
            for hit in results
        ],
    }


def told(results: Results) -> list[str]:
    """The customers found, as lines; of a case that was found, what only comes near is not told."""
    return [] if results.cases and (results.near or not results.hits) else [headline(results), *map(line, results)]


def case_line(hit: CaseHit) -> str:
    """A case as a line for a person, with what to say if the customer calls in."""
    icci = f" · ICCI: {' → '.join(filter(None, (hit.icci, hit.next_step)))}" if hit.icci else ""
    return f"Case {hit.number}  {hit.status}  {hit.subject} ({hit.name}{icci})"


def headline(results: Results) -> str:
    """How many there are, in words."""
    if results.near:
        return "Nobody matches; these come nearest:"
    if not results.hits:
        return "Nobody matches."
    many = f"more than {results.total:,}" if results.more else f"{results.total:,}"
    shown = "" if len(results) == results.total and not results.more else f", the first {len(results)}"
    return f"{many} found{shown}:"


def line(hit: Hit) -> str:
    """One hit as a line for a person."""
    from data.identifiers import show_mdn

    number = show_mdn(hit.mdn) if hit.mdn else "-"
    what = f"{hit.matched}: {hit.detail}" if hit.detail else hit.matched
    return f"{hit.account or '-':<12}  {number:<12}  {hit.status:<9}  {hit.name} ({what})"
