"""Credits, each step that they took, their Release Agreements, and how a set-up fee complaint was met."""

from datetime import datetime

from sqlalchemy import Index, LargeBinary, UniqueConstraint
from sqlmodel import Field

from data.columns import Row, UTCDateTime


class Credit(Row, table=True):
    """A credit object of a case; `account_id` is set only where it belongs to an account without a case.

    `cents`: all months together; `months` 1 is one-time. `ocr` and `release_agreement`: how it was routed when it was
    asked for. `decision`: what whoever decided said.
    """

    id: int | None = Field(default=None, primary_key=True)
    case_id: int | None = Field(default=None, foreign_key="care_case.id", index=True, ondelete="CASCADE")
    account_id: int | None = Field(default=None, foreign_key="account.id", index=True, ondelete="SET NULL")
    market_id: int | None = Field(default=None, foreign_key="market.id", ondelete="SET NULL")
    kind: str  # CreditKind
    related_to: str
    cents: int
    months: int = 1
    months_issued: int = 0
    asked_of: str  # AskedOf
    dealer: str = ""
    reason: str
    evidence: str = ""
    ocr: bool
    release_agreement: bool
    state: str  # CreditState
    requested_by_id: int = Field(foreign_key="agent.id")
    requested_at: datetime = Field(sa_type=UTCDateTime)
    decided_by_id: int | None = Field(default=None, foreign_key="agent.id")
    decided_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    decision: str = ""

    __table_args__ = (
        Index("ix_credit_state", "state", "requested_at"),
        Index("ix_credit_requested_by", "requested_by_id", "state"),
        Index("ix_credit_decided", "requested_by_id", "decided_at"),
        Row.__table_args__,
    )


class CreditStep(Row, table=True):
    """One change of a credit's state: who, when and why."""

    __tablename__ = "credit_step"

    id: int | None = Field(default=None, primary_key=True)
    credit_id: int = Field(foreign_key="credit.id", index=True, ondelete="CASCADE")
    at: datetime = Field(sa_type=UTCDateTime)
    agent: str
    state: str  # CreditState, as it then was
    why: str = ""


class Agreement(Row, table=True):
    """A version of a credit's Release Agreement. `pdf` is the document as it was drawn up, `digest` its SHA-256."""

    __tablename__ = "release_agreement"

    id: int | None = Field(default=None, primary_key=True)
    credit_id: int = Field(foreign_key="credit.id", ondelete="CASCADE")
    version: int
    state: str  # AgreementState
    pdf: bytes = Field(sa_type=LargeBinary)
    digest: str
    made_by: str
    made_at: datetime = Field(sa_type=UTCDateTime)
    sent_to: str = ""
    sent_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    settled_by: str = ""
    settled_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    note: str = ""

    __table_args__ = (UniqueConstraint("credit_id", "version"), Row.__table_args__)


class SetupFee(Row, table=True):
    """How far a case's complaint about the device set-up fee is; times are NULL until it came so far."""

    __tablename__ = "setup_fee"

    case_id: int = Field(primary_key=True, foreign_key="care_case.id", ondelete="CASCADE")
    explained_at: datetime = Field(sa_type=UTCDateTime)
    explained_by: str
    offered_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    accepted: bool | None = None  # NULL: no answer yet
    answered_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
