"""Lifeline enrolments, and every transaction that was sent to the vendor (NLAD or Xerox)."""

from datetime import date, datetime

from sqlalchemy import Index, text
from sqlmodel import Field

from data.columns import Row, UTCDateTime

CHANGED = text("changed_at IS NOT NULL")


class LifelineEnrolment(Row, table=True):
    """A line's Lifeline service, and how far its vendor has been told.

    `changed_at`: since when the vendor has not been told of a change; NULL: told. `revision` grows with each change;
    `refused_revision` is the one that the vendor turned down last, so that it is not sent again unchanged.
    `questioned_on`: when a letter asked to prove eligibility; `duplicate_on`: when the administrator told of a second
    benefit; NULL: neither is open. `known_address`: the primary address that the vendor was told last, folded by
    rules.address_key().
    """

    __tablename__ = "lifeline_enrolment"

    id: int | None = Field(default=None, primary_key=True)
    account_id: int = Field(foreign_key="account.id", unique=True, ondelete="CASCADE")
    line_id: int | None = Field(default=None, foreign_key="line.id", index=True, ondelete="SET NULL")
    vendor: str  # Vendor
    sac: str = ""  # study area code, 6 digits
    state: str  # EnrolmentState
    initiated_on: date
    recertified_on: date | None = None
    expires_on: date  # dates.expires_on(), kept so that what is due is found by index
    de_enrolled_on: date | None = None
    verification: str  # VerificationState
    error_code: str = ""  # the vendor's, where verification failed
    changed_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    revision: int = 0
    refused_revision: int | None = None
    free_service: bool = True  # usage rules (54.405(e)(3)) bind free service only
    last_used_on: date | None = None  # free service: from its first day; NULL: nobody told, no countdown
    questioned_on: date | None = None
    duplicate_on: date | None = None
    last4_ssn: str = Field(default="", index=True)
    tribal_id: str = Field(default="", index=True)
    known_address: str = Field(default="", index=True)
    eligibility_code: str = ""
    household_certified_on: date | None = None  # iehCertificationDate: independent economic household
    permanent_address: bool = True
    tribal_address: bool = False
    rural_address: bool = False

    __table_args__ = (
        Index("ix_lifeline_enrolment_expiring", "state", "expires_on"),
        Index("ix_lifeline_enrolment_verified", "state", "verification"),
        Index("ix_lifeline_enrolment_unused", "state", "free_service", "last_used_on"),
        Index("ix_lifeline_enrolment_questioned", "state", "questioned_on"),
        Index("ix_lifeline_enrolment_duplicate", "state", "duplicate_on"),
        Index(
            "ix_lifeline_enrolment_changed",
            "changed_at",
            "refused_revision",
            "revision",
            sqlite_where=CHANGED,
            postgresql_where=CHANGED,
        ),
        Row.__table_args__,
    )


class LifelineSubmission(Row, table=True):
    """One transaction with the vendor: what was asked, and what it answered.

    `revision` and `changed_at` are the enrolment's when it was sent. `error_code`: the vendor's, where it refused.
    """

    __tablename__ = "lifeline_submission"

    id: int | None = Field(default=None, primary_key=True)
    enrolment_id: int = Field(foreign_key="lifeline_enrolment.id", index=True, ondelete="CASCADE")
    kind: str  # Transaction
    sent_at: datetime = Field(sa_type=UTCDateTime)
    outcome: str  # Outcome
    error_code: str = ""
    revision: int = 0
    changed_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
