"""How an account is billed, what was bought on installments, and its bills."""

from datetime import date, datetime

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from data.columns import Row, UTCDateTime


class BillingAccount(Row, table=True):
    """How an account is billed. `bill_day`: 1 to 28. `tax_basis_points`: of plans and features, 100 being 1%.

    `store_miles`: how far the nearest store is, NULL where nobody knows.
    """

    __tablename__ = "billing_account"

    account_id: int = Field(primary_key=True, foreign_key="account.id", ondelete="CASCADE")
    bill_day: int
    autopay: bool = False
    loyalty: bool = False
    past_due_cents: int = 0
    tax_basis_points: int = 0
    line_fee_cents: int = 0
    store_miles: int | None = None


class DeviceAgreement(Row, table=True):
    """A device bought on installments (DPA): `cents` in `months` payments, one on each bill from `first_bill_on`.

    `kind`: Kind. `paid_ahead_cents`: what was paid besides the bills. `trade_in`, `shape`, `in_use_since` and
    `arrived_on`: the phone that was traded in for it, "" and NULL where none was; `arrived_on` NULL: not here yet.
    """

    __tablename__ = "device_agreement"

    id: int | None = Field(default=None, primary_key=True)
    line_id: int = Field(foreign_key="line.id", index=True, ondelete="CASCADE")
    device: str
    kind: str  # Kind
    bought_on: date
    cents: int
    months: int
    first_bill_on: date
    paid_ahead_cents: int = 0
    trade_in: str = ""
    shape: str = ""  # Shape
    in_use_since: date | None = None
    arrived_on: date | None = None


class Charge(Row, table=True):
    """Something charged or credited once: a fee, a proration. `billed_on` NULL: it is on the next bill."""

    id: int | None = Field(default=None, primary_key=True)
    account_id: int = Field(foreign_key="account.id", index=True, ondelete="CASCADE")
    line_id: int | None = Field(default=None, foreign_key="line.id", ondelete="SET NULL")
    kind: str  # ItemKind
    text: str
    cents: int
    noted_on: date
    billed_on: date | None = None


class Bill(Row, table=True):
    """A bill as it was issued: it stays as it is, whatever becomes of the account."""

    id: int | None = Field(default=None, primary_key=True)
    account_id: int = Field(foreign_key="account.id", ondelete="CASCADE")
    bill_on: date

    __table_args__ = (UniqueConstraint("account_id", "bill_on"), Row.__table_args__)


class BillItem(Row, table=True):
    """One item of a bill; credits are negative. `ost`: the promotion that a credit comes from."""

    __tablename__ = "bill_item"

    id: int | None = Field(default=None, primary_key=True)
    bill_id: int = Field(foreign_key="bill.id", index=True, ondelete="CASCADE")
    line_id: int | None = Field(default=None, foreign_key="line.id", ondelete="SET NULL")
    kind: str  # ItemKind
    text: str
    cents: int
    ost: str = ""


class ReturnLabel(Row, table=True):
    """A shipping label for sending a device back; each time is NULL until it came so far."""

    __tablename__ = "return_label"

    id: int | None = Field(default=None, primary_key=True)
    agreement_id: int = Field(foreign_key="device_agreement.id", index=True, ondelete="CASCADE")
    requested_by: str
    requested_at: datetime = Field(sa_type=UTCDateTime)
    sent_to: str
    sent_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    shipped_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    received_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    withdrawn_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
