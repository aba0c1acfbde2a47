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
    mdn, detail, whys = hit.mdn, hit.detail, []
    for why in hit.why:
        if not _is_open(why) and not (why.field == "mdn" and why.word in lines):
            typed = only_typed(why)
            if why.field == "mdn" and mdn == why.word:
                mdn = typed
            elif why.field == "detail":
                detail = typed
            why = Why(why.how, typed, why.typed, why.field)
        whys.append(why)
    return hit._replace(mdn=mdn, detail=detail, why=tuple(whys))


def private(whys: tuple[Why, ...]) -> bool:
    """Whether a hit for these reasons may have something to mask."""
    return not all(map(_is_open, whys))


def _is_open(why: Why) -> bool:
    """Whether everybody may be told of it, whosever it is."""
    if why.field == "detail":
        return why.how.startswith(NOT_PRIVATE)
    return why.field != "mdn" and not why.how.startswith("street")


def only_typed(why: Why) -> str:
    """The word with all masked but the part that was typed; all of it where nothing of it was typed as it stands."""
    word, typed = why.word.lower(), why.typed.lower()
    at = word.rfind(typed) if "ending" in why.how else word.find(typed)
    if not typed or at < 0:
        return MASK
    end = at + len(typed)
    return f"{MASK if at else ''}{why.word[at:end]}{MASK if end < len(word) else ''}"
