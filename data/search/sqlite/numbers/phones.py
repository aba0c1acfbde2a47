"""Candidates by a telephone number: whole, its end, its beginning, and with a slip in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from data.search.results import Why
from data.search.scoring import BEGINNING, ENDING, EXACT, NEAR_NUMBER, slips
from data.search.sqlite.index.entries import ID_SHIFT, PHONE_DIGITS, Kept, backwards
from data.search.sqlite.lists import listed, tabled
from data.search.sqlite.numbers.ranges import END, LAST_FOUR, MOST, Ask, Numbered, Told, always, ask, between
from data.text import fold

SHORTEST_BEGINNING = 3  # digits of a telephone number's beginning; fewer are a beginning of everything
PUT_IN_ORDER = 300  # numbers with one end, of which those of active accounts come first
FARTHEST = 3  # digits that may differ where nothing nearer is found
SAME_START = 3  # digits that agree in what is looked through then, or the last four
SOME = 64  # that are looked at where a number is not typed out and nobody has its beginning or its end
ALIKE = 300  # numbers with the same first digits that are looked through for the nearest
NAMED = 4_000  # numbers with one end that are looked through for a name

_WHOLE = f"SELECT back, who >> {ID_SHIFT}, NULL FROM search_phone WHERE back = ? ORDER BY who & 1, who"
_ENDS = f"""
    SELECT back, who >> {ID_SHIFT}, NULL
    FROM (SELECT back, who FROM search_phone WHERE back BETWEEN ? AND ? LIMIT +?) ORDER BY who & 1, who LIMIT +?"""
_LINES = "SELECT mdn, id, NULL FROM line WHERE mdn >= ? AND mdn < ? LIMIT +?"
_OTHERS = f"SELECT substr(key, 2), who >> {ID_SHIFT}, NULL FROM search_number WHERE key >= ? AND key < ? LIMIT +?"
_WITH_NAMES = f"""
    SELECT p.who, k.last || ' ' || k.first || ' ' || k.company || ' ' || k.middle, p.back
    FROM (SELECT back, who FROM search_phone WHERE back BETWEEN ? AND ? LIMIT {NAMED}) p
    CROSS JOIN search_customer k ON k.id = p.who >> {ID_SHIFT}"""
_NEAR_BEGUN = """
    WITH near(low, high) AS (VALUES {marks})
    SELECT l.mdn, a.customer_id FROM near CROSS JOIN line l ON l.mdn >= near.low AND l.mdn < near.high
    CROSS JOIN account a ON a.id = l.account_id LIMIT +?"""
_NEAR_ENDED = """
    WITH near(low, high) AS (VALUES {marks})
    SELECT p.back, p.who FROM near CROSS JOIN search_phone p ON p.back BETWEEN near.low AND near.high LIMIT +?"""
ENDED = f"SELECT who >> {ID_SHIFT} AS id, back, who FROM search_phone WHERE back BETWEEN ? AND ? LIMIT {NAMED}"
_NEAR = f"SELECT back, who FROM search_phone WHERE back IN ({{marks}}) LIMIT {MOST}"


def by_phone(number: str, wanted: int) -> Iterator[Ask]:
    """What to ask for who has this telephone number, whole, or one that ends or begins with it."""
    if not number.isdigit():
        return
    digits = without_one(number)
    if len(digits) >= LAST_FOUR:
        tell, span = _tell_ended(digits), between(digits[::-1], PHONE_DIGITS)
        if len(digits) >= PHONE_DIGITS:
            yield Ask(_WHOLE, span[:1], always(EXACT), tell)
        else:
            yield Ask(_ENDS, (*span, max(PUT_IN_ORDER, wanted), wanted), always(ENDING), tell)
    if SHORTEST_BEGINNING <= len(number) < PHONE_DIGITS:
        start = number[1:] if number[0] == "1" else number
        cost, tell = always(BEGINNING), partial(_begun, start)
        yield Ask(_LINES, (start, start + END, wanted), cost, tell, beginning=True, of_lines=True)
        yield Ask(_OTHERS, ("t" + start, "t" + start + END, wanted), cost, tell, beginning=True)


def begun_so(connection: Any, digits: str) -> list[Numbered]:
    """Who has a telephone number that begins with `digits`, some of them where they are many."""
    return ask(connection, [one for one in by_phone(digits, SOME) if one.beginning])


def without_one(digits: str) -> str:
    """A number of the NANP without the 1 before it."""
    return digits[1:] if len(digits) == PHONE_DIGITS + 1 and digits[0] == "1" else digits


def of_phone(back: int, who: int, digits: str) -> Numbered:
    """A row of search_phone as found by `digits`."""
    cost = EXACT if len(digits) >= PHONE_DIGITS else ENDING
    return Numbered(who >> ID_SHIFT, cost, back, _tell_ended(digits))


def of_customer(kept: Kept, digits: str) -> list[Numbered]:
    """The telephone numbers of a customer that end with `digits`, or begin so."""
    found = []
    for number in [key[1:] for key in kept.keys.split() if key[0] in "lt"]:
        if len(digits) >= LAST_FOUR and number.endswith(digits):
            found.append(of_phone(backwards(number), kept.who, digits))
        elif len(digits) >= SHORTEST_BEGINNING and number.startswith(digits):
            found.append(Numbered(kept.id, BEGINNING, number, partial(_begun, digits)))
    return found


def _tell_ended(digits: str) -> Callable[[int], Told]:
    """How a number is told that `digits` are, or are the end of."""
    how = "MDN" if len(digits) >= PHONE_DIGITS else f"MDN ending {digits}"
    return partial(_ended, digits[-PHONE_DIGITS:], how)


def _ended(typed: str, how: str, back: int) -> Told:
    number = forwards(back)
    return Told(Why(how, number, typed, "mdn"), mdn=number)


def _begun(start: str, mdn: str) -> Told:
    return Told(Why(f"MDN beginning {start}", mdn, start, "mdn"), mdn=mdn)


def forwards(back: int) -> str:
    """The ten digits that search_phone keeps backwards."""
    return f"{back:0{PHONE_DIGITS}d}"[::-1]


def span_of(digits: str) -> tuple[int, int]:
    """The range of `back` of the telephone numbers that end with `digits`: of the rows of ENDED."""
    return between(without_one(digits)[::-1], PHONE_DIGITS)


def count_ended(connection: Any, digits: str) -> int:
    """How many telephone numbers end with `digits`, or as many as are looked through."""
    return int(connection.execute(f"SELECT count(*) FROM ({ENDED})", span_of(digits)).fetchone()[0])


def with_names(connection: Any, digits: str) -> list[tuple[int, str, int]]:
    """Telephone numbers that end with `digits`: (who, their name, folded, the number backwards)."""
    rows = connection.execute(_WITH_NAMES, span_of(digits))
    return [(who, fold(name).replace("-", " "), back) for who, name, back in rows]


def near_phones(connection: Any, digits: str) -> list[Numbered]:
    """Who has a number one digit off, or two digits swapped, or one missing or too many."""
    backs = sorted(int(number[::-1]) for number in near_numbers(digits))
    rows = listed(connection, _NEAR, backs) if backs else ()
    return [_near(who >> ID_SHIFT, forwards(back)) for back, who in rows]


def near_parts(connection: Any, digits: str) -> list[Numbered]:
    """Who has a number that begins, or ends, with what is one digit off `digits`, or has two digits swapped."""
    near = sorted(one_off(digits))
    begun = tabled(connection, _NEAR_BEGUN, [(number, number + END) for number in near], SOME).fetchall()
    ends = [between(number[::-1], PHONE_DIGITS) for number in near]
    ended = tabled(connection, _NEAR_ENDED, ends, SOME).fetchall()
    return [_near(who, mdn) for mdn, who in begun] + [_near(who >> ID_SHIFT, forwards(back)) for back, who in ended]


def _near(who: int, number: str) -> Numbered:
    return Numbered(who, NEAR_NUMBER, number, partial(_nearly, "MDN, one digit off"))


def _nearly(how: str, number: str) -> Told:
    return Told(Why(how, number, "", "mdn"), mdn=number)


def near_numbers(digits: str) -> set[str]:
    """Ten-digit numbers that a slip makes `digits` of: one digit wrong, missing or extra, or two neighbours swapped."""
    if not digits.isdigit():
        return set()
    if len(digits) == PHONE_DIGITS + 1:
        return {digits[:at] + digits[at + 1 :] for at in range(len(digits))}
    if len(digits) == PHONE_DIGITS - 1:
        return {digits[:at] + digit + digits[at:] for at in range(PHONE_DIGITS) for digit in "0123456789"}
    return one_off(digits) if len(digits) == PHONE_DIGITS else set()


def one_off(digits: str) -> set[str]:
    """Numbers of as many digits, one of them another or two neighbours swapped."""
    found = {digits[:at] + digit + digits[at + 1 :] for at in range(len(digits)) for digit in "0123456789"}
    found |= {digits[:at] + digits[at + 1] + digits[at] + digits[at + 2 :] for at in range(len(digits) - 1)}
    return found - {digits}


def nearest_phones(connection: Any, number: str) -> list[Numbered]:
    """Who has the telephone number that is least unlike `number`, among those that begin or end like it."""
    digits = without_one(number)
    start = digits[:SAME_START]
    tell, cost = partial(_nearly, "MDN, nearest"), always(NEAR_NUMBER)
    ends = between(digits[: -LAST_FOUR - 1 : -1], PHONE_DIGITS)
    ended = ask(connection, [Ask(_ENDS, (*ends, MOST, MOST), cost, tell)])
    begun = ask(connection, [Ask(_LINES, (start, start + END, ALIKE), cost, tell, of_lines=True)])
    alike = {(one.customer_id, forwards(one.number)) for one in ended}
    alike |= {(one.customer_id, one.number) for one in begun}
    return [
        Numbered(who, NEAR_NUMBER * distance, mdn, tell)
        for who, mdn in sorted(alike)
        if (distance := slips(digits, mdn, FARTHEST)) <= FARTHEST
    ]
