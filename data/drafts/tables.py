"""What an agent has typed into a form that is not saved yet."""

from datetime import datetime

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from data.columns import Row, UTCDateTime


class Draft(Row, table=True):
    """One agent's form at one place. `typed`: a JSON object, what stands in each field."""

    id: int | None = Field(default=None, primary_key=True)
    agent_id: int = Field(foreign_key="agent.id", ondelete="CASCADE")
    place: str
    typed: str
    saved_at: datetime = Field(sa_type=UTCDateTime)

    __table_args__ = (UniqueConstraint("agent_id", "place"), Row.__table_args__)
