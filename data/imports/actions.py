"""One batch of an import: one action, one transaction, one audit event, and one for each mail address it changed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field
from typing import Any

from data import audit
from data.agents.rules import Permission
from data.customers.rules import ContactMedium
from data.desk import Desk, action
from data.imports.catalog import ids_of
from data.imports.loading import Catalog, Ids, Loader
from data.imports.matching import Changed, Claims, sort_out
from data.imports.numbering import number_accounts
from data.imports.reasons import Oddity
from data.imports.rows import LIFELINE_COLUMNS, Rows
from data.imports.subscribing import subscribe
from data.imports.updating import FIELD_OF, Updated, Updater
from data.lifeline.actions import mark_changed
from data.lifeline.rules import VENDOR_LEARNS_OF
from data.search.engine import Progress

EMAILS = FIELD_OF[ContactMedium.EMAIL]
MOST_TOLD = 1_000  # changed accounts that an audit event names


@dataclass(frozen=True)
class Run:
    """What the batches of one import share. `source`: the file's name, for the audit.

    `claims` and `names_added` tell of the batches that are done; `highest` is the highest account number of the
    operator's pattern in the file. `many`: whether there are so many rows that search catches up with them later.
    """

    source: str
    claims: Claims
    highest: Callable[[], int]
    many: bool
    names_added: Counter[str] = field(default_factory=Counter)

    def keep(self, outcome: Outcome) -> None:
        """Notes a batch that is in the store for good."""
        self.claims.take(outcome.taken)
        self.names_added.update(outcome.names_added)


@dataclass(frozen=True)
class Outcome:
    """What became of a batch. `taken` and `names_added` are for the run, once the batch is safely kept."""

    added: int
    updated: int
    unchanged: int
    odd: Counter[str]
    taken: frozenset[int]
    names_added: dict[str, int]


@action("customers.import", needs=Permission.IMPORT_CUSTOMERS)
def import_batch(desk: Desk, rows: Rows, run: Run) -> Outcome:
    """Writes what is new or changed in `rows`; all of it or nothing."""
    connection = desk.driver
    ids = Ids.next(connection)
    known = sort_out(connection, rows, run.claims, ids.account)
    odd = rows.odd + known.odd
    touched = [*known.new, *(changed.at for changed in known.changed)]
    catalog, names_added = _catalog(connection, rows, touched, run, odd)
    given = rows.column("account")
    numbers = number_accounts(connection, [given[at] for at in known.new], run.highest)
    loader = Loader(connection, rows, known.new, numbers, ids, catalog)
    with desk.search_engine.postponing(connection, *ids.customers(len(known.new))) if run.many else nullcontext():
        loader.load(desk.now(), desk.today().isoformat())
    updates = _update(desk, connection, rows, known.changed, catalog, odd)
    if any(name in rows.columns for name in LIFELINE_COLUMNS):
        accounts = [(at, ids.account + place, loader.lines.get(at)) for place, at in enumerate(known.new)]
        accounts += [(update.at, update.account_id, update.line_id) for update in updates]
        subscribed = subscribe(desk.session, rows, accounts, odd, desk.today())
        updates = [update.told("lifeline") if update.at in subscribed else update for update in updates]
    updated = [update for update in updates if update.fields]
    _tell_of_mail(desk, updated, run.source)
    unchanged = known.unchanged + len(updates) - len(updated)
    desk.event.tell(
        file=run.source,
        lines=[min(rows.lines, default=0), max(rows.lines, default=0)],
        added=len(known.new),
        updated=len(updated),
        unchanged=unchanged,
        accounts=[ids.account, ids.account + len(known.new) - 1] if known.new else [],
        changed={str(update.account_id): list(update.fields) for update in updated[:MOST_TOLD]},
    )
    return Outcome(len(known.new), len(updated), unchanged, odd, frozenset(known.taken), names_added)


@action("search.catch_up", needs=Permission.IMPORT_CUSTOMERS)
def make_findable(desk: Desk, progress: Progress | None = None) -> int:
    """Enters customers for search who came by the thousand, a portion of them; returns how many are left."""
    return desk.search_engine.catch_up(desk.driver, progress)


def _catalog(
    connection: Any, rows: Rows, indexes: Sequence[int], run: Run, odd: Counter[str]
) -> tuple[Catalog, dict[str, int]]:
    found: list[dict[str, int]] = []
    added: dict[str, int] = {}
    for table in ("plan", "carrier"):
        column = rows.columns.get(table)
        names = {column[at] for at in indexes} if column else set()
        known, count = ids_of(connection, table, names, run.names_added[table], odd)
        found.append(known)
        added[table] = count
    return Catalog(*found), added


def _tell_of_mail(desk: Desk, updated: Sequence[Updated], source: str) -> None:
    """Tells on each account that its mail addresses changed: for 30 days they are not of record (47 CFR 64.2003).

    What comes with a new customer is told nowhere: another system has had it on the account.
    """
    for update in updated:
        if EMAILS in update.fields:
            event = audit.Event(update.account_id, {"changed": {EMAILS: "changed"}, "file": source})
            now, name = desk.now(), desk.agent.name
            audit.record(desk.driver, event, key=audit.new_key(now), at=now, agent=name, action="customer.import")


def _update(
    desk: Desk, connection: Any, rows: Rows, changes: Sequence[Changed], catalog: Catalog, odd: Counter[str]
) -> list[Updated]:
    """Applies the changed rows; what the Lifeline vendor must learn of is marked so."""
    updater = Updater(connection, rows, catalog)
    done = []
    for changed in changes:
        if rows.get("account", changed.at) and updater.renames(changed):
            odd[Oddity.ACCOUNT_RENAMED if changed.leads else Oddity.NAME_DIFFERS] += 1
        update = updater.apply(changed)
        if VENDOR_LEARNS_OF.intersection(update.fields):
            mark_changed(desk.session, changed.account_id, desk.now())
        done.append(update)
    return done
