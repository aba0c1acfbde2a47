"""What an account says of a purchase: device, day, trade-in, plan, loyalty, and the promotions that a line has."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlmodel import Session, col, select

from data.billing.tables import BillingAccount, DeviceAgreement
from data.customers.tables import Account
from data.errors import NotFound
from data.identifiers import parse_mdn
from data.lines.tables import Device, Line, Plan
from data.promotions.names import key
from data.promotions.rules import Kind, Shape
from data.promotions.standing import Applied, had_promotions, standing_promotions
from data.text import clean

PURCHASE = (
    "on", "device", "traded", "trade_in", "shape", "kind", "tenure_days", "arrival_days", "arrived", "price", "had",
)  # fmt: skip


@dataclass(frozen=True)
class LineFacts:
    """A line and what is known of its last purchase. `facts`: by name, as Facts has them; `credits`: of its lines."""

    line_id: int
    mdn: str | None
    facts: dict[str, Any]
    agreement_id: int | None


def lines_facts(session: Session, account: Account, today: date) -> tuple[LineFacts, ...]:
    """Every line of the account that may have a promotion, in the order in which they were added."""
    lines = session.exec(
        select(Line, Plan).outerjoin(Plan, col(Plan.id) == Line.plan_id).where(Line.account_id == account.id)
    ).all()
    ids = [line.id for line, _ in lines]
    billing = session.get(BillingAccount, account.id)
    agreements = _latest_agreements(session, ids)
    phones = {
        row.line_id: f"{row.make} {row.model}".strip()
        for row in session.exec(select(Device).where(col(Device.line_id).in_(ids)).order_by(col(Device.id)))
    }
    bought = {line_id: agreement.bought_on for line_id, agreement in agreements.items()}
    standing = standing_promotions(session, ids, bought, today)
    had = had_promotions(session, ids, bought)
    return tuple(
        LineFacts(
            line.id or 0,
            line.mdn,
            _of_account(billing)
            | _of_line(plan, standing[line.id or 0], phones.get(line.id or 0))
            | _of_purchase(agreements.get(line.id or 0), today)
            | {"had": had[line.id or 0]},
            agreements[line.id or 0].id if line.id in agreements else None,
        )
        for line, plan in sorted(lines, key=lambda pair: pair[0].id or 0)
    )


def on_the_line(session: Session, line_id: int, on: date | None, today: date) -> tuple[list[Applied], dict[str, Any]]:
    """The promotions that stand on a line beside a purchase of the day `on`, and what they and earlier ones say."""
    bought = {line_id: on} if on else {}
    standing = standing_promotions(session, [line_id], bought, today)[line_id]
    return standing, _of_standing(standing) | {"had": had_promotions(session, [line_id], bought)[line_id]}


def line_of(lines: Sequence[LineFacts], mdn: str) -> LineFacts:
    """The line with that number. Raises NotFound where the account has none."""
    digits = parse_mdn(mdn) or mdn
    found = next((line for line in lines if line.mdn == digits), None)
    if found is None:
        raise NotFound(f"There is no line {clean(mdn, 40)} on this account.", "Check the number, or leave it out.")
    return found


def likely(lines: Sequence[LineFacts], said: dict[str, Any], most: int) -> list[LineFacts]:
    """The lines that a caller may speak of, the likeliest first.

    Those with the device, plan or kind that they named come first, then those that something was bought on last.
    """

    def nearness(line: LineFacts) -> tuple[int, date]:
        agreed = sum(_same(line.facts.get(fact), said[fact]) for fact in ("device", "plan", "kind") if fact in said)
        return agreed, line.facts.get("on") or date.min

    return sorted(lines, key=nearness, reverse=True)[:most]


def beside(line: LineFacts, said: dict[str, Any]) -> dict[str, Any]:
    """What the line adds to what was said: nothing of a purchase where another device was named."""
    other = "device" in said and not _same(line.facts.get("device"), said["device"])
    return {fact: value for fact, value in line.facts.items() if not (other and fact in PURCHASE)}


def _same(one: Any, other: Any) -> bool:
    if isinstance(one, str) and isinstance(other, str):
        return key(one) == key(other)
    return bool(one == other)


def _latest_agreements(session: Session, ids: Sequence[int | None]) -> dict[int, DeviceAgreement]:
    rows = session.exec(
        select(DeviceAgreement)
        .where(col(DeviceAgreement.line_id).in_(ids))
        .order_by(col(DeviceAgreement.bought_on), col(DeviceAgreement.id))
    )
    return {row.line_id: row for row in rows}


def _of_account(billing: BillingAccount | None) -> dict[str, Any]:
    return {"loyalty": billing.loyalty, "current": billing.past_due_cents <= 0} if billing else {}


def _of_standing(standing: Sequence[Applied]) -> dict[str, Any]:
    osts = tuple(revision.ost for _, revision in standing)
    return {"others": osts, "alone": any(not revision.stacks for _, revision in standing)}


def _of_line(plan: Plan | None, standing: Sequence[Applied], phone: str | None) -> dict[str, Any]:
    facts = _of_standing(standing)
    if plan is not None:
        facts |= {"plan": plan.name, "plan_cents": plan.monthly_cents}
    return facts | ({"device": phone} if phone else {})


def _of_purchase(agreement: DeviceAgreement | None, today: date) -> dict[str, Any]:
    if agreement is None:
        return {}
    facts: dict[str, Any] = {
        "on": agreement.bought_on,
        "device": agreement.device,
        "kind": Kind(agreement.kind),
        "price": agreement.cents,
        "traded": bool(agreement.trade_in),
    }
    if not agreement.trade_in:
        return facts
    facts |= {"trade_in": agreement.trade_in, "arrived": agreement.arrived_on is not None}
    facts["arrival_days"] = ((agreement.arrived_on or today) - agreement.bought_on).days
    if agreement.shape:
        facts["shape"] = Shape(agreement.shape)
    if agreement.in_use_since:
        facts["tenure_days"] = (agreement.bought_on - agreement.in_use_since).days
    return facts
