"""Text that came from people or files: cleaned where it enters, folded where it is compared; and words for a count."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

from data.errors import Invalid

LIMIT = 200  # characters of a short field, such as a name
# Not a bare number; wide signs count in some places.
_FORMULA = re.compile(r"\s*'*(?:[=@＝＠]|[+\-＋－](?![\d\s().-]*$))")
MARKS_IN_A_ROW = 4  # more combining marks than any script stacks on one letter


def harmless(text: str) -> str:
    """`text` without what a terminal would obey: control, format (bidi, zero-width) and surplus combining marks.

    White space of any kind becomes a plain space.
    """
    if text.isascii() and text.isprintable():
        return text
    kept: list[str] = []
    marks = 0
    for char in text:
        category = unicodedata.category(char)
        marks = marks + 1 if category in ("Mn", "Me") else 0
        if char.isspace():
            kept.append(" ")
        elif category[0] != "C" and marks <= MARKS_IN_A_ROW:
            kept.append(char)
    return "".join(kept)


def clean(text: str, limit: int = LIMIT) -> str:
    """`text` as the store keeps it: harmless, in NFC, white space collapsed, cut after `limit` characters."""
    kept = harmless(unicodedata.normalize("NFC", text[: 4 * limit]))
    composed = unicodedata.normalize("NFC", kept)  # what was left out may have stood between a letter and its accent
    return " ".join(composed.split())[:limit].rstrip()


def clean_lines(text: str, limit: int = LIMIT) -> str:
    """`text` cleaned line by line: its paragraphs stay, several empty lines become one; cut after `limit`."""
    lines: list[str] = []
    for line in text[: 4 * limit].splitlines():
        kept = clean(line, limit)
        if kept or (lines and lines[-1]):
            lines.append(kept)
    return "\n".join(lines)[:limit].strip()


def refuse_long(limit: int, **texts: str) -> None:
    """Raises Invalid, by field, where one of `texts` has more than `limit` characters: nothing is cut in silence."""
    sizes = {field: len(clean_lines(text, len(text))) for field, text in texts.items() if len(text) > limit}
    long = {
        field: f"That has {size:,} characters; {limit:,} are kept." for field, size in sizes.items() if size > limit
    }
    if long:
        raise Invalid(long, "Shorten it; nothing was saved.")


def guarded(text: str) -> str:
    """`text` for a cell that a spreadsheet opens: what it would take for a formula gets a ' before it."""
    return f"'{text}" if _FORMULA.match(text.lstrip("'")) else text


def unguarded(text: str) -> str:
    """What `guarded` was given."""
    return text[1:] if text.startswith("'") and _FORMULA.match(text.lstrip("'")) else text


def cell(value: Any) -> str:
    """A value as a spreadsheet reads it and nothing more; None is an empty cell."""
    return guarded(harmless("" if value is None else str(value)))


def capital(text: str) -> str:
    """`text` with its first letter large, as a sentence begins."""
    return text[:1].upper() + text[1:]


def with_article(noun: str) -> str:
    """`noun` with the article that it takes: "a lead", "an agent"."""
    return f"{'an' if noun[:1].lower() in 'aeiou' else 'a'} {noun}"


def counted(count: int, one: str, more: str = "") -> str:
    """A count and what it counts: "1 case", "1,234 cases"; `more` where an s does not make it: "2 entries"."""
    return f"{count:,} {one if count == 1 else more or f'{one}s'}"


def fold(text: str) -> str:
    """`text` as search compares it: lower case, without accents; "Ñuñez-Ó'Brien" → "nunez-o'brien"."""
    if text.isascii():
        return text.lower()
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(char for char in plain if not unicodedata.combining(char)).translate(LETTERS)


LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i"})
