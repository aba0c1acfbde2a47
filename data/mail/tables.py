"""Mail on its way out."""

from datetime import datetime

from sqlalchemy import Index, text
from sqlmodel import Field

from data.columns import Row, UTCDateTime

UNSETTLED = text("state IN ('waiting', 'going')")


class Mail(Row, table=True):
    """One message. `key`: what it is for, so that the same thing is never queued twice.

    `message_id`: the one it carries wherever it goes. `next_at`: when it may be tried again. `error`: why not yet.
    """

    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(unique=True)
    message_id: str = Field(unique=True)
    recipient: str
    subject: str
    body: str
    state: str  # MailState
    tries: int = 0
    next_at: datetime = Field(sa_type=UTCDateTime)
    error: str = ""
    queued_by: str
    queued_at: datetime = Field(sa_type=UTCDateTime)
    settled_at: datetime | None = Field(default=None, sa_type=UTCDateTime)

    __table_args__ = (
        Index("ix_mail_unsettled", "next_at", sqlite_where=UNSETTLED, postgresql_where=UNSETTLED),
        Row.__table_args__,
    )


class PostalLetter(Row, table=True):
    """A letter to a customer whom nothing else reaches. `address`: name and address as they were, a line each.

    `posted_by`: who noted that it was posted; "" while it waits.
    """

    __tablename__ = "postal_letter"

    id: int | None = Field(default=None, primary_key=True)
    account_id: int = Field(foreign_key="account.id", ondelete="CASCADE", index=True)
    address: str
    body: str
    queued_by: str
    queued_at: datetime = Field(sa_type=UTCDateTime)
    posted_by: str = ""
    posted_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
