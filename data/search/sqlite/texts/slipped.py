"""Customers with a name like the words typed, beside a date or a ZIP with a slip in it."""

from __future__ import annotations

from collections.abc import Iterator

from data.search.dates import days_nearly
from data.search.results import Why
from data.search.scoring import NEAR_NUMBER
from data.search.spelling import DIGITS, one_slip
from data.search.sqlite.index.entries import ID_SHIFT, ZIP
from data.search.sqlite.lists import listed
from data.search.sqlite.numbers.by_kind import ZIP_DIGITS
from data.search.sqlite.texts.called import alike, born_about
from data.search.sqlite.texts.comparing import Pool
from data.search.sqlite.texts.fitting import Fitter, Known
from data.search.sqlite.words.lexicon import Lexicon
from data.search.sqlite.words.memory import Named

ROWS_AT_ZIPS = 3_000  # entries at all the ZIPs that one slip makes of one
_AT_ZIPS = f"SELECT who, b FROM search_pair WHERE a IN ({{marks}}) LIMIT {ROWS_AT_ZIPS}"


def with_slips(lexicon: Lexicon, dates: tuple[str, ...], fitter: Fitter) -> Iterator[Pool]:
    """Those who are called so and have nearly the birth date or the ZIP, the likeliest first."""
    if dates:
        born = Known(NEAR_NUMBER, Why("nearly the birth date", "", "", ""))
        for customers in born_about(lexicon, days_nearly(dates), fitter):
            yield {customer: {dates[0]: born} for customer in customers}
    for number in fitter.numbers:
        if len(number) == ZIP_DIGITS:
            living = Known(NEAR_NUMBER, Why(f"ZIP like {number}", "", number, ""))
            yield {customer: {number: living} for customer in _near_zip(lexicon, number, fitter)}


def _near_zip(lexicon: Lexicon, code: str, fitter: Fitter) -> list[int]:
    """Customers at a ZIP that one slip makes of `code`, with a name that is like the text."""
    near = lexicon.known([ZIP + one for one in sorted(one_slip(code, ZIP_DIGITS, DIGITS))])
    ids = [word.id for word in near.values()]
    rows = listed(lexicon.connection, _AT_ZIPS, ids).fetchall() if ids else []
    return [who >> ID_SHIFT for who, _ in alike(Named.of(rows), fitter, 0)]
