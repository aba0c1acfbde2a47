"""Reads about bills: the newest one, the next one, and why one is not what was quoted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from sqlmodel import Session, col, select

from data import money
from data.billing.expecting import expected_promotions
from data.billing.masking import account_with_bills
from data.billing.quoting import Quote, explain, root_cause
from data.billing.reading import Read, read_account
from data.billing.rules import BilledLine, Item, ItemKind, Plan, items_of, next_bill, total
from data.billing.tables import Bill, BillItem
from data.billing.views import BillView, Explained, ItemView, PartView
from data.customers.tables import Account
from data.desk import Desk
from data.errors import Misused, NotFound
from data.identifiers import parse_mdn, show_mdn
from data.lines.tables import Plan as PlanRow
from data.text import clean


def bill(desk: Desk, account: str, on: date | None = None) -> BillView:
    """The account's newest bill, or the one of the day `on`; where none was issued yet, the next one's estimate.

    Raises NotFound without the account or a bill of that day, Refused where its bills are masked.
    """
    with desk.reading() as session:
        row = account_with_bills(session, desk, account)
        read = read_account(session, row)
        return _view(row, read, *_newest(session, desk, row, read, on))


def bill_days(desk: Desk, account: str) -> tuple[date, ...]:
    """The days of the account's bills, the newest first. Raises NotFound, Refused where its bills are masked."""
    with desk.reading() as session:
        row = account_with_bills(session, desk, account)
        return tuple(one.bill_on for one in session.exec(_bills(row)))


def estimate(desk: Desk, account: str) -> BillView:
    """The account's next bill, as things stand. Raises NotFound, Refused where its bills are masked."""
    with desk.reading() as session:
        return estimate_in(session, desk, account_with_bills(session, desk, account))


def estimate_in(session: Session, desk: Desk, account: Account) -> BillView:
    """`estimate` within a snapshot that is already open."""
    read = read_account(session, account)
    bill_on = next_bill(read.billing.bill_day, desk.today())
    return _view(account, read, items_of(read.billed, bill_on), bill_on, True)


def explain_bill(
    desk: Desk,
    account: str,
    quoted: Decimal | None = None,
    by_line: Mapping[str, Decimal] | None = None,
    on: date | None = None,
) -> Explained:
    """Why the account's newest bill is not what was quoted a month: `quoted` in all, or `by_line` (number → dollars).

    Raises NotFound without the account, the bill or the line, Refused where the bills are masked, Misused where
    nothing was quoted.
    """
    if quoted is None and not by_line:
        raise Misused("Nothing was quoted.", "Give the whole quote, or what was quoted for each line.")
    with desk.reading() as session:
        row = account_with_bills(session, desk, account)
        read = read_account(session, row)
        items, bill_on, estimated = _newest(session, desk, row, read, on)
        lines = _lines_on(items, read)
        quote = Quote(None if quoted is None else money.to_cents(quoted), _quoted_lines(lines, by_line or {}))
        expected = expected_promotions(session, desk, row, read, items, bill_on)
        prices = session.exec(select(PlanRow.monthly_cents)).all()
    parts = explain(items, quote, lines, expected, prices)
    return Explained(
        _view(row, read, items, bill_on, estimated),
        money.from_cents(quote.cents),
        money.from_cents(total(items) - quote.cents),
        tuple(
            PartView(
                part.cause,
                money.from_cents(part.cents),
                part.text,
                read.names.get(part.line_id or 0, ""),
                part.line_id,
                part.ost,
            )
            for part in parts
        ),
        root_cause(parts),
    )


def _newest(
    session: Session, desk: Desk, account: Account, read: Read, on: date | None
) -> tuple[Sequence[Item], date, bool]:
    """The items of a bill, its day, and whether it is only estimated."""
    wanted = _bills(account) if on is None else _bills(account).where(Bill.bill_on == on)
    row = session.exec(wanted.limit(1)).first()
    if row is None and on is not None:
        raise NotFound(f"There is no bill of {on:%m-%d-%Y} on this account.", "Leave the day out for the newest.")
    if row is None:
        bill_on = next_bill(read.billing.bill_day, desk.today())
        return items_of(read.billed, bill_on), bill_on, True
    items = session.exec(select(BillItem).where(BillItem.bill_id == row.id).order_by(col(BillItem.id)))
    return [Item(ItemKind(one.kind), one.text, one.cents, one.line_id, one.ost) for one in items], row.bill_on, False


def _bills(account: Account) -> Any:
    return select(Bill).where(Bill.account_id == account.id).order_by(col(Bill.bill_on).desc())


def _lines_on(items: Sequence[Item], read: Read) -> list[BilledLine]:
    """The lines of a bill with their plans as that bill has them, whatever became of a line or its plan since."""
    plans = {item.line_id: Plan(item.text, item.cents) for item in items if item.kind is ItemKind.PLAN}
    ids = dict.fromkeys(item.line_id for item in items if item.line_id is not None)
    return [BilledLine(id, read.names[id], plans.get(id)) for id in ids]


def _quoted_lines(lines: Iterable[BilledLine], by_line: Mapping[str, Decimal]) -> dict[int, int] | None:
    by_name = {line.name: line.id for line in lines}
    quoted = {}
    for number, dollars in by_line.items():
        name = show_mdn(parse_mdn(number) or number)
        if name not in by_name:
            raise NotFound(f"There is no line {clean(number, 40)} on this bill.", "Check the number.")
        quoted[by_name[name]] = money.to_cents(dollars)
    return quoted or None


def _view(account: Account, read: Read, items: Iterable[Item], bill_on: date, estimated: bool) -> BillView:
    shown = tuple(
        ItemView(read.names.get(item.line_id or 0, ""), item.kind, item.text, money.from_cents(item.cents), item.ost)
        for item in items
    )
    whole = sum((item.amount for item in shown), money.from_cents(0))
    return BillView(account.number, bill_on, estimated, read.billing.autopay, shown, whole)
