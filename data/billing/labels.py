"""Return labels: asked for within the guarantee where no store is near, and followed until the device is here."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import Any

from sqlmodel import Session, col, select

from data.agents.rules import Permission
from data.billing.entitlements import return_by_label
from data.billing.masking import refuse_masked_bills
from data.billing.tables import BillingAccount, DeviceAgreement, ReturnLabel
from data.billing.views import LabelView
from data.customers.tables import Account, Customer
from data.desk import Desk, action
from data.errors import NotFound, Refused
from data.identifiers import show_mdn
from data.lines.tables import Line
from data.text import clean
from data.verification.rules import Field
from data.verification.sight import masked, sight_in


class LabelState(StrEnum):
    """How far a label is; the value is what a person sees."""

    REQUESTED = "requested"
    SENT = "sent"
    SHIPPED = "on its way back"
    RECEIVED = "received"
    WITHDRAWN = "withdrawn"


NEXT: dict[LabelState, tuple[LabelState, ...]] = {
    LabelState.REQUESTED: (LabelState.SENT, LabelState.WITHDRAWN),
    LabelState.SENT: (LabelState.SHIPPED, LabelState.RECEIVED, LabelState.WITHDRAWN),
    LabelState.SHIPPED: (LabelState.RECEIVED,),
    LabelState.RECEIVED: (),
    LabelState.WITHDRAWN: (),
}
"""Each state → what it may become; a carrier does not always tell that a device is on its way."""

COLUMNS = {
    LabelState.SENT: "sent_at",
    LabelState.SHIPPED: "shipped_at",
    LabelState.RECEIVED: "received_at",
    LabelState.WITHDRAWN: "withdrawn_at",
}


@action("label.request", needs=Permission.WORK_CASES)
def request_label(desk: Desk, agreement_id: int, *, no_store_near: bool = False) -> LabelView:
    """Asks for a shipping label to the address of record. `no_store_near`: the customer says so, nobody else knew.

    Raises NotFound; Refused where the bills are masked, after the guarantee, with a store near, or where a label is
    under way already.
    """
    agreement = desk.session.get(DeviceAgreement, agreement_id)
    if agreement is None:
        raise NotFound("There is no such device agreement.", "Look at the account's eligibility.")
    line = desk.session.get_one(Line, agreement.line_id)
    account = desk.session.get_one(Account, line.account_id)
    refuse_masked_bills(desk.session, desk, account)
    billing = desk.session.get(BillingAccount, account.id)
    may = return_by_label(agreement.bought_on, billing.store_miles if billing else None, desk.today())
    if may.allowed is False:
        over = desk.today() > may.last_day
        remedy = "It is too late in store, too." if over else "In store a device goes back within the guarantee, too."
        raise Refused(f"A return by label: {may.in_words}.", remedy)
    if may.allowed is None and not no_store_near:
        raise Refused("Nobody knows how far the nearest store is.", "Ask the customer; say so with --no-store-near.")
    standing = labels_of(desk.session, [agreement_id]).get(agreement_id)
    if standing and standing.state != LabelState.WITHDRAWN:
        raise Refused(f"A label for this device is {standing.state} already.", "Follow that one.")
    row = ReturnLabel(
        agreement_id=agreement_id,
        requested_by=desk.agent.name,
        requested_at=desk.now(),
        sent_to=_address(desk.session, account),
    )
    desk.session.add(row)
    desk.session.flush()
    desk.event.tell(account_id=account.id, device=agreement.device, label=row.id)
    return labels_of(desk.session, [agreement_id])[agreement_id]


@action("label.note", needs=Permission.WORK_CASES)
def note_label(desk: Desk, label_id: int, state: LabelState) -> LabelView:
    """Notes how far a label came. Raises NotFound; Refused where it can't come there from where it is."""
    row = desk.session.get(ReturnLabel, label_id)
    if row is None:
        raise NotFound(f"There is no label {label_id}.", "`careline label list` shows them all.")
    now = state_of(row)
    if state not in NEXT[now]:
        raise Refused(f"A label that is {now} can't become {state}.", "It is left as it is.")
    setattr(row, COLUMNS[state], desk.now())
    desk.session.flush()
    agreement = desk.session.get_one(DeviceAgreement, row.agreement_id)
    line = desk.session.get_one(Line, agreement.line_id)
    desk.event.tell(account_id=line.account_id, device=agreement.device, label=row.id, state=state)
    return labels_of(desk.session, [row.agreement_id], row.id)[row.agreement_id]


def labels(desk: Desk, *, settled: bool = False) -> tuple[LabelView, ...]:
    """Labels that are not received or withdrawn yet, the oldest first; with `settled` all of them.

    Where a label goes is masked, but for the customer who is verified.
    """
    with desk.reading() as session:
        rows, sight = _read(session, None), sight_in(session, desk)
    ended = (LabelState.RECEIVED, LabelState.WITHDRAWN)
    shown = [(view, sight.hidden(whose)) for _, whose, view in rows if settled or view.state not in ended]
    return tuple(masked(view, hidden, {"sent_to": Field.STREET}) for view, hidden in shown)


def labels_of(session: Session, agreements: Sequence[int | None], label_id: int | None = None) -> dict[int, LabelView]:
    """The newest label of each of these agreements, or the one of that id."""
    return {agreement: view for agreement, _, view in _read(session, agreements) if label_id in (None, view.id)}


def state_of(row: ReturnLabel) -> LabelState:
    """How far a label is."""
    furthest = reversed(COLUMNS)
    return next((state for state in furthest if getattr(row, COLUMNS[state]) is not None), LabelState.REQUESTED)


def _read(session: Session, agreements: Sequence[int | None] | None) -> list[tuple[int, int, LabelView]]:
    """Labels with the id of their agreement and of their customer, the oldest first; None: all there are."""
    wanted: Any = (
        select(ReturnLabel, DeviceAgreement, Line, Account)
        .join(DeviceAgreement, col(DeviceAgreement.id) == ReturnLabel.agreement_id)
        .join(Line, col(Line.id) == DeviceAgreement.line_id)
        .join(Account, col(Account.id) == Line.account_id)
        .order_by(col(ReturnLabel.id))
    )
    if agreements is not None:
        wanted = wanted.where(col(ReturnLabel.agreement_id).in_(agreements))
    found = session.exec(wanted)
    return [(row.agreement_id, whose[-1].customer_id, _view(row, *whose)) for row, *whose in found]


def _view(row: ReturnLabel, agreement: DeviceAgreement, line: Line, account: Account) -> LabelView:
    return LabelView(
        row.id or 0,
        agreement.device,
        show_mdn(line.mdn) if line.mdn else "no number",
        account.number,
        state_of(row),
        row.sent_to,
        row.requested_by,
        row.requested_at,
        row.sent_at,
        row.shipped_at,
        row.received_at,
    )


def _address(session: Session, account: Account) -> str:
    who = session.get_one(Customer, account.customer_id)
    place = " ".join(filter(None, (f"{who.city}," if who.city else "", who.state, who.zip)))
    whole = ", ".join(filter(None, (who.street, who.street2, place)))
    if not whole:
        raise Refused("There is no address of record to send a label to.", "Add the address first.")
    return clean(whole)
