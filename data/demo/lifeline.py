"""The demo's Lifeline subscribers: one standing for each thing that can be the matter with an enrolment."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from data.demo.people import Who
from data.demo.rows import Rows
from data.lifeline.dates import expires_on
from data.lifeline.rules import EnrolmentState, Outcome, Transaction, Vendor, VerificationState, address_key, vendor_for
from data.lifeline.tables import LifelineEnrolment, LifelineSubmission

SUBSCRIBERS = 0.3  # of the people
ERROR_CODES = (
    "TPIV_FAIL_DOB",
    "TPIV_FAIL_NAME_SSN4",
    "TPIV_FAIL_IDENTITY_NOT_FOUND",
    "INVALID_ADDRESS",
    "AMS_FAILURE_ANALYSIS",
    "DUPLICATE_SUBSCRIBER",
    "DUPLICATE_PRIMARY_ADDRESS",
    "DUPLICATE_PHONE_NUMBER",
    "TPIV_WEBSERVICE_ERROR",
)
PROGRAMS = ("E1", "E2", "E3", "E4", "E11")  # eligibility codes: Medicaid, SNAP, SSI, housing, income
ADDRESS = ("street", "street2", "zip")
LONGEST_SERVED = 6  # years

Range = tuple[int, int]


@dataclass(frozen=True)
class Standing:
    """How an enrolment stands, in days from today, each drawn from a range with both ends.

    `expires`: days until it does; the others: days since. `share`: how many of a hundred subscribers stand so; `moved`:
    enrolled with NLAD before they came to a state that keeps its own records.
    """

    share: int
    expires: Range = (115, 350)
    changed: Range | None = None
    refused: bool = False
    edited_since: bool = False
    last_used: Range = (0, 6)
    questioned: Range | None = None
    duplicate: Range | None = None
    fresh: bool = False
    verification: VerificationState = VerificationState.VERIFIED
    de_enrolled: bool = False
    moved: bool = False


STANDINGS = {
    "fine": Standing(51),
    "noticed": Standing(6, expires=(61, 89)),
    "open": Standing(8, expires=(9, 59)),
    "last days": Standing(2, expires=(0, 7)),
    "closed window": Standing(1, expires=(-4, -1)),
    "overdue": Standing(1, expires=(-30, -12)),
    "failed": Standing(6, changed=(2, 9), refused=True, verification=VerificationState.FAILED),
    "failed, edited since": Standing(
        2, changed=(2, 9), refused=True, edited_since=True, verification=VerificationState.FAILED
    ),
    "needs update": Standing(2, changed=(1, 6), verification=VerificationState.NEEDS_UPDATE),
    "unsubmitted": Standing(4, changed=(0, 7)),
    "unsubmitted late": Standing(1, changed=(18, 26)),
    "unused": Standing(2, last_used=(22, 29)),
    "notice of non-use": Standing(3, last_used=(30, 44)),
    "unused too long": Standing(1, last_used=(46, 60)),
    "pending": Standing(3, fresh=True, verification=VerificationState.PENDING),
    "doubted": Standing(2, questioned=(2, 27)),
    "duplicate": Standing(1, duplicate=(0, 3)),
    "de-enrolled": Standing(4, de_enrolled=True),
    "moved": Standing(0, moved=True),
}


@dataclass(frozen=True)
class Course:
    """How an enrolment came to stand as it does; `changed_at`: since when the vendor has not been told of a change."""

    standing: str
    initiated_on: date
    recertified_on: date | None
    changed_at: datetime | None


@dataclass
class Subscribers:
    """Enrols customers. Days are those of `zone`."""

    rows: Rows
    rng: random.Random
    now: datetime
    zone: ZoneInfo

    def draw_standing(self) -> str:
        """One of STANDINGS, as often as its share says."""
        return self.rng.choices(list(STANDINGS), [standing.share for standing in STANDINGS.values()])[0]

    def draw(self, name: str) -> Course:
        """When what happened that led to standing as `name`."""
        standing, today = STANDINGS[name], self._today()
        changed_at = self._ago(standing.changed)
        if standing.fresh:
            return Course(name, today - timedelta(self.rng.randint(1, 4)), None, changed_at)
        last = _year_before(today + timedelta(self.rng.randint(*standing.expires)))
        years = self.rng.randrange(LONGEST_SERVED)
        if not years:
            return Course(name, last, None, changed_at)
        return Course(name, _year_before(last, years), last, changed_at)

    def enrol(self, course: Course, account: int, line: int, who: Who, **wanted: Any) -> None:
        """Adds the enrolment of `who` that took `course`, and what passed with the vendor.

        `wanted`: `error_code` and `tribal`, where they are not to be drawn.
        """
        standing, changed_at = STANDINGS[course.standing], course.changed_at
        error = (wanted.get("error_code") or self.rng.choice(ERROR_CODES)) if standing.refused else ""
        revision = 0 if changed_at is None else 1 + standing.edited_since
        ended = self._day_ago((5, 90)) if standing.de_enrolled else None
        tribal = bool(wanted.get("tribal"))
        enrolment = self.rows.add(
            LifelineEnrolment,
            account_id=account,
            line_id=line,
            vendor=Vendor.NLAD if standing.moved else vendor_for(who.place.state),
            sac=f"{100 + sum(map(ord, who.place.state))}{900 + self.rng.randrange(9)}",
            state=EnrolmentState.DE_ENROLLED if standing.de_enrolled else EnrolmentState.ENROLLED,
            initiated_on=course.initiated_on,
            recertified_on=course.recertified_on,
            expires_on=expires_on(course.initiated_on, course.recertified_on),
            de_enrolled_on=ended,
            verification=standing.verification,
            error_code=error,
            changed_at=changed_at,
            revision=revision,
            refused_revision=1 if standing.refused else None,
            last_used_on=self._day_ago(standing.last_used),
            questioned_on=self._day_ago(standing.questioned),
            duplicate_on=self._day_ago(standing.duplicate),
            last4_ssn="" if tribal else f"{self.rng.randrange(1, 10_000):04d}",
            tribal_id=f"{self.rng.randrange(10**6, 10**7)}" if tribal else "",
            known_address="" if standing.fresh else address_key(*(who.values[part] for part in ADDRESS)),
            eligibility_code=self.rng.choice(PROGRAMS),
            household_certified_on=course.initiated_on,
            tribal_address=tribal,
            rural_address=tribal or self.rng.random() < 0.1,
        )
        if not standing.fresh:
            self._sent(enrolment, Transaction.ENROLL, self._office_hours(course.initiated_on))
        if changed_at and standing.refused:
            sent = min(changed_at + timedelta(hours=18), self.now)
            self._sent(enrolment, Transaction.UPDATE, sent, error_code=error, revision=1, changed_at=changed_at)
        if ended:
            self._sent(enrolment, Transaction.DE_ENROLL, self._office_hours(ended))

    def _sent(self, enrolment: int, kind: Transaction, at: datetime, **refusal: Any) -> None:
        outcome = Outcome.REFUSED if refusal else Outcome.ACCEPTED
        self.rows.add(LifelineSubmission, enrolment_id=enrolment, kind=kind, sent_at=at, outcome=outcome, **refusal)

    def _today(self) -> date:
        return self.now.astimezone(self.zone).date()

    def _day_ago(self, days: Range | None) -> date | None:
        return None if days is None else self._today() - timedelta(self.rng.randint(*days))

    def _ago(self, days: Range | None) -> datetime | None:
        day = self._day_ago(days)
        return None if day is None else self._office_hours(day)

    def _office_hours(self, day: date) -> datetime:
        """A moment of that day's office hours, not after now."""
        moment = datetime.combine(day, time(8), self.zone) + timedelta(minutes=self.rng.randrange(12 * 60))
        return min(moment, self.now - timedelta(minutes=5))


def _year_before(day: date, years: int = 1) -> date:
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)
