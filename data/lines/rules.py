"""Kinds and states of lines and balances, and what a charging system says of a line."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum


class LineStatus(StrEnum):
    """Whether a line works; the value is what a person sees."""

    PENDING = "pending"
    ACTIVE = "active"
    SUSPENDED = "suspended"
    DISCONNECTED = "disconnected"


class BalanceKind(StrEnum):
    """What a balance counts; its unit is minutes, messages or MB."""

    VOICE = "voice"
    TEXT = "text"
    DATA = "data"


UNITS = {BalanceKind.VOICE: "min", BalanceKind.TEXT: "texts", BalanceKind.DATA: "MB"}


class Usage(StrEnum):
    """What a balance on the charging system pays for."""

    VOICE = "voice"
    TEXT = "text"
    DATA = "data"
    MONEY = "money"
    OTHER = "other"


@dataclass(frozen=True)
class Bucket:
    """One balance on the OCS. `remaining` and `reserved` in `unit`; `remaining` None is unlimited.

    `status`: active, suspended or expired. `ends_at`: aware UTC, the first moment it no longer holds.
    """

    name: str
    usage: Usage
    unit: str
    remaining: Decimal | None
    status: str = "active"
    reserved: Decimal = Decimal(0)
    ends_at: datetime | None = None


@dataclass(frozen=True)
class Reading:
    """What the OCS says of a line."""

    status: str
    buckets: tuple[Bucket, ...]
