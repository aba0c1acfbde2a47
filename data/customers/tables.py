"""Customers (people and businesses), how to reach them, and their accounts."""

from datetime import date, datetime

from sqlmodel import Field

from data.columns import Row, UTCDateTime


class Customer(Row, table=True):
    """A person or a business, with the primary (service) address. `version` grows with each edit."""

    id: int | None = Field(default=None, primary_key=True)
    kind: str  # CustomerKind
    first_name: str = ""
    middle_name: str = ""
    last_name: str = ""
    company_name: str = ""
    birth_date: date | None = None
    street: str = ""
    street2: str = ""
    city: str = ""
    county: str = ""
    state: str = ""  # two letters, USPS
    zip: str = ""  # 12345 or 12345-6789
    version: int = 1
    created_at: datetime = Field(sa_type=UTCDateTime)


class Contact(Row, table=True):
    """A way to reach a customer. A phone that is plainly NANP is kept as its ten digits; anything else as given."""

    id: int | None = Field(default=None, primary_key=True)
    customer_id: int = Field(foreign_key="customer.id", index=True, ondelete="CASCADE")
    medium: str  # ContactMedium
    value: str
    position: int = 0  # 0 is the preferred one of its medium


class Account(Row, table=True):
    """A customer's account. `company_name` and `agent_name`: the reseller's Business Information."""

    id: int | None = Field(default=None, primary_key=True)
    customer_id: int = Field(foreign_key="customer.id", index=True, ondelete="CASCADE")
    number: str = Field(unique=True)
    status: str  # AccountStatus
    company_name: str = ""
    agent_name: str = ""
    opened_on: date
