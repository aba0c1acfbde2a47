"""Calls, how far callers were verified, customers' PINs, what was revealed, and who looked without a call."""

from datetime import datetime

from sqlalchemy import Index, text
from sqlmodel import Field

from data.columns import Row, UTCDateTime

GOES_ON = text("ended_at IS NULL")


class Call(Row, table=True):
    """A call of an agent's; one at a time goes on. `account_id`: who is on it, NULL while nobody knows.

    `level` and `method`: the farthest that the caller was verified. `outgoing`: a call back to the number of record.
    """

    __tablename__ = "care_call"

    id: int | None = Field(default=None, primary_key=True)
    agent_id: int = Field(foreign_key="agent.id")
    account_id: int | None = Field(default=None, foreign_key="account.id", ondelete="SET NULL", index=True)
    begun_at: datetime = Field(sa_type=UTCDateTime)
    ended_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    level: int = 0  # Level
    method: str = ""  # Method
    outgoing: bool = False

    __table_args__ = (
        Index("ix_care_call_going_on", "agent_id", unique=True, sqlite_where=GOES_ON, postgresql_where=GOES_ON),
        Index("ix_care_call_agent", "agent_id", "begun_at"),
        Row.__table_args__,
    )


class VerificationStep(Row, table=True):
    """One prompt of a verification on a call. `digest`: the hash of what was sent, "" once it is settled.

    `lapsed_at`: since when it counts no longer, although the call goes on. `asked`: RQ's questions as JSON, each with
    whether the answer fitted.
    """

    __tablename__ = "verification_step"

    id: int | None = Field(default=None, primary_key=True)
    call_id: int = Field(foreign_key="care_call.id", index=True, ondelete="CASCADE")
    account_id: int | None = Field(default=None, foreign_key="account.id", ondelete="CASCADE")
    customer_id: int | None = Field(default=None, foreign_key="customer.id", index=True, ondelete="CASCADE")
    method: str  # Method
    outcome: str  # Outcome
    at: datetime = Field(sa_type=UTCDateTime)
    expires_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    settled_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    lapsed_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    digest: str = Field(default="", index=True)
    tries: int = 0
    asked: str = ""


class CustomerPin(Row, table=True):
    """A customer's own PIN, hashed one way. `failures`: wrong ones in a row."""

    __tablename__ = "customer_pin"

    id: int | None = Field(default=None, primary_key=True)
    customer_id: int = Field(foreign_key="customer.id", unique=True, ondelete="CASCADE")
    hash: str
    set_at: datetime = Field(sa_type=UTCDateTime)
    set_by: str
    failures: int = 0
    locked_until: datetime | None = Field(default=None, sa_type=UTCDateTime)


class Reveal(Row, table=True):
    """A masked field that an agent opened without a verified caller, and why. It holds until `until` or `ended_at`."""

    id: int | None = Field(default=None, primary_key=True)
    agent_id: int = Field(foreign_key="agent.id")
    customer_id: int = Field(foreign_key="customer.id", index=True, ondelete="CASCADE")
    call_id: int | None = Field(default=None, foreign_key="care_call.id", ondelete="SET NULL")
    field: str  # rules.Field
    why: str
    at: datetime = Field(sa_type=UTCDateTime)
    until: datetime = Field(sa_type=UTCDateTime)
    ended_at: datetime | None = Field(default=None, sa_type=UTCDateTime)

    __table_args__ = (
        Index("ix_reveal_open", "agent_id", sqlite_where=GOES_ON, postgresql_where=GOES_ON),
        Row.__table_args__,
    )


class Look(Row, table=True):
    """An account that an agent opened without a call; kept for a day, to be counted."""

    id: int | None = Field(default=None, primary_key=True)
    agent_id: int = Field(foreign_key="agent.id")
    account_id: int = Field(foreign_key="account.id", ondelete="CASCADE")
    at: datetime = Field(sa_type=UTCDateTime)

    __table_args__ = (Index("ix_look_agent", "agent_id", "at"), Row.__table_args__)


class BulkLook(Row, table=True):
    """An agent who opened more accounts without a call within an hour than the operator allows; for the lead."""

    __tablename__ = "bulk_look"

    id: int | None = Field(default=None, primary_key=True)
    agent_id: int = Field(foreign_key="agent.id")
    since: datetime = Field(sa_type=UTCDateTime)
    until: datetime = Field(sa_type=UTCDateTime)
    accounts: int
    seen_by: str = ""
    seen_at: datetime | None = Field(default=None, sa_type=UTCDateTime)

    __table_args__ = (Index("ix_bulk_look_agent", "agent_id", "until"), Row.__table_args__)
