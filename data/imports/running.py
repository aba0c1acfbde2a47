"""A whole file into the store, batch by batch. What is done is kept, whatever happens to the rest.

table = open_table(path)
plan = propose(table.header, table.sample, named=table.named)
report = import_customers(desk, table, plan)
"""

from __future__ import annotations

import shutil
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path

from data.agents.rules import Permission
from data.backups.copying import copy_store
from data.cycles import no_search_for_cycles
from data.desk import Desk, permit
from data.imports.actions import Outcome, Run, import_batch, make_findable
from data.imports.bulk import next_id
from data.imports.dates import Order, order_of
from data.imports.fields import DATES, Field
from data.imports.mapping import Plan, check
from data.imports.matching import Claims
from data.imports.numbering import highest
from data.imports.producing import ready_rows
from data.imports.reading import SAMPLE, Table
from data.imports.rejects import RejectsFile, rejects_path
from data.imports.rows import Context, Rows
from data.operators.tables import Operator
from data.store import open_store
from data.store_faults import trouble
from data.store_making import is_left

MANY = 2_000  # rows of a file from which on search catches up at the end
TRY = ".careline-try-"  # how the folder of a dry run's copy is called
FINDABLE = "Making them findable"
Progress = Callable[[str, int, int], None]  # what is being done, how much is, of how much


@dataclass
class Report:
    """What became of a file's rows. `warnings` and `rejections` count by reason.

    `stopped`: whether it was called off before the end; `rejects`: the file of the rejected rows, where there are any;
    `findable`: whether search finds everyone who was added.
    """

    read: int = 0
    added: int = 0
    updated: int = 0
    unchanged: int = 0
    rejected: int = 0
    warnings: Counter[str] = field(default_factory=Counter)
    rejections: Counter[str] = field(default_factory=Counter)
    stopped: bool = False
    rejects: Path | None = None
    findable: bool = False

    def note(self, rows: Rows, outcome: Outcome) -> None:
        """Adds a batch that is kept."""
        self.read += rows.read
        self.added += outcome.added
        self.updated += outcome.updated
        self.unchanged += outcome.unchanged
        self.rejected += len(rows.rejected)
        self.warnings.update({str(why): count for why, count in outcome.odd.items()})
        self.rejections.update(str(one.why) for one in rows.rejected)


def import_customers(
    desk: Desk,
    table: Table,
    plan: Plan,
    *,
    report: Report | None = None,
    rejects: Path | None = None,
    dry_run: bool = False,
    progress: Progress | None = None,
    stopped: Callable[[], bool] = lambda: False,
    share: bool = False,
) -> Report:
    """Imports the rows of `table`; `report` fills as batches are kept, so that an error tells what was done before it.

    `rejects`: where rejected rows go, without it beside the file. `stopped` is asked after each batch. A `dry_run`
    works on a copy of the store and writes no file. `share`: a second process may read a large file.

    Raises Refused where the agent may not, Misused where no column is a name.
    """
    permit(desk, Permission.IMPORT_CUSTOMERS)
    check(plan)
    report = report if report is not None else Report()
    show = progress or (lambda what, done, total: None)
    if dry_run:
        with _copy(desk) as at_copy, _in_bulk(at_copy) as at_work:
            _run(at_work, table, plan, report, None, show, stopped, share)
    else:
        with _in_bulk(desk) as at_work:
            with RejectsFile(rejects or rejects_path(table.path), table) as file:
                _run(at_work, table, plan, report, file, show, stopped, share)
            _catch_up(at_work, show)
        report.findable = True
    return report


@contextmanager
def _in_bulk(desk: Desk) -> Iterator[Desk]:
    with desk.store.in_bulk() as store:
        yield replace(desk, store=store)


def _run(
    desk: Desk,
    table: Table,
    plan: Plan,
    report: Report,
    rejects: RejectsFile | None,
    progress: Progress,
    stopped: Callable[[], bool],
    share: bool,
) -> None:
    context = _context(desk, table, plan)
    with desk.store.raw() as connection:
        claims = Claims(next_id(connection, "import_record") - 1)
    run = Run(table.path.name, claims, _highest(table, context), many=table.rows_about > MANY)
    with no_search_for_cycles(), closing(ready_rows(table, context, share=share)) as batches:
        for rows in batches:
            if rows.read:
                outcome = import_batch(desk, rows, run)
                run.keep(outcome)
                report.note(rows, outcome)
            if rejects and rows.rejected:
                rejects.write(rows.rejected)
                report.rejects = rejects.path
            progress(f"Importing {table.path.name}", report.read, max(table.rows_about, report.read))
            if stopped():
                report.stopped = True
                return


def _catch_up(desk: Desk, progress: Progress) -> None:
    """Enters for search whoever was put off, by this import or by one that did not come to its end."""
    with desk.store.raw() as connection:
        most = left = desk.search_engine.behind(connection)
    if left:
        progress(FINDABLE, 0, most)
    while left:
        left = make_findable(desk, lambda done, total: progress(FINDABLE, done, total))
        progress(FINDABLE, most - left, most)


def _context(desk: Desk, table: Table, plan: Plan) -> Context:
    with desk.reading() as session:
        operator = session.get_one(Operator, 1)
    orders = {wanted: _order(table, plan.columns[wanted]) for wanted in DATES if wanted in plan.columns}
    return Context(table.header, plan, operator.account_pattern, desk.today(), orders)


def _order(table: Table, index: int) -> Order | None:
    """The order of a column's dates; where its beginning does not tell, the rest of it is asked."""
    order = order_of(row[index] for row in table.sample if len(row) > index)
    if order in (Order.UNSURE, None) and len(table.sample) >= SAMPLE - 1:
        return order_of(table.column(index))
    return order


def _highest(table: Table, context: Context) -> Callable[[], int]:
    """What finds the highest account number of the operator's pattern in the file, when it is first asked."""
    index = context.plan.column_of(Field.ACCOUNT)

    @cache
    def find() -> int:
        return 0 if index is None else highest(table.column(index), context.account_pattern)

    return find


def _clear_tries(beside: Path) -> None:
    """Deletes the copies that programs that were killed left there: nothing has been written in them for a while."""
    for left in beside.glob(f"{TRY}*"):
        with suppress(FileNotFoundError):  # another program was quicker
            if all(is_left(path) for path in (left, *left.iterdir())):
                shutil.rmtree(left, ignore_errors=True)


@contextmanager
def _copy(desk: Desk) -> Iterator[Desk]:
    """A desk at a copy of the store, which stands beside the store, is as private as it, and is gone in the end."""
    beside = desk.store.path.parent
    _clear_tries(beside)
    with tempfile.TemporaryDirectory(prefix=TRY, dir=beside) as folder:
        path = Path(folder) / "copy.store"
        path.touch(mode=0o600)
        with trouble(desk.store.path):
            copy_store(desk.store.path, path)
        store = open_store(path)
        try:
            yield replace(desk, store=store)
        finally:
            store.close()
