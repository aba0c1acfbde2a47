"""Complaints about dealers, and each decision about them."""

from datetime import datetime

from sqlalchemy import Index
from sqlmodel import Field

from data.columns import Row, UTCDateTime


class Complaint(Row, table=True):
    """A complaint about a dealer, taken from a case. `outcome`: what whoever decided last said."""

    id: int | None = Field(default=None, primary_key=True)
    case_id: int = Field(foreign_key="care_case.id", index=True, ondelete="CASCADE")
    market_id: int | None = Field(default=None, foreign_key="market.id", ondelete="SET NULL")
    dealer: str
    store: str = ""
    rep: str = ""
    about: str  # ComplaintReason
    promised: str
    happened: str
    evidence: str = ""
    state: str  # ComplaintState
    taken_by_id: int = Field(foreign_key="agent.id", index=True)
    taken_at: datetime = Field(sa_type=UTCDateTime)
    decided_by_id: int | None = Field(default=None, foreign_key="agent.id")
    decided_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    outcome: str = ""

    __table_args__ = (
        Index("ix_complaint_state", "state", "taken_at"),
        Index("ix_complaint_taken", "taken_at"),
        Row.__table_args__,
    )


class ComplaintStep(Row, table=True):
    """One thing that was done with a complaint: who, when and in which words."""

    __tablename__ = "complaint_step"

    id: int | None = Field(default=None, primary_key=True)
    complaint_id: int = Field(foreign_key="complaint.id", index=True, ondelete="CASCADE")
    at: datetime = Field(sa_type=UTCDateTime)
    agent: str
    state: str  # ComplaintState, as it then was
    why: str = ""
