"""Lifeline: who keeps the records, what an enrolment can be, and where it stands on a day.

The days themselves are reckoned in dates.py, the vendor's error codes are in codes.py, and what an agent is told
of all this is in notices.py.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from data.lifeline import dates
from data.text import fold


class Vendor(StrEnum):
    """Who keeps the subscribers' records for the regulator; the value ends "needs to be updated with …"."""

    NLAD = "NLAD"
    XEROX = "Xerox"  # California
    STATE = "the state"  # Oregon and Texas


class EnrolmentState(StrEnum):
    """Whether a customer has Lifeline now, or had it."""

    ENROLLED = "enrolled"
    DE_ENROLLED = "de-enrolled"


class VerificationState(StrEnum):
    """What the vendor last said. PENDING: it has been told, or soon will be for the first time: no answer yet."""

    VERIFIED = "verified"
    FAILED = "failed"
    NEEDS_UPDATE = "needs update"
    PENDING = "pending"


class Transaction(StrEnum):
    """NLAD's transaction types."""

    VERIFY = "verify"
    ENROLL = "enroll"
    UPDATE = "update"
    TRANSFER = "transfer"
    DE_ENROLL = "de-enroll"


class Outcome(StrEnum):
    """What became of a transaction. QUEUED: it waits for the next file; SENT: it went out in one, no answer yet."""

    ACCEPTED = "accepted"
    REFUSED = "refused"
    QUEUED = "queued"
    SENT = "sent"


class Recertification(StrEnum):
    """Where a year's recertification stands; see `recertification`."""

    NOT_DUE = "not due"
    NOTICED = "notices are out"
    OPEN = "window open"
    CLOSED = "no answer in time"
    LATE = "de-enrollment overdue"


class Need(StrEnum):
    """What an account may need someone for; the value heads its list, the most pressing first."""

    DUPLICATE = "second benefit in the household"
    OVERDUE = "recertification is overdue"
    FAILED = "verification failed"
    UNSUBMITTED = "changes are not submitted"
    NON_USE = "service is not used"
    PROOF = "eligibility is to be proven"
    DUE = "recertification is due"


class NoticeKind(StrEnum):
    """What a notice is about."""

    DUPLICATE = "duplicate"
    VERIFICATION = "verification"
    EXPIRY = "expiry"
    NON_USE = "non-use"
    PROOF = "proof"
    OPT_OUT = "opt-out"
    WAITING = "waiting"


class Urgency(StrEnum):
    """How soon a notice matters, the most urgent first."""

    URGENT = "urgent"
    WARNING = "warning"
    INFO = "info"


class NoticeRemedy(StrEnum):
    """What one key does about a notice or an error."""

    EDIT = "edit"
    SUBMIT = "submit"
    HOW = "how"


class Unit(StrEnum):
    """What a countdown counts."""

    DAYS = "day"
    BUSINESS_DAYS = "business day"


OPT_OUT_STATES = {"CA": "California", "OR": "Oregon", "TX": "Texas"}  # they keep their own records: no NLAD
ONLINE_VENDORS = frozenset({Vendor.NLAD})  # the others take files: see docs/lifeline.md
ATTENTION = frozenset({VerificationState.FAILED, VerificationState.NEEDS_UPDATE})

VENDOR_LEARNS_OF = frozenset(
    {"first_name", "middle_name", "last_name", "birth_date", "street", "street2", "city", "state", "zip", "mdn"}
)
"""The fields of a customer, and a line's number, whose change the vendor must learn of (47 CFR 54.404(b)(6), (8))."""


