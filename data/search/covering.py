"""What hits tell of a customer before anybody is verified: why they are hits, and no more than was typed.

A line's number is open; a contact's number, an e-mail, a street or a device's number shows the part that was typed.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from data.search.results import Hit, Results, Why
from data.verification.rules import MASK

Numbers = set[tuple[int, str]]  # whose line has which number
NOT_PRIVATE = "company"  # the one detail of a hit that is open


def covered(connection: Any, results: Results) -> Results:
    """`results` with what is private in their hits masked. `connection` is the driver's."""
    if not any(_may_be_private(why) for hit in results.hits for why in hit.why):
        return results
    numbers = _line_numbers(connection, results)
    return replace(results, hits=tuple(_covered(hit, numbers) for hit in results.hits))


def _may_be_private(why: Why) -> bool:
    street = why.how.startswith("street")
    return street or why.field == "mdn" or (why.field == "detail" and why.how != NOT_PRIVATE)


def _line_numbers(connection: Any, results: Results) -> Numbers:
    """Of the numbers that hits were found by, those of the customers' own lines."""
    found = sorted({why.word for hit in results.hits for why in hit.why if why.field == "mdn"})
    if not found:
        return set()
    marks = ", ".join("?" * len(found))
    rows = connection.execute(
        f"SELECT a.customer_id, l.mdn FROM line l JOIN account a ON a.id = l.account_id WHERE l.mdn IN ({marks})", found
    )
    return set(rows.fetchall())


def _covered(hit: Hit, numbers: Numbers) -> Hit:
    whys = []
    for why in hit.why:
        if not _may_be_private(why) or (hit.customer_id, why.word) in numbers:
            whys.append(why)
            continue
        typed = only_typed(why)
        if why.field == "mdn" and hit.mdn == why.word:
            hit = hit._replace(mdn=typed)
        elif why.field == "detail":
            hit = hit._replace(detail=typed)
        whys.append(why._replace(word=typed))
    return hit._replace(why=tuple(whys))


def only_typed(why: Why) -> str:
    """The word with all masked but the part that was typed; all of it where nothing of it was typed as it stands."""
    word, typed = why.word.lower(), why.typed.lower()
    at = word.rfind(typed) if "ending" in why.how else word.find(typed)
    if not typed or at < 0:
        return MASK
    end = at + len(typed)
    return f"{MASK if at else ''}{why.word[at:end]}{MASK if end < len(word) else ''}"
