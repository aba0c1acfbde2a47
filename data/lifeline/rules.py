"""Lifeline: vendors, states, and the dates that 47 CFR 54.405 and 54.410 set."""

from __future__ import annotations

from enum import StrEnum


class Vendor(StrEnum):
    """Who keeps the subscribers' records for the regulator."""

    NLAD = "NLAD"
    XEROX = "Xerox"


class EnrolmentState(StrEnum):
    ENROLLED = "enrolled"
    DE_ENROLLED = "de-enrolled"


class VerificationState(StrEnum):
    VERIFIED = "verified"
    FAILED = "failed"
    NEEDS_UPDATE = "needs update"
    PENDING = "pending"


class Transaction(StrEnum):
    """NLAD's transaction types."""

    VERIFY = "verify"
    ENROLL = "enroll"
    UPDATE = "update"
    TRANSFER = "transfer"
    DE_ENROLL = "de-enroll"