@dataclass(frozen=True, kw_only=True)
class Enrolment:
    """The facts of one enrolment that its deadlines depend on; days are the agent's.

    `account`: its number, for the commands that help. `residence`: the two letters of the state the customer lives in.
    `changed_on`: since when the vendor has not been told of a change. `to_submit`: whether something waits
    that nobody has submitted yet; False with a `changed_on` means that it was submitted and turned down.
    `questioned_on`: when a letter asked to prove eligibility. `duplicate_on`: when the administrator told of a second
    benefit. `last_used_on`: free service, its first day until it is used; None: nobody told, and no countdown runs.
    """

    account: str = ""
    vendor: Vendor
    residence: str = ""
    state: EnrolmentState = EnrolmentState.ENROLLED
    expires_on: date
    verification: VerificationState = VerificationState.VERIFIED
    error_code: str = ""
    changed_on: date | None = None
    to_submit: bool = False
    free_service: bool = True
    last_used_on: date | None = None
    questioned_on: date | None = None
    duplicate_on: date | None = None
    de_enrolled_on: date | None = None

    @property
    def enrolled(self) -> bool:
        """Whether the customer has Lifeline."""
        return self.state is EnrolmentState.ENROLLED


@dataclass(frozen=True)
class Notice:
    """One line of Important Information.

    `message` stands alone; `detail` says more (the error, the days left); `how` is what to do, in sentences; `remedy`
    is what one key does; `field` the customer's field to begin with. `due_on` is the last day to act; `days_left`
    counts to it in `unit`s: 0 is that day itself, below 0 it has passed by so many calendar days. Both are None where
    no day is set.
    """

    kind: NoticeKind
    urgency: Urgency
    message: str
    detail: str
    how: str
    remedy: NoticeRemedy = NoticeRemedy.HOW
    due_on: date | None = None
    days_left: int | None = None
    unit: Unit = Unit.DAYS
    field: str = ""

    @property
    def late(self) -> bool:
        """Whether the last day to act has passed."""
        return self.days_left is not None and self.days_left < 0


def vendor_for(residence: str) -> Vendor:
    """Who keeps the records of customers in that state (two letters)."""
    if residence == "CA":
        return Vendor.XEROX
    return Vendor.STATE if residence in OPT_OUT_STATES else Vendor.NLAD


def address_key(street: str, street2: str, zip_code: str) -> str:
    """A primary address folded to compare it: "12 Oak St.", "Apt 3", "10701-1234" → "12 oak st|apt 3|10701".

    "" where there is no street or no ZIP: nothing can be compared then.
    """
    parts = [" ".join("".join(c if c.isalnum() else " " for c in fold(text)).split()) for text in (street, street2)]
    zip5 = zip_code.strip()[:5]
    return "|".join((*parts, zip5)) if parts[0] and zip5 else ""


def recertification(expires: date, today: date, *, california: bool) -> Recertification:
    """Where the recertification that is due by `expires` stands `today`.

    NOT_DUE until the notices start, NOTICED until the window opens, OPEN up to and with the day it expires on, then
    CLOSED for the 5 business days in which the customer must be de-enrolled, and LATE after them.
    """
    if today < dates.notices_start_on(expires, california=california):
        return Recertification.NOT_DUE
    if today < dates.window_opens_on(expires):
        return Recertification.NOTICED
    if today <= expires:
        return Recertification.OPEN
    return Recertification.CLOSED if today <= dates.de_enrol_by(expires) else Recertification.LATE


def lateness(expires: date, answered_on: date) -> str:
    """What to say of an answer of that day to the recertification that was due by `expires`; "" where it is in time."""
    if answered_on <= expires:
        return ""
    return f"That is after the last day to answer, {expires:%m-%d-%Y}: see that the vendor takes it."


def shows_expiry(expires: date, today: date, display_days: int | None) -> bool:
    """Whether the expiry date is shown `today`: always, unless the operator holds it back.

    `display_days`: the custom rule DAYS_BEFORE_RENEWAL_TO_DISPLAY_LIFELINE_RECERTIFICATION_DATE. The date shows from
    that many days before it, that day included; None is unset.
    """
    return display_days is None or dates.days_left(today, expires) <= display_days
