"""Promotions as rows of content: answers, conditions, terms, what putting one on a line would do."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from textual.content import Content

from data import money
from data.promotions.rules import Gives
from screens import words

if TYPE_CHECKING:
    from data.promotions.conditions import Condition
    from data.promotions.ranking import Match
    from data.promotions.views import Found, OnLine, PcaPreview, RevisionView

FITS = {True: ("✓", "$text-success"), False: ("×", "$text-error"), None: ("?", "$text-warning")}
STATES = {"met": ("✓", "$text-success"), "not met": ("×", "$text-error"), "unknown": ("?", "$text-warning")}
LABEL = 11
NUMBER, INDENT = 6, 8  # cells of an OST number; before its name


def title(account: str, found: Found) -> str:
    """Whose promotions are looked for, and of which line."""
    line = f", line {words.phone(found.line)}" if found.line else ""
    return f"Promotions for {account}{line}" if account else "Promotions"


def chips(found: Found) -> Content:
    """What the question was taken for; what the account told steps back."""
    from data.promotions.wording import chips as told

    parts = [
        Content.styled(f" {words.plain(chip.text).plain} ", "on $primary 20%") if chip.said else words.muted(chip.text)
        for chip in told(found)
    ]
    if found.masked:
        parts.append(Content.styled("the account is masked: tab, then v verifies the caller", "$text-warning"))
    return Content("  ").join(parts) if parts else words.muted("nothing is understood yet")


def match_row(match: Match, width: int) -> Content:
    """An answer: its number and name, then what it gives below, each wrapped within `width` cells."""
    sign, style = FITS[match.eligible]
    number = f"{match.terms.ost:<{NUMBER}}"
    name, gives = (words.tucked(text, INDENT, width) for text in (match.terms.name, in_short(match)))
    return Content.assemble((f"{sign} ", style), (f"{number}{name}", "bold"), "\n", (f"{'':{INDENT}}{gives}", "$muted"))


def in_short(match: Match) -> str:
    """What an answer gives, in few words: "$400.00, $11.11 × 36 months"."""
    got = match.gift
    if got.cents is None or match.terms.gives is Gives.ACCESSORY:
        return got.words
    whole, each = (money.show(money.from_cents(cents)) for cents in (got.cents, got.cents // got.months))
    return f"{whole}, {each} × {got.months} months" if got.months > 1 else f"{whole} once"


def why(match: Match, near_miss: str, width: int) -> Content:
    """What of an answer fits and what does not; the nearest one, where none fits."""
    lines = [Content.styled(words.hang(match.gift.words, width, "", ""), "bold"), *conditions(match.conditions, width)]
    if near_miss:
        lines += [Content(""), Content.styled(words.hang(f"Nearest: {near_miss}", width, "", "  "), "$text-warning")]
    return Content("\n").join(lines)


def conditions(found: Iterable[Condition], width: int) -> Iterator[Content]:
    """A line for each condition: whether it is met, and why."""
    for one in found:
        sign, style = STATES[one.state]
        text = words.tucked(one.why, LABEL + 2, width)
        yield Content.assemble((sign, style), " ", (f"{one.name:<{LABEL}}", "$muted"), text)


def terms(revision: RevisionView, width: int) -> Content:
    """Everything that a revision says."""
    from data.promotions.wording import terms_facts

    facts = [words.fact(label, text, LABEL, width) for label, text in terms_facts(revision.terms)]
    made = words.fact("Made", f"by {revision.made_by}, {words.day(revision.made_at.date())}", LABEL, width)
    return Content("\n").join([*facts, made])


def revisions(found: Iterable[RevisionView], shown: int, width: int) -> Content:
    """The days of each revision and what it gives; the one that is shown is marked."""
    lines = []
    for one in found:
        last = words.day(one.terms.valid_to) if one.terms.valid_to else "no end yet"
        mark = "▸" if one.id == shown else " "
        text = words.tucked(f"{words.day(one.terms.valid_from)} to {last}  {one.gives}", 2, width)
        lines.append(Content.assemble((mark, "$primary"), " ", text))
    return Content("\n").join(lines)


def preview(seen: PcaPreview, width: int) -> Content:
    """What putting the promotion on the line would do."""
    lines = [
        Content.styled(words.hang(seen.in_words, width, "", ""), "bold"),
        words.fact("Line", words.phone(seen.line), LABEL, width),
        words.fact(
            "Begins", f"bill of {words.day(seen.starts_on)}, at the latest {words.day(seen.starts_by)}", LABEL, width
        ),
        words.fact("Until", f"bill of {words.day(seen.schedule[-1].bill_on)}", LABEL, width),
        *(words.fact("Ends", f"{one.in_words}, which it replaces", LABEL, width) for one in seen.replaces),
        words.fact("Lost with", ", ".join(seen.ends) or "nothing", LABEL, width),
        words.fact("Note to", f"case {seen.case}" if seen.case else "no case; none is open", LABEL, width),
    ]
    if seen.notes:
        lines.append(words.fact("Read out", seen.notes, LABEL, width))
    return Content("\n").join(lines)


def on_line(found: Iterable[OnLine], width: int) -> Iterator[Content]:
    """What a line has or had."""
    for one in found:
        ended = f" until {words.day(one.ended_on)}: {one.ended_why}" if one.ended_on else ""
        text = f"{one.in_words} for {one.months} months from {words.day(one.first_bill_on)}{ended}"
        yield Content(words.hang(text, width, "", "  "))
