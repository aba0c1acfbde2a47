"""Which customers a query may mean: each part of it looked up, the parts brought together."""

from __future__ import annotations

from typing import Any

from data.search.recognise import Query
from data.search.results import COUNTED
from data.search.sqlite.found import Candidate, Found
from data.search.sqlite.meanings import Lexicon
from data.search.sqlite.names import one_word, two_words
from data.search.sqlite.numbers import READERS, Numbered, by_birth_date, by_email, by_number


def gather(connection: Any, query: Query, wanted: int) -> tuple[Found, bool]:
    """Candidates for `query`, at least `wanted` of them where there are so many; and whether they are only near."""
    found = Found()
    if query.number:
        _add_numbered(found, by_number(connection, query.number, tuple(READERS)))
    if query.emails:
        _add_numbered(found, [one for email in query.emails for one in by_email(connection, email)])
    if query.dates and not query.words:
        _add_numbered(found, by_birth_date(connection, query.dates))
    lexicon = Lexicon(connection)
    if len(query.words) == 1:
        one_word(lexicon, query.words[0], found, wanted)
    elif len(query.words) > 1:
        two_words(lexicon, query.words[0], query.words[1], query.comma, found, wanted)
    return found, False


def _add_numbered(found: Found, numbered: list[Numbered]) -> None:
    for one in numbered:
        found.add(
            Candidate(one.customer_id, one.cost, one.cost, (one.why,), False, one.detail, one.account_id, one.mdn)
        )
    found.more = found.more or len(found) > COUNTED
