"""What people and files may bring that harms where it is not expected."""

from __future__ import annotations

import random

MARKUP = (
    "[bold]",
    "[/]",
    "[@click=app.quit]x[/]",
    "[@click=screen.dismiss()]",
    "[link=file:///etc/passwd]",
    "[red",
    "\\[",
    "[[",
    "]",
    "[$error]",
    "[on red]",
    "[/bold][/]",
    "$x {y} %s %(name)s",
    "{0.__class__}",
    '[@click="app.bell()"]',
    "[#ff0000]",
)
ESCAPES = (
    "\x1b[2J",
    "\x1b]0;pwned\x07",
    "\x1b]52;c;cHduZWQ=\x07",
    "\x1b[31m",
    "\x9b2J",
    "\x07",
    "\x08" * 8,
    "\r",
    "\n",
    "\t",
    "\x0c",
    "\x1bP+q\x1b\\",
    "\x1b]8;;http://x\x1b\\y\x1b]8;;\x1b\\",
    "\x00",
    "\x7f",
    "\x85",
    "\u2028",
    "\u2029",
    "\x1c",
)
INVISIBLE = (
    "\u202e",
    "\u202d",
    "\u2066",
    "\u2069",
    "\u200b",
    "\u200d",
    "\ufeff",
    "\u00ad",
    "\u034f",
    "\u2060",
    "\U000e0041",
    "\u3164",
    "\u115f",
    "\ufe0f",
    "\u180e",
)
MARKS = ("e" + "\u0301" * 60, "\u0489" * 30, "Z\u0351\u036b\u0343\u036a\u0302", "\u20dd" * 9, "\u0e49" * 20)
WIDE = (
    "漢字" * 40,
    "👩\u200d👩\u200d👧\u200d👦",
    "🇺🇳",
    "ｆｕｌｌ",
    "﷽" * 9,
    "🏳️\u200d🌈",
    "\U0001f469\U0001f3fd",
    "ไทย",
    "नि",
    "\u1100\u1161",
)
FORMULAS = (
    "=1+1",
    "=cmd|' /C calc'!A0",
    "@SUM(A1)",
    "+1-1|x",
    "-2+3+cmd",
    "＝1+1",
    "'=1",
    '=HYPERLINK("http://x","y")',
    "\t=1",
)
BROKEN = ("\ud800", "\udcff", "\uffff", "\U0010ffff", "\ufffd")
SQL = (
    "'; DROP TABLE customer; --",
    '" OR ""="',
    "%",
    "_",
    "*",
    "NEAR(",
    "a AND b OR",
    '"',
    "(",
    "-x",
    "^",
    ":",
    "{a b}:",
)
NAMES = (
    "Maria Alvarez",
    "O'Brien",
    "",
    " ",
    "null",
    "None",
    "NaN",
    "0",
    "-1",
    "1e999",
    "../../etc/passwd",
    "CON",
    "a" * 300,
)
LONG = 100_000  # characters of the longest
SORTS = (MARKUP, ESCAPES, INVISIBLE, MARKS, WIDE, FORMULAS, BROKEN, SQL, NAMES)


def hostile(rng: random.Random, *, longest: int = LONG) -> str:
    """A text that means harm: one thing, several in a row, or one thing over and over."""
    way = rng.random()
    if way < 0.55:
        return rng.choice(rng.choice(SORTS))
    if way < 0.97:
        return "".join(rng.choice(rng.choice(SORTS)) for _ in range(rng.randrange(2, 8)))[: min(longest, 4000)]
    once = rng.choice(rng.choice(SORTS)) or "x"
    return (once * (longest // len(once) + 1))[:longest]


def storable(rng: random.Random, *, longest: int = LONG) -> str:
    """A hostile text that UTF-8 can hold, as a file or another program would bring it."""
    return hostile(rng, longest=longest).encode("utf-8", "ignore").decode("utf-8")
