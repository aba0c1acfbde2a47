"""Lines (a telephone number in service), their devices, plans, features, carriers and balances."""

from datetime import date

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from data.columns import Row


class Carrier(Row, table=True):
    """Who provides the service. `ocs_enabled`: whether its lines can be read live on the OCS."""

    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(unique=True)
    ocs_enabled: bool = False


class Plan(Row, table=True):
    """What a line buys each month. An allowance of NULL is unlimited; 0 is none."""

    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(unique=True)
    monthly_cents: int
    voice_minutes: int | None = None
    text_messages: int | None = None
    data_mb: int | None = None
    lifeline: bool = False


class Feature(Row, table=True):
    """Something added to a line besides its plan."""

    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(unique=True)
    monthly_cents: int


class Line(Row, table=True):
    """One service of an account. `mdn`: ten digits, or NULL where the number is not (yet) known."""

    id: int | None = Field(default=None, primary_key=True)
    account_id: int = Field(foreign_key="account.id", index=True, ondelete="CASCADE")
    mdn: str | None = Field(default=None, index=True)
    status: str  # LineStatus
    activated_on: date | None = None
    plan_id: int | None = Field(default=None, foreign_key="plan.id")
    carrier_id: int | None = Field(default=None, foreign_key="carrier.id")


class LineFeature(Row, table=True):
    """A feature that a line has."""

    __tablename__ = "line_feature"

    line_id: int = Field(primary_key=True, foreign_key="line.id", ondelete="CASCADE")
    feature_id: int = Field(primary_key=True, foreign_key="feature.id")

    __table_args__ = {"sqlite_strict": True, "sqlite_with_rowid": False}


class Device(Row, table=True):
    """The handset in a line. Each identifier in its canonical form (data/identifiers.py), "" where there is none.

    `esn`: 8 hex digits; `meid`: 14 hex digits; `imei`: 15 digits; `iccid`: as given, digits only.
    """

    id: int | None = Field(default=None, primary_key=True)
    line_id: int = Field(foreign_key="line.id", index=True, ondelete="CASCADE")
    esn: str = ""
    meid: str = ""
    imei: str = ""
    iccid: str = ""
    make: str = ""
    model: str = ""


class Balance(Row, table=True):
    """What a line may use in a period and what remains of it. NULL is unlimited."""

    id: int | None = Field(default=None, primary_key=True)
    line_id: int = Field(foreign_key="line.id", ondelete="CASCADE")
    kind: str  # BalanceKind: voice in minutes, text in messages, data in MB
    period_start: date
    period_end: date  # the last day of the period
    allowance: int | None = None
    remaining: int | None = None

    __table_args__ = (UniqueConstraint("line_id", "period_start", "kind"), Row.__table_args__)
