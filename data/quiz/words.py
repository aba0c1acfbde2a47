"""A typed answer as words and figures, in the form in which they are compared. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise
from typing import Any

from rapidfuzz.distance import OSA

from data.quiz.vocabulary import NOTS, NUMBER_WORDS, ONES, PLAIN_WORDS, SHORT, STOP, TENS, TIMES, UNITS, WORKING
from data.text import fold

PREFIX = re.compile(r"\b(de|re|un|non|dis|pre)[-‐‑–](?=[a-z])|\b(de|un|non) (?=enrol)")
PIECE = re.compile(r"[$]|\d[\d,]*(?:\.\d+)?(?:st|nd|rd|th|x)?(?![a-z0-9])|[%#]|[a-z0-9]+")
DIGITS = re.compile(r"(\d[\d,]*)(?:\.(\d+))?(?:st|nd|rd|th|x)?")


@dataclass(frozen=True)
class Token:
    """A word or a figure. `stem`: what is compared; `figure`: its digits, "" for a word; `unit`: of a figure.

    `soft`: a figure that may as well be a pronoun ("one"); `part`: between which commas it stands, from 0.
    """

    text: str
    stem: str
    figure: str = ""
    unit: str = ""
    soft: bool = False
    part: int = 0


SPLIT = re.compile(r"[,;/&+\n]|\b(?:and|or|then|plus)\b")


def tokens(text: str) -> tuple[Token, ...]:
    """The words and figures of `text`, in their order; number words are figures."""
    plain = PREFIX.sub(lambda found: found[1] or found[2], fold(text)).replace("’", "'").replace("'s ", " ")
    plain = re.sub(r"(?<=[a-z])'(?=[a-z])", "", plain)
    plain = re.sub(r"(?<=[a-z] )no\.", "number", plain)
    plain = re.sub(r"\bworking(?= days?\b)", "business", plain)
    plain = re.sub(r"(?<=\d),(?=\d{3}\b)", "", plain)
    found: list[Token] = []
    for part, piece in enumerate(_parts(plain)):
        found += [replace(token, part=part) for token in _with_units(list(_tokens(PIECE.findall(piece))))]
    return tuple(found)


def _parts(plain: str) -> list[str]:
    """The parts between commas and the like; the word that divides stays, at the head of the next part."""
    cuts = [0, *(found.start() for found in SPLIT.finditer(plain) if not _in_number(plain, found)), len(plain)]
    return [plain[start:end] for start, end in pairwise(cuts)]


def _in_number(plain: str, found: re.Match[str]) -> bool:
    """Whether an "and" belongs to a number: one hundred and five."""
    before, after = plain[: found.start()].split(), plain[found.end() :].split()
    return found[0] == "and" and bool(before and after) and before[-1] == "hundred" and after[0] in {**ONES, **TENS}


def _tokens(pieces: list[str]) -> Iterator[Token]:
    place = 0
    while place < len(pieces):
        piece = pieces[place]
        if piece in NUMBER_WORDS:
            number, place = _number(pieces, place)
            yield Token(piece, number, number, soft=piece == "one")
            continue
        place += 1
        if piece in TIMES or piece == "half":
            yield Token(piece, TIMES.get(piece, "50"), TIMES.get(piece, "50"), "percent" * (piece == "half"))
        elif digits := DIGITS.fullmatch(piece):
            whole = digits[1].replace(",", "") + (f".{digits[2]}" if (digits[2] or "").strip("0") else "")
            yield Token(piece, whole, whole)
        elif piece in NOTS:
            yield Token("not", "not")
        else:
            word = SHORT.get(piece, piece)
            yield Token(word, stem(word))


def _number(pieces: list[str], place: int) -> tuple[str, int]:
    """The number that begins with the word at `place`, and where it ends."""
    total = now = 0
    last = ""
    while place < len(pieces):
        word = pieces[place]
        if word == "and" and last == "hundred" and place + 1 < len(pieces) and pieces[place + 1] in {**ONES, **TENS}:
            place += 1
            continue
        value = NUMBER_WORDS.get(word)
        if value is None or (last and word in ONES and (last in ONES or not value)) or (last in TENS and word in TENS):
            break
        if word == "hundred":
            now = max(1, now) * 100
        elif word == "thousand":
            total, now = total + max(1, now) * 1000, 0
        else:
            now += value
        last, place = word, place + 1
    return str(total + now), place


def _with_units(found: list[Token]) -> Iterator[Token]:
    """The tokens, each figure with its unit; signs that are units only go."""
    for place, token in enumerate(found):
        if token.text in "$%#":
            continue
        if token.figure and not token.unit:
            before = found[place - 1].text if place else ""
            after = [one.text for one in found[place + 1 : place + 3]]
            kind = "working " if after and after[0] in WORKING - {"calendar"} else ""
            name = after[1] if len(after) > 1 and after[0] in WORKING else after[0] if after else ""
            unit = "dollar" if before == "$" else kind + UNITS[name] if name in UNITS else ""
            yield replace(token, unit=unit)
        else:
            yield token


def content(found: tuple[Token, ...]) -> list[Token]:
    """The tokens that say something by themselves."""
    return [token for token in found if token.figure or token.text not in STOP]


def telling(text: str) -> list[Token]:
    """The content of `text` without the units of its figures: those may be left out, though not be others."""
    found = tokens(text)
    near = {at + step for at, token in enumerate(found) if token.unit for step in (1, 2)}
    units = {at for at in near if at < len(found) and found[at].text in UNITS}
    return content(tuple(token for at, token in enumerate(found) if at not in units))


@cache
def _stemmer() -> Any:
    import snowballstemmer

    return snowballstemmer.stemmer("english")


@cache
def _dictionary() -> Any:
    from spellchecker import SpellChecker

    return SpellChecker(language="en").word_frequency


@cache
def stem(word: str) -> str:
    """What the forms of a word have in common; of an acronym, all but the s of several."""
    if word.endswith("s") and not is_word(word):
        word = word[:-1]
    return str(_stemmer().stemWord(word))


@cache
def plain_stems() -> frozenset[str]:
    """The stems of PLAIN_WORDS and of units."""
    return frozenset(map(stem, [*PLAIN_WORDS.split(), *UNITS, "bucks"]))


@cache
def is_word(word: str) -> bool:
    """Whether it is a word of English; what is one is no misspelling of another."""
    return word in _dictionary()


def slip(typed: str, meant: str) -> bool:
    """Whether `typed` can only be `meant`, misspelt; nobody misses the first letter."""
    if len(meant) < 4 or typed[:1] != meant[:1] or any(char.isdigit() for char in typed + meant):
        return False
    if not is_word(meant) or is_word(typed):
        return False
    most = 1 if len(meant) < 6 else 2
    return OSA.distance(typed, meant, score_cutoff=most) <= most


def same(typed: Token, meant: Token) -> bool:
    """Whether a typed word or figure is the one that is meant, slips of spelling forgiven."""
    if typed.figure or meant.figure:
        return typed.figure == meant.figure
    return typed.stem == meant.stem or slip(typed.text, meant.text)
