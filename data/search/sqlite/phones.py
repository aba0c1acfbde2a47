"""Candidates by a telephone number: whole, its end, its beginning, and with a slip in it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from data.search.results import Why
from data.search.scoring import BEGINNING, ENDING, EXACT, NEAR_NUMBER, slips
from data.search.sqlite.entries import ID_SHIFT
from data.search.sqlite.ranges import END, LAST_FOUR, MOST, Numbered, in_range

SHORTEST_BEGINNING = 3  # digits of a telephone number's beginning; fewer are a beginning of everything
FARTHEST = 3  # digits that may differ where nothing nearer is found
SAME_START = 3  # digits that agree in what is looked through then, or the last four


def phones(connection: Any, digits: str) -> list[tuple[str, int, str]]:
    """Telephone numbers that are `digits` or end with them: (the number backwards, who, the words of the name)."""
    digits = digits[1:] if len(digits) == 11 and digits[0] == "1" else digits
    if len(digits) < LAST_FOUR:
        return []
    return list(in_range(connection, "search_phone", "back, who, words", "back", digits[::-1]))


def of_phone(back: str, who: int, digits: str) -> Numbered:
    """A row of `phones` as found by `digits`."""
    number = back[::-1]
    whole = len(number) <= len(digits)
    how = "MDN" if whole else f"MDN ending {digits}"
    return Numbered(who >> ID_SHIFT, EXACT if whole else ENDING, Why(how, number, digits[-10:], "mdn"), mdn=number)


def by_phone(connection: Any, digits: str) -> Iterator[Numbered]:
    if not digits.isdigit():
        return
    rows = phones(connection, digits)
    for back, who, _ in sorted(rows, key=_open_first):
        yield of_phone(back, who, digits)
    if SHORTEST_BEGINNING <= len(digits) < 10:
        beginning = digits[1:] if digits[0] == "1" else digits
        for who, number in _line_numbers(connection, beginning):
            yield Numbered(who, BEGINNING, Why(f"MDN beginning {beginning}", number, beginning, "mdn"), mdn=number)


def _open_first(row: tuple[str, int, str]) -> tuple[int, int]:
    return row[1] & 1, row[1]


def _line_numbers(connection: Any, beginning: str) -> Iterator[tuple[int, str]]:
    yield from connection.execute(
        "SELECT a.customer_id, l.mdn FROM line l CROSS JOIN account a ON a.id = l.account_id"
        " WHERE l.mdn >= ? AND l.mdn < ? LIMIT ?",
        (beginning, beginning + END, MOST),
    )
    for key, who in in_range(connection, "search_number", "key, who", "key", "t" + beginning):
        yield who >> ID_SHIFT, key[1:]


def near_phones(connection: Any, digits: str) -> list[Numbered]:
    """Who has a number one digit off, or two digits swapped, or one missing or too many."""
    marks = sorted({number[::-1] for number in near_numbers(digits)})
    rows = connection.execute(
        f"SELECT back, who FROM search_phone WHERE back IN ({', '.join('?' * len(marks))}) LIMIT 200", marks
    )
    return [
        Numbered(who >> ID_SHIFT, NEAR_NUMBER, Why("MDN, one digit different", back[::-1], "", "mdn"), mdn=back[::-1])
        for back, who in rows
    ]


def near_numbers(digits: str) -> set[str]:
    """Ten-digit numbers that a slip makes `digits` of: one digit wrong, missing or extra, or two neighbours swapped."""
    found: set[str] = set()
    if len(digits) == 11:
        found = {digits[:at] + digits[at + 1 :] for at in range(11)}
    elif len(digits) == 9:
        found = {digits[:at] + digit + digits[at:] for at in range(10) for digit in "0123456789"}
    elif len(digits) == 10:
        found = {digits[:at] + digit + digits[at + 1 :] for at in range(10) for digit in "0123456789"}
        found |= {digits[:at] + digits[at + 1] + digits[at] + digits[at + 2 :] for at in range(9)}
    return found - {digits}


def nearest_phones(connection: Any, digits: str) -> list[Numbered]:
    """Who has the telephone number that is least unlike `digits`, among those that begin or end like it."""
    digits = digits[1:] if len(digits) == 11 and digits[0] == "1" else digits
    rows = {(who >> ID_SHIFT, back[::-1]) for back, who, _ in phones(connection, digits[-LAST_FOUR:])}
    rows.update(_line_numbers(connection, digits[:SAME_START]))
    return [
        Numbered(who, NEAR_NUMBER * distance, Why("MDN, nearest", mdn, "", "mdn"), mdn=mdn)
        for who, mdn in sorted(rows)
        if (distance := slips(digits, mdn, FARTHEST)) <= FARTHEST
    ]
