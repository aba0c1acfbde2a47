"""Lines as screens and commands get them: plan, carrier, handset, features, and what remains."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from data.lines.rules import BalanceKind, LineStatus
from data.verification.rules import Field


@dataclass(frozen=True)
class PlanView:
    """What a line buys each month. An allowance of None is unlimited; 0 is none."""

    name: str
    monthly: Decimal
    voice_minutes: int | None
    text_messages: int | None
    data_mb: int | None
    lifeline: bool


@dataclass(frozen=True)
class CarrierView:
    """Who provides the service. `ocs_enabled`: its lines can be read live (data/lines/ocs.py)."""

    name: str
    ocs_enabled: bool


@dataclass(frozen=True)
class DeviceView:
    """The handset. `forms`: each form of its numbers that a person may read out, as (label, text)."""

    make: str
    model: str
    esn: str
    meid: str
    imei: str
    iccid: str
    forms: tuple[tuple[str, str], ...]

    @property
    def name(self) -> str:
        """Make and model: "Samsung Galaxy A15"; "" where neither is known."""
        return f"{self.make} {self.model}".strip()


@dataclass(frozen=True)
class FeatureView:
    """Something added to a line besides its plan."""

    name: str
    monthly: Decimal


@dataclass(frozen=True)
class BalanceView:
    """What remains in the current period, in `unit`; None is unlimited. `period_end` is its last day."""

    kind: BalanceKind
    unit: str
    allowance: int | None
    remaining: int | None
    period_end: date


@dataclass(frozen=True)
class LineView:
    """One service of an account. `mdn`: ten digits, None where the number is not known.

    `masked`: what is there and may not be seen; it reads as nothing, a device's numbers as MASK.
    """

    id: int
    mdn: str | None
    status: LineStatus
    activated_on: date | None
    plan: PlanView | None
    carrier: CarrierView | None
    device: DeviceView | None
    features: tuple[FeatureView, ...]
    balances: tuple[BalanceView, ...]
    masked: tuple[Field, ...] = ()
