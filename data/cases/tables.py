"""Cases, the entries of their timelines, and whatever else hangs on them: tasks, mentions, visits, tags, links."""

from datetime import datetime

from sqlalchemy import Index, text
from sqlmodel import Field

from data.columns import Row, UTCDateTime

OPEN = text("closed_at IS NULL")
UNDONE = text("done_at IS NULL")
UNSEEN = text("seen_at IS NULL")
ICCI = text("kind = 'icci'")


class Case(Row, table=True):
    """A case. `number`: eight digits. `account_id` NULL: nobody is behind it, it is the Orphan Account's.

    `device`: the handset as it was, in words; `contact`: whom to call and how. `closed_at` is set while the status is
    Closed. `source_id`: the case that it was cloned from; `merged_into_id`: the case that took it in as a duplicate.
    `version` grows with each change of the row.
    """

    __tablename__ = "care_case"  # CASE is a word of SQL

    id: int | None = Field(default=None, primary_key=True)
    number: str = Field(unique=True)
    account_id: int | None = Field(default=None, foreign_key="account.id", index=True, ondelete="SET NULL")
    line_id: int | None = Field(default=None, foreign_key="line.id", index=True, ondelete="SET NULL")
    device: str = ""
    contact: str = ""
    category: str  # Category
    subject: str
    priority: str  # Priority
    status: str  # Status
    owner_id: int | None = Field(default=None, foreign_key="agent.id")
    due_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    resolution: str = ""
    opened_by_id: int = Field(foreign_key="agent.id")
    opened_at: datetime = Field(sa_type=UTCDateTime)
    changed_at: datetime = Field(sa_type=UTCDateTime)
    closed_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    source_id: int | None = Field(default=None, foreign_key="care_case.id", index=True)
    merged_into_id: int | None = Field(default=None, foreign_key="care_case.id", index=True)
    version: int = 1

    __table_args__ = (
        Index("ix_care_case_owner_open", "owner_id", "due_at", sqlite_where=OPEN, postgresql_where=OPEN),
        Row.__table_args__,
    )


class CaseEntry(Row, table=True):
    """One thing that happened in a case, as its timeline tells it: a note, an ICCI, a change.

    `text`: what a person wrote, or a sentence. `next_step`: an ICCI's. `detail`: a JSON object for the program, or "".
    """

    __tablename__ = "case_entry"

    id: int | None = Field(default=None, primary_key=True)
    case_id: int = Field(foreign_key="care_case.id", ondelete="CASCADE")
    kind: str  # EntryKind
    at: datetime = Field(sa_type=UTCDateTime)
    agent: str
    text: str
    next_step: str = ""
    detail: str = ""

    __table_args__ = (
        Index("ix_case_entry_case", "case_id", "id"),
        Index("ix_case_entry_icci", "case_id", "id", sqlite_where=ICCI, postgresql_where=ICCI),
        Row.__table_args__,
    )


class CaseMention(Row, table=True):
    """An agent named in a note; it waits on their dashboard until they have seen it."""

    __tablename__ = "case_mention"

    id: int | None = Field(default=None, primary_key=True)
    entry_id: int = Field(foreign_key="case_entry.id", index=True, ondelete="CASCADE")
    agent_id: int = Field(foreign_key="agent.id")
    seen_at: datetime | None = Field(default=None, sa_type=UTCDateTime)

    __table_args__ = (
        Index("ix_case_mention_unseen", "agent_id", sqlite_where=UNSEEN, postgresql_where=UNSEEN),
        Row.__table_args__,
    )


class CaseTask(Row, table=True):
    """Something to be done for a case, by whom and until when."""

    __tablename__ = "case_task"

    id: int | None = Field(default=None, primary_key=True)
    case_id: int = Field(foreign_key="care_case.id", index=True, ondelete="CASCADE")
    text: str
    owner_id: int = Field(foreign_key="agent.id")
    due_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    added_by: str
    added_at: datetime = Field(sa_type=UTCDateTime)
    done_by: str = ""
    done_at: datetime | None = Field(default=None, sa_type=UTCDateTime)

    __table_args__ = (
        Index("ix_case_task_owner_undone", "owner_id", "due_at", sqlite_where=UNDONE, postgresql_where=UNDONE),
        Row.__table_args__,
    )


class CaseVisit(Row, table=True):
    """An agent's stay in a case. While `ended_at` is NULL and `seen_at` is fresh, the agent is there."""

    __tablename__ = "case_visit"

    id: int | None = Field(default=None, primary_key=True)
    case_id: int = Field(foreign_key="care_case.id", index=True, ondelete="CASCADE")
    agent_id: int = Field(foreign_key="agent.id")
    started_at: datetime = Field(sa_type=UTCDateTime)
    seen_at: datetime = Field(sa_type=UTCDateTime)
    ended_at: datetime | None = Field(default=None, sa_type=UTCDateTime)


class CaseSpan(Row, table=True):
    """A stretch of a visit that was worked without a pause."""

    __tablename__ = "case_span"

    id: int | None = Field(default=None, primary_key=True)
    visit_id: int = Field(foreign_key="case_visit.id", index=True, ondelete="CASCADE")
    started_at: datetime = Field(sa_type=UTCDateTime)
    ended_at: datetime = Field(sa_type=UTCDateTime)


class CaseTag(Row, table=True):
    """A word that a case is found by."""

    __tablename__ = "case_tag"

    case_id: int = Field(primary_key=True, foreign_key="care_case.id", ondelete="CASCADE")
    tag: str = Field(primary_key=True, index=True)

    __table_args__ = {"sqlite_strict": True, "sqlite_with_rowid": False}


class CaseLink(Row, table=True):
    """Two cases that belong together; `case_id` is the smaller id, so that a pair stands once."""

    __tablename__ = "case_link"

    case_id: int = Field(primary_key=True, foreign_key="care_case.id", ondelete="CASCADE")
    other_id: int = Field(primary_key=True, foreign_key="care_case.id", index=True, ondelete="CASCADE")

    __table_args__ = {"sqlite_strict": True, "sqlite_with_rowid": False}


class SavedFilter(Row, table=True):
    """A filter of cases that an agent keeps under a name. `filter`: a JSON object of CaseFilter's fields."""

    __tablename__ = "saved_filter"

    agent_id: int = Field(primary_key=True, foreign_key="agent.id", ondelete="CASCADE")
    name: str = Field(primary_key=True)
    filter: str

    __table_args__ = {"sqlite_strict": True, "sqlite_with_rowid": False}
