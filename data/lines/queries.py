"""Reads about lines: plan, carrier, handset, features, and what remains of the current period."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, Select, bindparam, select
from sqlmodel import Session

from data.columns import columns
from data.customers.tables import Account
from data.desk import Desk
from data.errors import NotFound
from data.identifiers import forms
from data.lines.rules import UNITS, BalanceKind, LineStatus
from data.lines.tables import Balance, Carrier, Device, Feature, Line, LineFeature, Plan
from data.lines.views import BalanceView, CarrierView, DeviceView, FeatureView, LineView, PlanView
from data.money import from_cents
from data.verification.rules import Field
from data.verification.sight import Hidden, masked, sight_in

PLACES = {"plan": Field.PLAN, "features": Field.PLAN, "balances": Field.BALANCES}
DEVICE_PLACES = dict.fromkeys(("esn", "meid", "imei", "iccid", "forms"), Field.DEVICE)


def covered_line(whole: LineView, hidden: Hidden) -> LineView:
    """The line with what is `hidden` of its customer masked."""
    if whole.device is None or (device := masked(whole.device, hidden, DEVICE_PLACES)) == whole.device:
        return masked(whole, hidden, PLACES)
    return masked(replace(whole, device=device, masked=(Field.DEVICE,)), hidden, PLACES)


line, plan, carrier = columns(Line), columns(Plan), columns(Carrier)
device, feature, line_feature, balance = columns(Device), columns(Feature), columns(LineFeature), columns(Balance)


@dataclass(frozen=True)
class _Reads:
    """The four statements that read some lines whole, however many there are."""

    lines: Select[Any]
    devices: Select[Any]
    features: Select[Any]
    balances: Select[Any]

    @classmethod
    def where(cls, chosen: ColumnElement[bool]) -> _Reads:
        """Reads of the lines that are `chosen`; `today` is bound for the balances."""
        today: BindParameter[date] = bindparam("today")
        return cls(
            select(
                line.id,
                line.mdn,
                line.status,
                line.activated_on,
                plan.name.label("plan_name"),
                plan.monthly_cents,
                plan.voice_minutes,
                plan.text_messages,
                plan.data_mb,
                plan.lifeline,
                carrier.name.label("carrier_name"),
                carrier.ocs_enabled,
            )
            .select_from(Line)
            .outerjoin(Plan, plan.id == line.plan_id)
            .outerjoin(Carrier, carrier.id == line.carrier_id)
            .where(chosen)
            .order_by(line.id),
            select(device.line_id, device.make, device.model, device.esn, device.meid, device.imei, device.iccid)
            .select_from(Line)
            .join(Device, device.line_id == line.id)
            .where(chosen)
            .order_by(device.id),
            select(line_feature.line_id, feature.name, feature.monthly_cents)
            .select_from(Line)
            .join(LineFeature, line_feature.line_id == line.id)
            .join(Feature, feature.id == line_feature.feature_id)
            .where(chosen)
            .order_by(feature.name),
            select(balance.line_id, balance.kind, balance.allowance, balance.remaining, balance.period_end)
            .select_from(Line)
            .join(Balance, balance.line_id == line.id)
            .where(chosen, balance.period_start <= today, balance.period_end >= today),
        )


OF_ACCOUNT = _Reads.where(line.account_id == bindparam("account"))
OF_ID = _Reads.where(line.id == bindparam("line"))
KINDS = {kind: place for place, kind in enumerate(BalanceKind)}


def find_line(desk: Desk, line_id: int) -> LineView:
    """The line with that id: numbers go from one customer to another, lines do not. Raises NotFound without one."""
    with desk.reading() as session:
        whole = line_in(session, line_id, desk.today())
        return covered_line(whole, sight_in(session, desk).hidden(customer_of(session, line_id)))


def line_in(session: Session, line_id: int, today: date) -> LineView:
    """`find_line` unmasked, for rules that read the line without showing it. Raises NotFound without one."""
    found = _read(session, OF_ID, {"line": line_id}, today)
    if not found:
        raise NotFound("That line is not here any more.", "Open the account again.")
    return found[0]


def customer_of(session: Session, line_id: int) -> int:
    """Whose line it is. Raises NotFound without one."""
    whose = select(columns(Account).customer_id).join(Line, line.account_id == columns(Account).id)
    customer_id: int | None = session.connection().execute(whose.where(line.id == line_id)).scalar()
    if customer_id is None:
        raise NotFound("That line is not here any more.", "Open the account again.")
    return customer_id


def lines_in(session: Session, account_id: int, today: date) -> tuple[LineView, ...]:
    """The account's lines in the order they were added, unmasked, within a snapshot that is already open."""
    return _read(session, OF_ACCOUNT, {"account": account_id}, today)


def _read(session: Session, reads: _Reads, chosen: dict[str, Any], today: date) -> tuple[LineView, ...]:
    connection = session.connection()
    rows = connection.execute(reads.lines, chosen).all()
    if not rows:
        return ()
    devices = {row.line_id: _device(row) for row in connection.execute(reads.devices, chosen)}
    features: dict[int, list[FeatureView]] = defaultdict(list)
    for row in connection.execute(reads.features, chosen):
        features[row.line_id].append(FeatureView(row.name, from_cents(row.monthly_cents)))
    balances: dict[int, list[BalanceView]] = defaultdict(list)
    for row in connection.execute(reads.balances, chosen | {"today": today}):
        balances[row.line_id].append(_balance(row))
    return tuple(
        _line(row, devices.get(row.id), features[row.id], sorted(balances[row.id], key=lambda b: KINDS[b.kind]))
        for row in rows
    )


def _line(
    row: Any, handset: DeviceView | None, features: Iterable[FeatureView], balances: Iterable[BalanceView]
) -> LineView:
    return LineView(
        id=row.id,
        mdn=row.mdn,
        status=LineStatus(row.status),
        activated_on=row.activated_on,
        plan=_plan(row) if row.plan_name is not None else None,
        carrier=CarrierView(row.carrier_name, row.ocs_enabled) if row.carrier_name is not None else None,
        device=handset,
        features=tuple(features),
        balances=tuple(balances),
    )


def _plan(row: Any) -> PlanView:
    return PlanView(
        row.plan_name,
        from_cents(row.monthly_cents),
        row.voice_minutes,
        row.text_messages,
        row.data_mb,
        row.lifeline,
    )


def _device(row: Any) -> DeviceView:
    spoken = forms(esn=row.esn, meid=row.meid, imei=row.imei, iccid=row.iccid)
    return DeviceView(row.make, row.model, row.esn, row.meid, row.imei, row.iccid, tuple(spoken))


def _balance(row: Any) -> BalanceView:
    kind = BalanceKind(row.kind)
    return BalanceView(kind, UNITS[kind], row.allowance, row.remaining, row.period_end)
