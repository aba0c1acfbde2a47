"""How decks, clues, answers and results read on screen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.content import Content

from data.text import counted, harmless
from screens import words

if TYPE_CHECKING:
    from data.quiz.grading import Judgement
    from data.quiz.practice import Due
    from data.quiz.results import ResultRow, Week
    from data.quiz.views import AssignmentView, ClueView, DeckRow

BAR = 16  # cells of a result's bar; half as many where a row has fewer than WIDE cells
WIDE = 90
SIGNS = {"right": ("✓", "$text-success"), "partly right": ("▲", "$text-warning"), "wrong": ("×", "$text-error")}
SPARKS = "▁▂▃▄▅▆▇█"


def deck_row(row: DeckRow, width: int) -> Content:
    """A deck in two lines: its name and size; what it is about, and what is to be mended."""
    size = f"{row.clues} clues · {row.categories} categories"
    marks = [f"! {row.flags} to mend"] * bool(row.flags) + ["× archived"] * row.archived
    behind = " · ".join(filter(None, [row.about, f"version {row.version}", *marks]))
    return Content.assemble(
        (words.fit(row.name, max(10, width - len(size) - 2)), "bold"),
        f"  {size}",
        "\n",
        (words.fit(f"  {behind}", width), "$text-warning" if row.flags else "$muted"),
    )


def due_line(due: Due) -> Content:
    """What there is to practice, and how faithfully it was."""
    days, known = counted(due.streak, "day"), counted(due.known, "clue")
    waiting = f"{due.due} due · {due.new} new" if due.due or due.new else "nothing due today"
    return Content.assemble(
        (waiting, "bold" if due.due or due.new else ""), f" · {days} in a row · {known} in practice"
    )


def forecast(due: Due) -> Content:
    """How many clues become due on each of the next days, as bars."""
    most = max((count for _, count in due.forecast), default=0)
    if not most:
        return words.muted("Nothing practiced yet: what you practice comes again here.")
    parts = [f"{day:%a} {spark(count / most) if count else '·'} {count}" for day, count in due.forecast]
    return words.muted("  ".join(parts))


def spark(share: float) -> str:
    """One cell as high as `share` (0 to 1)."""
    return SPARKS[min(len(SPARKS) - 1, int(share * len(SPARKS)))]


def assignment_row(one: AssignmentView, late: bool, width: int) -> Content:
    """A deck to play and the day by which."""
    sign, style = ("!", "$text-error") if late else ("·", "")
    by = f"by {words.day(one.due_on)}"
    return Content.assemble((f"{sign} {by}  ", style), words.fit(f"{one.deck} · from {one.assigned_by}", width - 18))


def clue_row(view: ClueView, width: int) -> Content:
    """A clue in two lines: where it stands and what it asks; its answer, or what is to be mended."""
    clue = view.clue
    head = f"{clue.value:>5}  "
    flags = f"! {clue.flags[0]}" if clue.flags else f"= {' '.join(clue.answer.split())}"
    return Content.assemble(
        (head, "bold"),
        words.fit(f"{clue.category} · {' '.join(clue.text.split())}", max(0, width - len(head))),
        "\n",
        (words.fit(f"{'':{len(head)}}{flags}", width), "$text-warning" if clue.flags else "$muted"),
    )


def judged(judgement: Judgement, view: ClueView, width: int) -> Content:
    """How an answer was judged, what the right one is, and why, wrapped at `width`."""
    sign, style = SIGNS[judgement.verdict]
    lines = [Content.styled(f"{sign} {judgement.verdict.capitalize()}", f"bold {style}")]
    if not judgement.right:
        lines.append(Content(words.hang(judgement.told, width)))
        lines.append(Content.assemble(("  Answer: ", "$muted"), (harmless(view.clue.answer), "bold")))
    if view.clue.explanation:
        lines.append(Content.styled(words.hang(view.clue.explanation, width), "$muted"))
    if view.clue.article:
        lines.append(Content.assemble(("  Read: ", "$muted"), harmless(view.clue.article), ("  h", "$keys-key")))
    return Content("\n").join(lines)


def bar(share: float, cells: int = BAR) -> str:
    """A bar of `share` (0 to 1)."""
    filled = round(share * cells)
    return "█" * filled + "░" * (cells - filled)


def result_row(row: ResultRow, width: int) -> Content:
    """A bar, the share and the counts, and what it is about."""
    style = "$text-error" if row.share < 0.5 else "$text-warning" if row.share < 0.75 else "$text-success"
    sign = "!" if row.share < 0.5 else "▲" if row.share < 0.75 else "✓"
    counts = f" {sign} {row.share:>4.0%} {row.right:>5,} of {row.answers:<5,}"
    cells = BAR if width >= WIDE else BAR // 2
    room = max(0, width - cells - len(counts) - 1)
    return Content.assemble((bar(row.share, cells), style), counts, " ", words.fit(row.name, room).rstrip())


def trend(weeks: Sequence[Week]) -> Content:
    """The share of right answers week by week: a column and the figure for each."""
    parts = []
    for week in weeks:
        shown = f"{spark(week.share)} {week.share:.0%}" if week.share is not None else "none"
        parts.append(f"{week.monday:%m-%d} {shown}")
    return words.muted("  ".join(parts))
