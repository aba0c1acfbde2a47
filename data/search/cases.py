"""Cases that a typed number names: one look-up by the unique number, made only where the text may be one."""

from __future__ import annotations

from typing import Any, NamedTuple

from data.cases.rules import ORPHAN_ACCOUNT
from data.customers.rules import display_name
from data.search.recognise import Query
from data.search.results import CaseHit, Kind

DIGITS = 8

FIND = """
SELECT care_case.number, care_case.subject, care_case.status, account.number, icci.text, icci.next_step,
       customer.first_name, customer.middle_name, customer.last_name, customer.company_name
FROM care_case
LEFT JOIN account ON account.id = care_case.account_id
LEFT JOIN customer ON customer.id = account.customer_id
LEFT JOIN case_entry AS icci ON icci.id =
     (SELECT max(id) FROM case_entry WHERE case_entry.case_id = care_case.id AND case_entry.kind = 'icci')
WHERE care_case.number = ?
"""


def cases_for(connection: Any, query: Query) -> tuple[CaseHit, ...]:
    """The case whose number `query` may be, if there is one. `connection` is the driver's."""
    number = case_number(query)
    if not number:
        return ()
    return tuple(_hit(_Row(*row)) for row in connection.execute(FIND, (number,)).fetchall())


def case_number(query: Query) -> str:
    """The eight digits of the case number that `query` may be, "" where it is none.

    Leading zeros may be left out where the text says that it is a case's: "case 1013864".
    """
    if Kind.CASE not in query.kinds or not query.number.isdigit():
        return ""
    return query.number.zfill(DIGITS) if len(query.number) <= DIGITS else ""


class _Row(NamedTuple):
    number: str
    subject: str
    status: str
    account: str | None  # None: nobody's, and no name either
    icci: str | None
    next_step: str | None
    first: str
    middle: str
    last: str
    company: str


def _hit(row: _Row) -> CaseHit:
    known = row.account is not None
    name = display_name(row.first, row.middle, row.last, row.company) if known else ORPHAN_ACCOUNT
    return CaseHit(row.number, row.subject, row.status, row.account or "", name, row.icci or "", row.next_step or "")
