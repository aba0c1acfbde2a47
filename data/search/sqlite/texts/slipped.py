"""Customers with a name like the words typed, beside a date or a ZIP with a slip in it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from data.search.dates import READINGS, days_nearly
from data.search.recognise import Query
from data.search.results import Why
from data.search.scoring import NEAR_NUMBER
from data.search.spelling import DIGITS, one_slip
from data.search.sqlite.index.entries import ID_SHIFT, ZIP
from data.search.sqlite.lists import listed, tabled
from data.search.sqlite.names.probe import PROBES
from data.search.sqlite.numbers.by_kind import ZIP_DIGITS
from data.search.sqlite.texts.called import alike, born_about
from data.search.sqlite.texts.comparing import Pool
from data.search.sqlite.texts.fitting import Fitter, Known
from data.search.sqlite.words.lexicon import Lexicon
from data.search.sqlite.words.meanings import END
from data.search.sqlite.words.memory import Named

ROWS_AT_ZIPS = 3_000  # entries at all the ZIPs that one slip makes of one
_ZIPS = "SELECT id FROM search_word WHERE word IN ({marks})"  # so many that they are not worth remembering
_STILL_TYPED = re.compile(r"-\d$")  # the day of 1970-01-0


def with_slips(lexicon: Lexicon, query: Query, fitter: Fitter) -> Iterator[Pool]:
    """Those who are called so and have nearly the birth date or the ZIP, the likeliest first."""
    if query.dates and not _STILL_TYPED.search(query.text):
        born = Known(NEAR_NUMBER, Why("nearly the birth date", "", "", ""))
        days = days_nearly(query.dates) if len(query.dates) <= READINGS else query.dates
        for customers in born_about(lexicon, days, fitter):
            yield {customer: {query.dates[0]: born} for customer in customers}
    for number in fitter.numbers:
        if len(number) == ZIP_DIGITS:
            living = Known(NEAR_NUMBER, Why(f"ZIP like {number}", "", number, ""))
            yield {customer: {number: living} for customer in _near_zip(lexicon, number, fitter)}


def _near_zip(lexicon: Lexicon, code: str, fitter: Fitter) -> list[int]:
    """Customers at a ZIP that one slip makes of `code`, with a last name that is like a word and begins as it does."""
    near = listed(lexicon.connection, _ZIPS, [ZIP + one for one in one_slip(code, ZIP_DIGITS, DIGITS)])
    initials = {word[0] for word in fitter.words}
    spans = [(0, id, initial, initial + END) for (id,) in near for initial in initials]
    rows = tabled(lexicon.connection, PROBES, spans, ROWS_AT_ZIPS).fetchall() if spans else []
    return [who >> ID_SHIFT for who, _ in alike(Named.of([(who, b) for _, b, who in rows]), fitter, 0)]
