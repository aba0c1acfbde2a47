"""How `careline promo` tells of promotions: lines for a person, plain values for a program."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from data.promotions.ranking import Match
    from data.promotions.views import Found, OnLine, PcaPreview, RevisionView

SIGNS = {"met": "✓", "not met": "×", "unknown": "?"}
ELIGIBLE = {True: "✓ fits", False: "× does not fit", None: "? something is not known yet"}


def found_facts(found: Found) -> dict[str, Any]:
    """The answers as `--json` prints them."""
    return {
        "understood": understood(found),
        "matches": [
            {
                "ost": match.terms.ost,
                "name": match.terms.name,
                "score": match.score,
                "eligible": match.eligible,
                "gives": match.gift.words,
                "conditions": [{"name": one.name, "state": one.state, "why": one.why} for one in match.conditions],
            }
            for match in found.matches
        ],
    }


def understood(found: Found) -> dict[str, Any]:
    """What the question was taken for; `said`: which of it the caller or the options named."""
    from data.promotions.wording import known

    return {"said": sorted(found.said), "account": found.account, "line": found.line, **known(found.facts)}


def found_lines(found: Found) -> Iterator[str]:
    """The answers to a question, for a person."""
    from data.promotions.wording import chips

    yield "Understood: " + (" · ".join(chip.text for chip in chips(found)) or "nothing yet")
    for match in found.matches:
        yield ""
        yield from match_lines(match)
    if not found.matches:
        yield "No promotion is in the catalogue."
    if found.near_miss:
        yield ""
        yield f"Nearest: {found.near_miss}"


def match_lines(match: Match) -> Iterator[str]:
    """One answer: what fits, what does not, what nobody said."""
    yield f"OST {match.terms.ost}  {match.terms.name}  ({match.score:.0f})"
    yield f"  {ELIGIBLE[match.eligible]}: {match.gift.words}"
    for one in match.conditions:
        yield f"    {SIGNS[one.state]} {one.name}: {one.why}"


def revision_lines(one: RevisionView) -> Iterator[str]:
    """A revision, every field of it."""
    from data.promotions.wording import terms_facts

    yield f"OST {one.terms.ost}  {one.terms.name}"
    for label, text in terms_facts(one.terms):
        yield f"  {label:<12} {text}"
    yield f"  {'Made':<12} by {one.made_by}, {one.made_at:%m-%d-%Y}"


def revision_facts(one: RevisionView) -> dict[str, Any]:
    """A revision, for a program."""
    from data.promotions.records import plain_of

    return {**plain_of(one.terms), "made_by": one.made_by, "made_at": one.made_at}


def span(one: RevisionView) -> str:
    """The days of purchase of a revision."""
    last = f"{one.terms.valid_to:%m-%d-%Y}" if one.terms.valid_to else "no end yet"
    return f"{one.terms.valid_from:%m-%d-%Y} {last}"


def preview_lines(seen: PcaPreview) -> Iterator[str]:
    """What putting a promotion on a line would do."""
    yield f"OST {seen.ost}  {seen.name}"
    yield f"  {seen.in_words}"
    yield f"  begins {seen.starts_on:%m-%d-%Y}, at the latest {seen.starts_by:%m-%d-%Y}"
    for one in seen.replaces:
        yield f"  ends {one.in_words}"
    for condition in seen.conditions:
        yield f"    {SIGNS[condition.state]} {condition.name}: {condition.why}"
    yield f"  a note goes to case {seen.case}" if seen.case else "  no case is open; there will be no note"


def applied(done: OnLine) -> str:
    """What was put on a line, in a sentence."""
    return f"{done.in_words}, from {done.first_bill_on:%m-%d-%Y}."
