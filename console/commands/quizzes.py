"""`careline quiz`: decks in and out, playing and practising them, and what came of it."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from console.commands import quiz_play
from console.days import DAY, DAYS
from console.desks import desk_of
from console.printing import Json, print_lines, tell
from data.errors import Misused
from data.files import new_file
from data.text import counted

if TYPE_CHECKING:
    from data.quiz.rules import DeckText, Flag
    from data.quiz.views import DeckRow, DeckView

FORMATS = "page, csv, gift, aiken, anki or toml"
NONE_YET = "There is no deck yet. `careline quiz import --builtin` brings three."
Name = Annotated[str, typer.Argument(help="The deck: its name, the beginning of it, or its number.")]


def register(app: typer.Typer) -> None:
    """Adds the commands to `app`."""
    group = typer.Typer(help="Quiz decks: play, practice, results.", no_args_is_help=True)
    group.command("import", help="Bring a deck in from a file; what looks wrong is flagged.")(import_deck)
    group.command("export", help="Write a deck down.")(export)
    group.command("list", help="List the decks.")(list_decks)
    group.command("show", help="Show a deck with its answers.")(show)
    group.command("archive", help="Put a deck away, or bring it back.")(archive)
    group.command("assign", help="Give agents a deck to play by a day.")(assign)
    quiz_play.add_to(group)
    app.add_typer(group, name="quiz")


def import_deck(
    context: typer.Context,
    file: Annotated[Path | None, typer.Argument(help="The deck's file.")] = None,
    format_name: Annotated[str, typer.Option("--format", help=f"{FORMATS}; left out, it is recognised.")] = "",
    name: Annotated[str, typer.Option(help="What to call the deck, where the file does not say.")] = "",
    builtin: Annotated[bool, typer.Option("--builtin", help="Bring in the decks that come with Careline.")] = False,
    as_json: Json = False,
) -> None:
    from data.quiz.actions import keep_builtin, keep_deck
    from data.quiz.importing import deck_in

    if builtin == (file is not None):
        raise Misused("Name one file, or say --builtin.", f"A file may be {FORMATS}.")
    if file is None:
        found = [_document(view, ()) for view in keep_builtin(desk_of(context))]
        tell(found, [line for one in found for line in _kept(one)], as_json)
        return
    read = deck_in(file, name, format_name)
    document = _document(keep_deck(desk_of(context), read, f"imported from {file.name}"), read.flags)
    tell(document, _kept(document), as_json)


def _document(view: DeckView, flags: tuple[Flag, ...]) -> dict[str, Any]:
    return {
        "deck": view.name,
        "categories": list(view.categories),
        "clues": len(view.clues),
        "flags": [vars(flag) for flag in flags],
    }


def _kept(document: dict[str, Any]) -> list[str]:
    clues = counted(document["clues"], "clue")
    categories = counted(len(document["categories"]), "category", "categories")
    lines = [f"{document['deck']}: {clues} in {categories}."]
    for flag in document["flags"]:
        where = f"{flag['category']} {flag['value']}: " if flag["category"] else ""
        lines.append(f"  ! {where}{flag['told']}")
    return lines


def export(
    context: typer.Context,
    deck: Name,
    format_name: Annotated[str, typer.Option("--format", help=f"{FORMATS}.")] = "toml",
    version: Annotated[int | None, typer.Option(help="An older version of the deck.")] = None,
    out: Annotated[Path | None, typer.Option(help="Write it there; the file must not exist yet.")] = None,
) -> None:
    from data.quiz.formats import write_deck
    from data.quiz.queries import deck as read
    from data.quiz.queries import deck_version

    desk = desk_of(context)
    view = read(desk, deck)
    text = write_deck(deck_version(desk, view.name, version or view.version), format_name)
    if out is None:
        sys.stdout.write(text)
        return
    with new_file(out, "Name another with --out.") as file:
        file.write(text.encode())
    print_lines([f"{view.name} is in {out}."])


def list_decks(
    context: typer.Context,
    everything: Annotated[bool, typer.Option("--all", help="Archived ones, too.")] = False,
    as_json: Json = False,
) -> None:
    from data.quiz.queries import decks

    found = decks(desk_of(context), archived=everything)
    tell(found, [*map(_line, found)] or [NONE_YET], as_json)


def _line(row: DeckRow) -> str:
    marks = [f"! {row.flags} to mend"] * bool(row.flags) + ["archived"] * row.archived
    size = f"{row.clues} clues in {row.categories} categories"
    return " · ".join([f"{row.id:>4}  {row.name}", size, f"version {row.version}", *marks])


def show(
    context: typer.Context,
    deck: Name,
    version: Annotated[int | None, typer.Option(help="As it was in that version.")] = None,
    as_json: Json = False,
) -> None:
    from data.quiz.queries import deck as read
    from data.quiz.queries import deck_version

    desk = desk_of(context)
    view = read(desk, deck)
    if version:
        old = deck_version(desk, deck, version)
        tell(vars(old), _clue_lines(old), as_json)
        return
    lines = [f"{view.name} · version {view.version}{' · archived' * view.archived}", f"  {view.about}"]
    lines += _clue_lines(_text_of(view))
    lines += [f"  {one.number:>3}  {one.made_at:%m-%d-%Y}  {one.made_by}  {one.why}" for one in view.versions]
    tell(view, lines, as_json)


def _text_of(view: DeckView) -> DeckText:
    from data.quiz.rules import DeckText

    return DeckText(view.name, tuple(one.clue for one in view.clues), view.about)


def _clue_lines(deck: DeckText) -> list[str]:
    lines: list[str] = []
    for category in deck.categories:
        lines.append(category)
        for clue in (one for one in deck.clues if one.category == category):
            lines += [
                f"  {clue.value:>5}  {' '.join(clue.text.split())}",
                f"         = {' '.join(clue.answer.split())}",
            ]
            lines += [f"         ! {flag}" for flag in clue.flags]
    return lines


def archive(
    context: typer.Context,
    deck: Name,
    back: Annotated[bool, typer.Option("--back", help="Bring it back.")] = False,
    as_json: Json = False,
) -> None:
    from data.quiz.actions import archive_deck

    view = archive_deck(desk_of(context), deck, back=back)
    tell(view, [f"{view.name} is {'back' if back else 'archived; its results are kept'}."], as_json)


def assign(
    context: typer.Context,
    deck: Name,
    by: Annotated[datetime, typer.Option(formats=DAYS, metavar=DAY, help="The day by which.")],
    to: Annotated[list[str] | None, typer.Option(help="An agent; once for each. None: every agent and lead.")] = None,
    as_json: Json = False,
) -> None:
    from data.quiz.actions import assign as give

    given = give(desk_of(context), deck, to or [], by.date())
    tell(given, [f"{one.agent} plays {one.deck} by {one.due_on:%m-%d-%Y}." for one in given], as_json)
