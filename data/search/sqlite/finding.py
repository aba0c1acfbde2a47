"""A query → results: the candidates of each kind, the best of them fetched, ranked and shown."""

from __future__ import annotations

import json
from typing import Any

from data.search.ranking import Row, rank
from data.search.recognise import Query
from data.search.results import Results
from data.search.sqlite.candidates import gather
from data.search.sqlite.found import Candidate
from data.search.sqlite.meanings import Memory

SPARE = 14  # candidates beyond the limit that are ranked, so that one opened lately can rise

_ROWS = """
    SELECT k.id, k.first, k.middle, k.last, k.company, k.account, k.status, k.mdn, k.city, r.opened_at IS NOT NULL
    FROM json_each(?) v CROSS JOIN search_customer k ON k.id = v.value
    LEFT JOIN recently_opened r ON r.agent_id = ? AND r.account_id = k.account_id"""


def find(connection: Any, query: Query, limit: int, agent_id: int, memory: Memory) -> Results:
    """Who `query` may mean; one snapshot of the store is read."""
    outer = connection.in_transaction
    if not outer:
        connection.execute("BEGIN")
    try:
        found, near = gather(connection, query, limit + SPARE, memory)
        candidates = found.in_order(limit + SPARE)
        rows = _rows(connection, candidates, agent_id)
    finally:
        if not outer and connection.in_transaction:
            connection.execute("ROLLBACK")
    hits = rank(candidates, rows, limit)
    return Results(query.kinds, 0 if near else found.total, found.more and not near, hits, near and bool(hits))


def _rows(connection: Any, candidates: list[Candidate], agent_id: int) -> dict[int, Row]:
    if not candidates:
        return {}
    ids = json.dumps([candidate.customer_id for candidate in candidates])
    rows = {row[0]: Row(*row) for row in connection.execute(_ROWS, (ids, agent_id))}
    other = {one.account_id: one for one in candidates if one.account_id is not None}
    if other:
        _correct_accounts(connection, rows, other)
    return rows


def _correct_accounts(connection: Any, rows: dict[int, Row], other: dict[int, Candidate]) -> None:
    """Where what was typed is of another account than the customer's first, that account is shown."""
    found = connection.execute(
        "SELECT id, number, status FROM account WHERE id IN (SELECT value FROM json_each(?))",
        (json.dumps(list(other)),),
    )
    for account_id, number, status in found:
        customer_id = other[account_id].customer_id
        if customer_id in rows:
            rows[customer_id] = rows[customer_id]._replace(account=number, status=status)
