"""Kinds and states of lines and balances."""

from __future__ import annotations

from enum import StrEnum


class LineStatus(StrEnum):
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
