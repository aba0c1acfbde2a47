"""Lifeline enrolments, and every transaction that was sent to the vendor (NLAD or Xerox)."""

from datetime import date, datetime

from sqlmodel import Field

from data.columns import Row, UTCDateTime


class LifelineEnrolment(Row, table=True):
    """A line's Lifeline service. `changed_at`: since when the vendor has not been told of a change; NULL: told."""

    __tablename__ = "lifeline_enrolment"

    id: int | None = Field(default=None, primary_key=True)
    account_id: int = Field(foreign_key="account.id", unique=True, ondelete="CASCADE")
    line_id: int | None = Field(default=None, foreign_key="line.id", ondelete="SET NULL")
    vendor: str  # Vendor: NLAD or Xerox
    sac: str = ""  # study area code, 6 digits
    state: str  # EnrolmentState
    initiated_on: date
    recertified_on: date | None = None
    expires_on: date = Field(index=True)  # rules.expires_on(), kept so that what is due is found by index
    de_enrolled_on: date | None = None
    verification: str = Field(index=True)  # VerificationState
    error_code: str = ""  # the vendor's, where verification failed
    changed_at: datetime | None = Field(default=None, sa_type=UTCDateTime, index=True)
    free_service: bool = True  # usage rules (54.405(e)(3)) bind free service only
    last_used_on: date | None = None
    last4_ssn: str = ""
    tribal_id: str = ""
    eligibility_code: str = ""
    household_certified_on: date | None = None  # iehCertificationDate: independent economic household
    permanent_address: bool = True
    tribal_address: bool = False
    rural_address: bool = False


class LifelineSubmission(Row, table=True):
    """One transaction with the vendor: what was asked, and what it answered ("" = accepted)."""

    __tablename__ = "lifeline_submission"

    id: int | None = Field(default=None, primary_key=True)
    enrolment_id: int = Field(foreign_key="lifeline_enrolment.id", index=True, ondelete="CASCADE")
    kind: str  # Transaction: verify, enroll, update, transfer, de-enroll
    sent_at: datetime = Field(sa_type=UTCDateTime)
    error_code: str = ""
