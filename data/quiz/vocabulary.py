"""Words that the grader knows: numbers, units, short forms, and those that say little by themselves."""

from __future__ import annotations

import re

UNITS = {
    **dict.fromkeys(("day", "days", "daily"), "day"),
    **dict.fromkeys(("week", "weeks", "weekly"), "week"),
    **dict.fromkeys(("month", "months"), "month"),
    **dict.fromkeys(("year", "years"), "year"),
    **dict.fromkeys(("hour", "hours"), "hour"),
    **dict.fromkeys(("minute", "minutes"), "minute"),
    **dict.fromkeys(("digit", "digits", "#"), "digit"),
    **dict.fromkeys(("dollar", "dollars", "usd", "bucks", "$"), "dollar"),
    **dict.fromkeys(("percent", "%"), "percent"),
}
WORKING = {"business", "working", "calendar"}  # kinds of days that are counted differently
SMALL = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
)
LARGER = "twenty thirty forty fifty sixty seventy eighty ninety"
ONES = {word: number for number, word in enumerate(SMALL.split())}
TENS = {word: 10 * number for number, word in enumerate(LARGER.split(), 2)}
NUMBER_WORDS = {**ONES, **TENS, "hundred": 100, "thousand": 1000}
TIMES = {"twice": "2", "thrice": "3"}
SHORT = {
    "temp": "temporary",
    "promo": "promotion",
    "admin": "administrator",
    "info": "information",
    "acct": "account",
    "cust": "customer",
    "cx": "customer",
    "feb": "february",
    "mins": "minutes",
    "yr": "year",
    "yrs": "years",
    "msg": "message",
    "pls": "please",
    "approx": "approximately",
    "dept": "department",
    "e": "e",
}
NOTS = {"isnt", "arent", "wasnt", "werent", "dont", "doesnt", "didnt", "cant", "cannot", "wont", "shouldnt", "mustnt"}
STOP_WORDS = (
    "a an the is are was were be been being it its this that these those they them their he she his her you your we "
    "our of to in on at by for from with as so do does did has have had will would can could may might must should "
    "shall what who whom whose which when where why how and or then plus also just only there here s t i me my us "
    "about into if too very first second third finally next lastly afterwards both each either some any all"
)
STOP = frozenset(STOP_WORDS.split())
NEGATION_WORDS = "not no never without neither nor except excluding unless nobody nothing none hardly"
NEGATIONS = frozenset(NEGATION_WORDS.split())
HEDGED = re.compile(r"\b(?:nearly|almost|at most|no more than|not quite)\b")
COMPARED = ("less fewer under below lower smaller", "more over above greater higher exceed", "before", "after")
COMPARISONS = tuple(frozenset(words.split()) for words in COMPARED)
"""Words that make another thing of a figure or a moment; those of one set mean the same."""
_MORE, _LESS = "more|over|above|up|greater|higher", "less|fewer|under|below|lower"
_FIGURE = rf"(?=\s+(?:the\s+)?\$?(?:\d|(?:half|{'|'.join(NUMBER_WORDS)})\b))"
OR_MORE = re.compile(rf"\s+(?:or|and)\s+(?:{_MORE}|{_LESS})\b(?!\s+than\b)(?!{_FIGURE})", re.IGNORECASE)
BOUNDS = {
    "or more": re.compile(rf"\b(?:or|and) (?:{_MORE})\b(?! than\b)(?!{_FIGURE})|\bat least{_FIGURE}"),
    "or less": re.compile(rf"\b(?:or|and) (?:{_LESS})\b(?! than\b)(?!{_FIGURE})|\b(?:up to|at most){_FIGURE}"),
    "more than": re.compile(rf"(?<!no )\b(?:(?:more|greater|higher) than|over|above|exceed\w*){_FIGURE}"),
    "less than": re.compile(rf"(?<!no )\b(?:(?:less|fewer|lower) than|under|below){_FIGURE}"),
}
"""How a figure may be the end of something, by whether it counts itself; found in folded text."""
BUT = re.compile(r"\b(?:any\w*|all|every\w*|nothing|no ?one)\s+but\b|\bother than\b|\brather than\b|\binstead of\b")
OPENING_WORDS = "since because so it they which who that when if as you he she where while for but this like"
OPENERS = frozenset(OPENING_WORDS.split())
"""Words with which an explanation begins, not one more item of a list."""


PLAIN_WORDS = (
    "get give given show make made use need take say said go come send sent write call ask put keep let stay "
    "remain begin start end stand work happen handle do done always usually normally last again right correct "
    "short brief quick own same whole number code form formula algorithm check tool process procedure step thing "
    "word name kind type system document prompt verification answer customer caller have must follow digit "
    "official full special but within through up until whatever whichever itself themselves himself herself "
    "current least one ones phone case line person look period however together out off "
)
"""Words that change nothing where they stand beside a key term."""
