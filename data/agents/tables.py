"""Who sits at a desk, how they prove it, what they were granted, and which accounts they opened last."""

from datetime import datetime

from sqlalchemy import ColumnElement, func, or_
from sqlmodel import Field, col

from data.columns import Row, UTCDateTime


class Agent(Row, table=True):
    """A person who uses Careline. `name` is how they sign in; `time_zone` is an IANA name.

    `active`: False where an administrator locked them; `session_hours`: how long the console waits for a key before
    it locks, None where the store's own rule holds.
    """

    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(unique=True)
    display_name: str
    role: str  # Role
    active: bool = True
    time_zone: str
    created_at: datetime = Field(sa_type=UTCDateTime)
    session_hours: int | None = None


def called(name: str) -> ColumnElement[bool]:
    """Which agent signs in as `name`: in any case of letters."""
    wanted = name.strip()
    return or_(col(Agent.name) == wanted, func.lower(Agent.name) == wanted.lower())


def id_of(agent: Agent) -> int:
    """The id of an agent whose row is written."""
    assert agent.id is not None
    return agent.id


class Credential(Row, table=True):
    """An agent's passphrase as Argon2 keeps it, and the wrong tries since the last right one.

    `temporary`: an administrator gave it; it lets in only to choose another. `locked_until`: no try counts before.
    """

    agent_id: int = Field(primary_key=True, foreign_key="agent.id", ondelete="CASCADE")
    hash: str
    set_at: datetime = Field(sa_type=UTCDateTime)
    temporary: bool = False
    failures: int = 0
    failed_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    locked_until: datetime | None = Field(default=None, sa_type=UTCDateTime)

    __table_args__ = {"sqlite_strict": True, "sqlite_with_rowid": False}


class Token(Row, table=True):
    """What a script signs in with. `hash`: SHA-256 of the token; `rights`: its permissions, a line each."""

    id: int | None = Field(default=None, primary_key=True)
    agent_id: int = Field(foreign_key="agent.id", ondelete="CASCADE", index=True)
    name: str
    hash: str = Field(unique=True)
    rights: str
    made_at: datetime = Field(sa_type=UTCDateTime)
    expires_at: datetime = Field(sa_type=UTCDateTime)
    revoked_at: datetime | None = Field(default=None, sa_type=UTCDateTime)


class AccessRequest(Row, table=True):
    """An agent asked for a permission; `state` is a RequestState, `answer` what the decider wrote."""

    __tablename__ = "access_request"

    id: int | None = Field(default=None, primary_key=True)
    agent_id: int = Field(foreign_key="agent.id", ondelete="CASCADE", index=True)
    permission: str  # Permission
    reason: str
    state: str
    asked_at: datetime = Field(sa_type=UTCDateTime)
    decided_by: str = ""
    decided_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    answer: str = ""


class Grant(Row, table=True):
    """A permission that an agent has besides those of the role."""

    __tablename__ = "access_grant"

    agent_id: int = Field(primary_key=True, foreign_key="agent.id", ondelete="CASCADE")
    permission: str = Field(primary_key=True)  # Permission
    granted_by: str
    granted_at: datetime = Field(sa_type=UTCDateTime)

    __table_args__ = {"sqlite_strict": True, "sqlite_with_rowid": False}


class Invitation(Row, table=True):
    """A code with which people join as `role`. `hash`: SHA-256 of it; `uses`: how many may join, None: any number."""

    id: int | None = Field(default=None, primary_key=True)
    hash: str = Field(unique=True)
    role: str  # Role
    made_by: str
    made_at: datetime = Field(sa_type=UTCDateTime)
    expires_at: datetime = Field(sa_type=UTCDateTime)
    uses: int | None = None
    used: int = 0
    revoked_at: datetime | None = Field(default=None, sa_type=UTCDateTime)


class RecoveryCode(Row, table=True):
    """A code that lets an administrator in who forgot the passphrase. `hash`: SHA-256 of it; at most one is unused.

    `used_by`: the administrator whom it let in; it opens nothing any more then.
    """

    __tablename__ = "recovery_code"

    id: int | None = Field(default=None, primary_key=True)
    hash: str = Field(unique=True)
    made_by: str
    made_at: datetime = Field(sa_type=UTCDateTime)
    used_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    used_by: str = ""


class RecentlyOpened(Row, table=True):
    """When an agent last opened an account: one row for each pair."""

    __tablename__ = "recently_opened"

    agent_id: int = Field(primary_key=True, foreign_key="agent.id")
    account_id: int = Field(primary_key=True, foreign_key="account.id", ondelete="CASCADE")
    opened_at: datetime = Field(sa_type=UTCDateTime)

    __table_args__ = {"sqlite_strict": True, "sqlite_with_rowid": False}
