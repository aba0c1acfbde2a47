"""Who sits at a desk, and which accounts they opened last."""

from datetime import datetime

from sqlmodel import Field

from data.columns import Row, UTCDateTime


class Agent(Row, table=True):
    """A person who uses Careline. `name` is how they sign in; `time_zone` is an IANA name."""

    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(unique=True)
    display_name: str
    role: str  # Role
    active: bool = True
    time_zone: str
    created_at: datetime = Field(sa_type=UTCDateTime)


class RecentlyOpened(Row, table=True):
    """When an agent last opened an account: one row for each pair."""

    __tablename__ = "recently_opened"

    agent_id: int = Field(primary_key=True, foreign_key="agent.id")
    account_id: int = Field(primary_key=True, foreign_key="account.id", ondelete="CASCADE")
    opened_at: datetime = Field(sa_type=UTCDateTime)

    __table_args__ = {"sqlite_strict": True, "sqlite_with_rowid": False}
