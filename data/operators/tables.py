"""The operator that runs this store, and its custom rules."""

from datetime import datetime

from sqlmodel import Field

from data.columns import Row, UTCDateTime


class Operator(Row, table=True):
    """One row: whose store this is. `account_pattern` is a format of one number: "SV{:06d}" → SV093298."""

    id: int | None = Field(default=None, primary_key=True)
    name: str
    kind: str  # OperatorKind
    account_pattern: str
    next_account: int
    demo: bool = False
    created_at: datetime = Field(sa_type=UTCDateTime)


class CustomRule(Row, table=True):
    """A named setting of the operator, as text; what it may hold is declared in data/operators/rules.py."""

    __tablename__ = "custom_rule"

    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(unique=True)
    value: str


class Market(Row, table=True):
    """A region of the carrier's: whether it allows On Call Resolutions, and where complaints about its dealers go.

    `states`: the two-letter states that it covers, with a space between them.
    """

    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(unique=True)
    states: str
    allows_ocr: bool
    email: str = ""
