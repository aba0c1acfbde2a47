"""A query → results: the candidates of each kind, the best of them fetched, ranked and shown."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

from data.cycles import no_search_for_cycles
from data.search.ranking import Row, rank
from data.search.recognise import Query
from data.search.results import Results
from data.search.sqlite.candidates import gather
from data.search.sqlite.found import Candidate
from data.search.sqlite.lists import listed
from data.search.sqlite.names.two_words import A_PAGE
from data.search.sqlite.numbers.ranges import MOST
from data.search.sqlite.recent import Recent
from data.search.sqlite.words.lexicon import Lexicon
from data.search.sqlite.words.memory import Memory

SPARE = 3  # numbers beyond what is asked for, as a customer may have several; no number is likelier than another

_ROWS = """
    SELECT id, first, middle, last, company, account, status, keys, city, account_id
    FROM search_customer WHERE id IN ({marks})"""
_ACCOUNTS = "SELECT id, number, status FROM account WHERE id IN ({marks})"


def find(connection: Any, query: Query, limit: int, agent_id: int, memory: Memory) -> Results:
    """Who `query` may mean; one snapshot of the store is read.

    Garbage is looked for afterwards: it may take longer than the search.
    """
    with no_search_for_cycles(), _snapshot(connection) as writing:
        lexicon = Lexicon(connection, partial(memory.current, connection, writing=writing))
        recent = Recent(lexicon, agent_id)
        if not _only_words(query):
            return _find(lexicon, query, limit, recent)
        known = lexicon.memory.results
        key = query.kinds, query.words, query.comma, recent.customers, limit
        if key not in known:
            known[key] = _find(lexicon, query, limit, recent)
        return known[key]


@contextmanager
def _snapshot(connection: Any) -> Iterator[bool]:
    """What is read meanwhile is of one state; within a transaction that is open already, and so may write (True)."""
    writing: bool = connection.in_transaction
    if not writing:
        connection.execute("BEGIN")
    try:
        yield writing
    finally:
        if not writing and connection.in_transaction:
            connection.execute("ROLLBACK")


def _only_words(query: Query) -> bool:
    """Whether all that is asked for is in the index, so that the same is found until that changes."""
    if not query.words or query.number or query.numbers or query.others:
        return False
    return not (query.handle or query.beside_handle)  # which are looked for among e-mails


def _find(lexicon: Lexicon, query: Query, limit: int, recent: Recent) -> Results:
    only_number = bool(query.number) and not query.words
    wanted = limit + SPARE if only_number else max(limit, A_PAGE)
    found, near = gather(lexicon, query, wanted, recent)
    if only_number and len(found) < limit and found.unbuilt:  # they are customers with several such numbers each
        found, near = gather(lexicon, query, MOST, recent)
    candidates = found.in_order(recent.customers if len(found) > 1 else frozenset(), limit)
    hits = rank(candidates, _rows(lexicon, candidates))
    return Results(query.kinds, 0 if near else found.total, found.more and not near, hits, near and bool(hits))


def _rows(lexicon: Lexicon, candidates: list[Candidate]) -> dict[int, Row]:
    """What is shown of `candidates`, of whom one or two are asked for sooner than it is known what is remembered."""
    known = lexicon.memory.rows if len(candidates) > 2 else {}
    if missing := [one.customer_id for one in candidates if one.customer_id not in known]:
        known.update((row[0], Row._make(row)) for row in listed(lexicon.connection, _ROWS, missing))
    found = {one.customer_id: known[one.customer_id] for one in candidates if one.customer_id in known}
    other = {  # typed was another than the first one's
        one.account_id: one.customer_id
        for one in candidates
        if one.account_id is not None
        and one.customer_id in found
        and found[one.customer_id].account_id != one.account_id
    }
    for account_id, number, status in listed(lexicon.connection, _ACCOUNTS, list(other)) if other else ():
        found[other[account_id]] = found[other[account_id]]._replace(account=number, status=status)
    return found
