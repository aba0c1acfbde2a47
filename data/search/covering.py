"""What hits tell of a customer before anybody is verified: why they are hits, and no more than was typed.

A line's number is open; a contact's number, an e-mail, a street or a device's number shows the part that was typed.
Pure.
"""

from __future__ import annotations

from data.search.results import Hit, Why
from data.verification.rules import MASK

NOT_PRIVATE = "company"  # the one detail of a hit that is open


def covered(hit: Hit, lines: list[str]) -> Hit:
    """`hit` with what is private in it masked. `lines`: the numbers of the customer's own lines."""
    whys = []
    for why in hit.why:
        if not _may_be_private(why) or (why.field == "mdn" and why.word in lines):
            whys.append(why)
            continue
        typed = only_typed(why)
        if why.field == "mdn" and hit.mdn == why.word:
            hit = hit._replace(mdn=typed)
        elif why.field == "detail":
            hit = hit._replace(detail=typed)
        whys.append(why._replace(word=typed))
    return hit._replace(why=tuple(whys))


def private(whys: tuple[Why, ...]) -> bool:
    """Whether a hit for these reasons may have something to mask."""
    return any(_may_be_private(why) for why in whys)


def _may_be_private(why: Why) -> bool:
    street = why.how.startswith("street")
    return street or why.field == "mdn" or (why.field == "detail" and not why.how.startswith(NOT_PRIVATE))


def only_typed(why: Why) -> str:
    """The word with all masked but the part that was typed; all of it where nothing of it was typed as it stands."""
    word, typed = why.word.lower(), why.typed.lower()
    at = word.rfind(typed) if "ending" in why.how else word.find(typed)
    if not typed or at < 0:
        return MASK
    end = at + len(typed)
    return f"{MASK if at else ''}{why.word[at:end]}{MASK if end < len(word) else ''}"
