"""What an article is, when it holds, and the words that find it (pure)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from metaphone import doublemetaphone
from rapidfuzz import process
from rapidfuzz.distance import OSA

from data.text import clean, fold, harmless

TITLE_LIMIT = 120  # characters
BODY_LIMIT = 50_000  # characters
SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
MARKUP = re.compile(r"\[([^\]]*)\]\([^)]*\)|[*`#>|]+|-{3,}")
HYPHENED = re.compile(r"\w+(?:-\w+)+")
WORD = re.compile(r"[^\W_]+")
SHORTEST_FORGIVEN = 4  # letters; in shorter words a slip makes another word
TWO_SLIPS_FROM = 7  # letters
MEANT = 4  # words of the articles that one typed word may stand for
COMMON_WORDS = (
    "a an and are as at be by can do does for from how i if in is it me my of on or that the this to what when where "
    "which who why with you"
)
COMMON = frozenset(COMMON_WORDS.split())  # they tell no article from another


class ArticleKind(StrEnum):
    """What an article is about."""

    PLAN = "plan"
    PROMOTION = "promotion"
    POLICY = "policy"
    PROCEDURE = "procedure"


@dataclass(frozen=True)
class Draft:
    """An article as it is written. `topics`: the places of the console that it explains, such as "case.clone"."""

    title: str
    kind: ArticleKind
    body: str
    effective_from: date
    effective_to: date | None = None
    review_on: date | None = None
    topics: tuple[str, ...] = ()


@dataclass(frozen=True)
class Span:
    """When a version holds: from `start` to `end`, both included; without an end, until another begins."""

    number: int
    start: date
    end: date | None


def wrong_draft(draft: Draft) -> dict[str, str]:
    """What can't be as it is, by field."""
    wrong = {}
    if not clean(draft.title):
        wrong["title"] = "An article needs a title."
    if len(draft.title) > TITLE_LIMIT:
        wrong["title"] = f"A title has at most {TITLE_LIMIT} characters."
    if not draft.body.strip():
        wrong["body"] = "An article needs a text."
    if len(draft.body) > BODY_LIMIT:
        wrong["body"] = f"A text has at most {BODY_LIMIT:,} characters."
    if draft.effective_to and draft.effective_to < draft.effective_from:
        wrong["effective_to"] = "It would end before it begins."
    if draft.review_on and draft.review_on < draft.effective_from:
        wrong["review_on"] = "It would be reviewed before it begins."
    return wrong


def slug_of(title: str) -> str:
    """The name of an article with that title, for links: "Clone a case" → "clone-a-case"."""
    return "-".join(WORD.findall(fold(title)))[:80].strip("-")


def holds_on(spans: Iterable[Span], day: date) -> int | None:
    """The number of the version that holds on `day`: of those whose time it is, the newest; None where none does."""
    holding = [span for span in spans if span.start <= day and (span.end is None or day <= span.end)]
    return max(holding, key=lambda span: (span.start, span.number)).number if holding else None


def tidy(body: str) -> str:
    """A Markdown text as the store keeps it: harmless line by line, its indents and empty lines as they are."""
    composed = unicodedata.normalize("NFC", body[:BODY_LIMIT])
    lines = (line[: len(line) - len(line.lstrip(" "))] + harmless(line.lstrip(" ")) for line in composed.splitlines())
    return "\n".join(line.rstrip() for line in lines).strip()


def plain(markdown: str) -> str:
    """The words of a Markdown text, without its marks."""
    return MARKUP.sub(lambda found: found.group(1) or " ", markdown)


def joined(text: str) -> str:
    """The words of `text` that have a hyphen, as one may type them without: "de-enroll" → "deenroll"."""
    return " ".join(dict.fromkeys(word.replace("-", "") for word in HYPHENED.findall(text)))


def typed_words(text: str) -> tuple[str, ...]:
    """The words of `text` that tell articles apart; where it has none but common ones, those."""
    words = tuple(WORD.findall(fold(text)))
    return tuple(word for word in words if word not in COMMON) or words


def meant(word: str, vocabulary: Mapping[str, int]) -> tuple[str, ...]:
    """The words of the articles that `word` may stand for when none begins with it.

    Those that are one slip away, two in a long word, the nearest first and then the more frequent; a word that one
    still types is compared with as much of the others. Where there is none, those that sound the same.
    """
    if len(word) < SHORTEST_FORGIVEN:
        return ()
    slips = 2 if len(word) >= TWO_SLIPS_FROM else 1
    begun = {term: term[: len(word)] for term in vocabulary}
    near: dict[str, float] = {}
    for compared in ({term: term for term in vocabulary}, begun):
        for _, distance, term in process.extract(word, compared, scorer=OSA.distance, score_cutoff=slips, limit=20):
            near[term] = min(distance, near.get(term, distance))
    sound = doublemetaphone(word)[0]
    found = near or {term: 0.0 for term in vocabulary if sound and doublemetaphone(term)[0] == sound}
    return tuple(sorted(found, key=lambda term: (found[term], -vocabulary[term], term))[:MEANT])
