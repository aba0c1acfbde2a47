"""`careline quiz play`, `practice`, `due` and `results`: a deck by oneself, and how it goes."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from console.desks import desk_of
from console.printing import Json, moment, print_json, print_lines, tell
from data.errors import Misused
from data.files import new_file
from data.text import counted

if TYPE_CHECKING:
    from data.quiz.grading import Judgement
    from data.quiz.practice import Due
    from data.quiz.results import ResultRow, Results
    from data.quiz.solo import SoloGame
    from data.quiz.views import ClueView

SIGNS = {"right": "✓", "partly right": "~", "wrong": "×"}
BAR = 20  # cells of a bar of results
STOPPED = "Stopped. What you answered is kept; the same command goes on."


def add_to(group: typer.Typer) -> None:
    """Adds the commands to `careline quiz`."""
    group.command("play", help="Play a whole deck by yourself.")(play)
    group.command("practice", help="Practice what is due today.")(practice)
    group.command("due", help="How much there is to practice, and what you are to play.")(due)
    group.command("results", help="How answers went: by agent, deck, category or clue.")(results)


def answers(ask: str) -> Iterator[str]:
    """What is typed, line by line: asked for on a terminal, simply read from a pipe; ends where the input ends."""
    while True:
        if sys.stdin.isatty():
            sys.stdout.write(ask)
            sys.stdout.flush()
        line = sys.stdin.readline()
        if not line:
            return
        yield line.rstrip("\n")


def play(
    context: typer.Context,
    deck: Annotated[str, typer.Argument(help="The deck: its name, the beginning of it, or its number.")],
    as_json: Json = False,
) -> None:
    from data.quiz.solo import answer_solo, begin_solo

    desk = desk_of(context)
    game = begin_solo(desk, deck)
    given = answers("  > ")
    while (view := game.next) is not None:
        _tell(as_json, [f"{view.clue.category} for {view.clue.value}", *_asked(view)])
        began = desk.now()
        typed = next(given, None)
        if typed is None:
            break
        seconds = int((desk.now() - began).total_seconds())
        game, judgement = answer_solo(desk, game.id, view.id, typed, seconds)
        _tell(as_json, _judged(view, judgement))
    if as_json:
        print_json(_solo_document(game))
        return
    done = f"{game.right} of {len(game.answered)} right, {game.points:,} of {game.most_points:,} points."
    print_lines([done if game.ended else STOPPED])


def _solo_document(game: SoloGame) -> dict[str, Any]:
    return {
        "deck": game.deck,
        "answered": len(game.answered),
        "right": game.right,
        "points": game.points,
        "of": game.most_points,
        "ended": game.ended,
    }


def practice(
    context: typer.Context,
    deck: Annotated[str, typer.Argument(help="Only of this deck.")] = "",
    most: Annotated[int, typer.Option(min=1, max=200, help="How many clues at most.")] = 20,
    as_json: Json = False,
) -> None:
    from data.quiz.practice import due as read
    from data.quiz.practice import practise, to_practise

    desk = desk_of(context)
    given, right, asked = answers("  > "), 0, 0
    for view in to_practise(desk, deck, most):
        _tell(as_json, [f"{view.clue.category} · {view.deck}", *_asked(view)])
        began = desk.now()
        typed = next(given, None)
        if typed is None:
            break
        done = practise(desk, view.id, typed, int((desk.now() - began).total_seconds()))
        asked, right = asked + 1, right + done.judgement.right
        again = f"  Again on {moment(done.due_at, desk.agent.zone)}."
        _tell(as_json, [*_judged(view, done.judgement), again])
    left = read(desk)
    tell({"asked": asked, "right": right, "due": left}, f"{right} of {asked} right. {_due_line(left)}", as_json)


def _asked(view: ClueView) -> list[str]:
    from data.quiz.rules import lettered

    told = lettered(view.clue)
    return [f"  {' '.join(view.clue.text.split())}"] + [f"  {told}"] * bool(told)


def _judged(view: ClueView, judgement: Judgement) -> list[str]:
    lines = [f"  {SIGNS[judgement.verdict]} {judgement.verdict}. {'' if judgement.right else judgement.told}".rstrip()]
    if not judgement.right:
        lines.append(f"    {' '.join(view.clue.answer.split())}")
    return lines + [f"    {view.clue.explanation}"] * bool(view.clue.explanation)


def _tell(as_json: bool, lines: list[str]) -> None:
    if not as_json:
        print_lines(lines)


def due(context: typer.Context, as_json: Json = False) -> None:
    from data.quiz.practice import due as read
    from data.quiz.queries import assignments

    desk = desk_of(context)
    found, given = read(desk), assignments(desk)
    if as_json:
        print_json({**vars(found), "assigned": given})
        return
    print_lines([_due_line(found)])
    print_lines(f"  {day:%m-%d-%Y}  {count:>4}  {'█' * min(count, 40)}" for day, count in found.forecast if count)
    print_lines(f"Play {one.deck} by {one.due_on:%m-%d-%Y}." for one in given)


def _due_line(found: Due) -> str:
    days, known = counted(found.streak, "day"), counted(found.known, "clue")
    return f"{found.due} due, {found.new} new today · {days} in a row · {known} in practice."


def results(
    context: typer.Context,
    by: Annotated[str, typer.Option(help="agent, deck, category or clue.")] = "category",
    agent: Annotated[str, typer.Option("--of", metavar="AGENT", help="Only of this agent.")] = "",
    deck: Annotated[str, typer.Option(help="Only of this deck.")] = "",
    days: Annotated[int, typer.Option(min=1, max=3660, help="Of the last so many days.")] = 90,
    csv: Annotated[Path | None, typer.Option(help="Write every answer there; the file must not exist yet.")] = None,
    as_json: Json = False,
) -> None:
    from data.quiz.results import By, as_csv
    from data.quiz.results import results as read

    if by not in set(By):
        raise Misused(f"Results are not gathered by “{by}”.", f"Say one of {', '.join(By)}.")
    found = read(desk_of(context), agent=agent, deck=deck, days=days)
    if csv:
        with new_file(csv, "Name another with --csv.") as file:
            file.write(as_csv(found.answers).encode())
    rows = found.by(By(by))
    document = {"by": by, "rows": rows, "all": found.whole, "weeks": found.weeks()}
    tell(document, _result_lines(found, rows), as_json)


def _result_lines(found: Results, rows: tuple[ResultRow, ...]) -> Iterator[str]:
    if not found.answers:
        yield "No answer yet."
        return
    for row in (*rows, found.whole):
        yield f"{_bar(row.share)} {row.share:>4.0%}  {row.right:>4} of {row.answers:<4}  {row.name}"
    for week in found.weeks():
        share = f"{_bar(week.share)} {week.share:>4.0%}" if week.share is not None else f"{'':{BAR}}    -"
        yield f"{share}  {week.answers:>4} answers in the week of {week.monday:%m-%d-%Y}"


def _bar(share: float) -> str:
    filled = round(share * BAR)
    return "█" * filled + "░" * (BAR - filled)
