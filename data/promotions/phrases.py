"""Words and phrases of callers: what each says of a purchase. Pure.

A phrase is a regular expression in which a space stands for any white space or none that is written, and which
begins and ends at a word's edge.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

from data.promotions.rules import Gives, Kind, Shape

PHRASES: Sequence[tuple[str, Any, Sequence[str]]] = (
    ("loyalty", False, [r"(not|non|no|isn'?t|without|w/o|never)[ -]*((a|in) )?(the )?loyal(ty)?"]),
    ("loyalty", True, [r"loyal(ty)?( (customer|program|offer))?", "retention"]),
    ("current", True, [r"not past due|account (is )?current|paid up|up to date"]),
    ("current", False, ["past due"]),
    ("traded", False, [r"(no|without|w/o|didn'?t|did not|never) ((a|any) )?trad(e|ed|ing)([ -]?in)?"]),
    ("gives", Gives.FREE_LINE, [
        r"(free|second|extra|additional) line (is )?(free|for free|on us)",
        r"free (extra |second )?line|line (is )?(for )?free",
    ]),
    ("gives", Gives.ACCESSORY, [r"accessor(y|ies)( coupon)?|coupon|case or charger|earbuds"]),
    ("gives", Gives.ONE_TIME, [r"one[ -]?time( credit)?|gift card|bill credit"]),
    ("kind", Kind.PORT_IN, [
        r"port(ed|ing|s)?([ -]?in)?",
        r"switch(ed|ing)?( (over|from))?",
        r"(brought|bring(ing)?|kept|keep(ing)?) (my|his|her|their|the) number",
    ]),
    ("kind", Kind.NEW_LINE, [
        r"(new|add(ed|ing|s)?|open(ed|ing)?|extra|additional|second|third) ((a|another) )?(new )?line",
        r"new (customer|service|number|account)",
        r"line added|newline",
    ]),
    ("kind", Kind.UPGRADE, [r"upgrad(e|ed|ing|es)"]),
    ("shape", Shape.NO_POWER, [r"no power|dead|(wo|does)n'?t (turn|power) on|not turn(ing)? on"]),
    ("shape", Shape.BATTERY, [
        r"((bad|swollen|weak|worn|dying) )?batter(y|ies)( (damaged?|issue|problem|bad|gone))?",
    ]),
    ("shape", Shape.WATER, [r"water([ -]?damaged?)?|wet|liquid([ -]?damaged?)?"]),
    ("shape", Shape.CRACKED, [r"(crack(ed|s)?|shatter(ed)?|broken|smashed)( (screen|glass|back|display))?"]),
    ("shape", Shape.GOOD, [
        r"(good|great|mint|perfect|excellent|fine|like new|undamaged|working)( (condition|shape|cond|order))?",
    ]),
)  # fmt: skip
"""Fact, value, phrases; where several say something of one fact, the first row that is met holds."""


def compiled() -> tuple[tuple[str, Any, re.Pattern[str]], ...]:
    """PHRASES, ready to be searched for."""
    return tuple((fact, value, _pattern(phrases)) for fact, value, phrases in PHRASES)


def _pattern(phrases: Iterable[str]) -> re.Pattern[str]:
    whole = "|".join(phrases).replace("[ -]", r"[\s-]").replace(" ", r"\s+")
    return re.compile(rf"(?<!\w)(?:{whole})(?!\w)")


def word_set(text: str) -> frozenset[str]:
    """The words of `text`."""
    return frozenset(text.split())


MENDED = word_set("""
    upgrade upgraded upgrading loyalty ported porting switched switching cracked battery traded trading trade shattered
    broken condition unlimited ultimate monthly without dollars retention percent yesterday january february march april
    june july august september october november december iphone pixel galaxy stylus
""")
"""Words that are read even with a slip."""

TRADE = word_set("trade traded trading tradein trades old exchange exchanged swapped swap turned")
"""Words that say that the phone after them is traded in."""

TOWARDS = word_set("for towards toward bought buy got get getting new onto")
"""Words that say that the phone after them is the new one."""

EMPTY = word_set("""
    a about account ago an and at back be bill bought buy caller condition credit credits customer day deal dealer
    device each expected expects for free from get getting got had has have he her his i i'm im in is it line lines me
    month months my new not of off offer offered old on per phone phones plan plans promised promo promotion receive
    received receiving said says shape she should store supposed that the their them then they they're this told to
    trade traded trading up wants was we week went were what when which who with would
""")
"""Words that are no part of a name."""
