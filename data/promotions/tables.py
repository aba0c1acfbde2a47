"""The promotions catalogue, and which promotions were put on which lines."""

from datetime import date, datetime

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from data.columns import Row, UTCDateTime


class PromotionRevision(Row, table=True):
    """One revision of a promotion: its terms for purchases from `valid_from` to `valid_to` (NULL: no end yet).

    `devices`, `plans`, `kinds` and `ends`: JSON lists of text; `trade_ins`: a JSON list of {devices, amounts}, read
    whole and never by parts. `edition`: counts the changes of the whole catalogue, so that a reader sees one.
    """

    __tablename__ = "promotion_revision"

    id: int | None = Field(default=None, primary_key=True)
    ost: str
    name: str
    gives: str  # Gives
    cents: int = 0
    percent: int = 0
    months: int = 1
    valid_from: date
    valid_to: date | None = None
    devices: str = "[]"
    trade_ins: str = "[]"
    plans: str = "[]"
    kinds: str = "[]"  # Kind
    loyalty: str  # Loyalty
    current: bool = True
    stacks: bool = False
    tenure_days: int = 0
    arrival_days: int = 0
    begins_first: int = 1
    begins_last: int = 2
    ends: str = "[]"  # Ends
    notes: str = ""
    made_by: str
    made_at: datetime = Field(sa_type=UTCDateTime)
    edition: int = Field(index=True)

    __table_args__ = (UniqueConstraint("ost", "valid_from"), Row.__table_args__)


class LinePromotion(Row, table=True):
    """A promotion on a line. Its credits are `cents` in `months` parts, one on each bill from `first_bill_on`.

    `bought_on`, `device`, `trade_in` and `shape`: the purchase that it belongs to. `undone_at`: it was taken back the
    same day and never was. `ended_on`: the first bill without a credit, where it ended early.
    """

    __tablename__ = "line_promotion"

    id: int | None = Field(default=None, primary_key=True)
    line_id: int = Field(foreign_key="line.id", index=True, ondelete="CASCADE")
    revision_id: int = Field(foreign_key="promotion_revision.id")
    case_id: int | None = Field(default=None, foreign_key="care_case.id", ondelete="SET NULL")
    cents: int
    months: int
    first_bill_on: date
    bought_on: date
    device: str = ""
    trade_in: str = ""
    shape: str = ""  # Shape, "" where nothing was traded in
    applied_by: str
    applied_at: datetime = Field(sa_type=UTCDateTime)
    undone_by: str = ""
    undone_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    ended_on: date | None = None
    ended_why: str = ""
