"""NLAD: what it is asked and answers, and an embedded one that applies the published rules without a network.

The embedded NLAD decides by the record and by this store alone, always the same way: see EmbeddedNlad.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Protocol

from sqlalchemy import ColumnElement, or_, select

from data.columns import columns
from data.customers.tables import Account, Customer
from data.desk import Desk
from data.lifeline.dates import anniversary
from data.lifeline.queries import LIFELINE_LINE
from data.lifeline.records import Record, parse_day, plain, wrong_fields
from data.lifeline.rules import EnrolmentState, Transaction, Vendor, VerificationState, address_key
from data.lifeline.tables import LifelineEnrolment
from data.lines.tables import Line
from data.text import fold

ADULT = 18
OLDEST = 120  # years: nobody born earlier is taken to be alive
TRANSFER_REST = timedelta(60)  # between two transfers of one benefit
KNOWN = (VerificationState.VERIFIED, VerificationState.NEEDS_UPDATE)  # what NLAD has on file

# Values that no real customer has; each makes the embedded NLAD give one answer.
RESERVED_SAC = "999999"  # TPIV_WEBSERVICE_ERROR
RESERVED_LAST4 = "0000"  # TPIV_FAIL_NAME_SSN4: the Social Security Administration never issues it
RESERVED_BIRTH_DATE = date(1900, 1, 1)  # TPIV_FAIL_DOB: what forms write where it is not known
RESERVED_LAST_NAME = "nobody"  # TPIV_FAIL_IDENTITY_NOT_FOUND
PO_BOX = re.compile(r"\bp\.? ?o\.? ?box\b", re.IGNORECASE)


e, a, c, line = columns(LifelineEnrolment), columns(Account), columns(Customer), columns(Line)
ENROLMENTS = (
    select(e.vendor, e.state, e.verification, e.initiated_on, e.known_address, a.number, c.last_name, c.birth_date)
    .join(Account, a.id == e.account_id)
    .join(Customer, c.id == a.customer_id)
    .outerjoin(Line, LIFELINE_LINE)
)


@dataclass(frozen=True)
class Answer:
    """What the vendor said to a transaction. `error_code` "" is accepted; `field` names what it stumbled over."""

    error_code: str = ""
    field: str = ""

    @property
    def accepted(self) -> bool:
        return not self.error_code


class Nlad(Protocol):
    """Takes one transaction at a time."""

    def submit(self, record: Record) -> Answer:
        """The answer to `record`. Raises Refused where NLAD can't be reached: nothing is known of the record then."""


class EmbeddedNlad:
    """Answers as NLAD would, from the record and the store's own enrolments. In this order:

    - a field that breaks the published form answers its code: SAC_NOT_SIX_DIGITS, TPIV_FAIL_NAME_SSN4 (names, the four
      digits), TPIV_FAIL_DOB, INVALID_ADDRESS; a PO box is no address to live at: INVALID_ADDRESS
    - a de-enrolment is accepted
    - SAC 999999: TPIV_WEBSERVICE_ERROR
    - neither the four digits nor a Tribal ID: TPIV_FAIL; born on 01/01/1900: TPIV_FAIL_DOB; 120 years ago or earlier:
      TPIV_FAIL_DECEASED; the last name Nobody: TPIV_FAIL_IDENTITY_NOT_FOUND; the digits 0000: TPIV_FAIL_NAME_SSN4
    - younger than 18 on the day it takes effect: SUBSCRIBER_UNDER_18
    - a street without any number: AMS_FAILURE_ANALYSIS
    - against the enrolments that it knows (verified, of another account): the same person, DUPLICATE_SUBSCRIBER, but
      for a transfer: that is accepted from 60 days after the other service began, CANNOT_TRANSFER_WITHIN_60_DAYS
      before; the same phone number, DUPLICATE_PHONE_NUMBER; the same address and apartment,
      DUPLICATE_PRIMARY_ADDRESS; the same house where one of them gives no apartment, DUPLICATE_ADDRESS. A household
      worksheet (iehFlag) allows both kinds of address.
    """

    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    def submit(self, record: Record) -> Answer:
        """The answer to `record`, by the rules above."""
        return _malformed(record) or _settled(record) or _unproven(record) or self._duplicate(record) or Answer()

    def _duplicate(self, record: Record) -> Answer | None:
        same_person = self._others(record, _same_identity(record))
        same_person = [other for other in same_person if _is_same_person(record, other)]
        if record["transactionType"] == Transaction.TRANSFER:
            began = max((other.initiated_on for other in same_person), default=date.min)
            too_soon = began != date.min and _effective(record) < began + TRANSFER_REST
            return Answer("CANNOT_TRANSFER_WITHIN_60_DAYS") if too_soon else None
        if same_person:
            return Answer("DUPLICATE_SUBSCRIBER", "lastName")
        if self._others(record, line.mdn == record["phoneNumber"]):
            return Answer("DUPLICATE_PHONE_NUMBER", "phoneNumber")
        return self._same_address(record)

    def _same_address(self, record: Record) -> Answer | None:
        key = known_address(record)
        if not key or record["iehFlag"] == "1":
            return None
        if self._others(record, e.known_address == key):
            return Answer("DUPLICATE_PRIMARY_ADDRESS", "primaryAddress1")
        street, unit, zip5 = key.split("|")
        same_house = e.known_address.between(f"{street}|", f"{street}}}")  # "}" is the sign after "|"
        others = [other.known_address.split("|") for other in self._others(record, same_house)]
        if any(other_zip == zip5 and not (unit and other_unit) for _, other_unit, other_zip in others):
            return Answer("DUPLICATE_ADDRESS", "primaryAddress2")
        return None

    def _others(self, record: Record, condition: ColumnElement[bool]) -> list[Any]:
        """The enrolments that NLAD knows and that meet `condition`, but for the record's own."""
        with self.desk.reading() as session:
            rows = session.connection().execute(ENROLMENTS.where(condition)).all()
        return [row for row in rows if row.number != record["etcGeneralUse"] and _is_known(row)]


def _is_known(row: Any) -> bool:
    return row.vendor == Vendor.NLAD and row.state == EnrolmentState.ENROLLED and row.verification in KNOWN


def known_address(record: Record) -> str:
    """The primary address of a record as the store keeps what the vendor knows."""
    return address_key(record["primaryAddress1"], record["primaryAddress2"], record["primaryZipCode"])


def _malformed(record: Record) -> Answer | None:
    wrong = [field for field in wrong_fields(record) if field.code]
    if wrong:
        return Answer(wrong[0].code, wrong[0].name)
    if PO_BOX.search(record["primaryAddress1"]):
        return Answer("INVALID_ADDRESS", "primaryAddress1")
    return None


def _settled(record: Record) -> Answer | None:
    if record["transactionType"] == Transaction.DE_ENROLL:
        return Answer()
    return Answer("TPIV_WEBSERVICE_ERROR") if record["sac"] == RESERVED_SAC else None


def _unproven(record: Record) -> Answer | None:
    born, effective = parse_day(record["dob"]), _effective(record)
    assert born  # a malformed one was answered before
    tests = (
        (not (record["last4ssn"] or record["tribalId"]), Answer("TPIV_FAIL", "last4ssn")),
        (born == RESERVED_BIRTH_DATE, Answer("TPIV_FAIL_DOB", "dob")),
        (anniversary(born, OLDEST) <= effective, Answer("TPIV_FAIL_DECEASED", "dob")),
        (fold(record["lastName"]) == RESERVED_LAST_NAME, Answer("TPIV_FAIL_IDENTITY_NOT_FOUND", "lastName")),
        (record["last4ssn"] == RESERVED_LAST4, Answer("TPIV_FAIL_NAME_SSN4", "last4ssn")),
        (anniversary(born, ADULT) > effective, Answer("SUBSCRIBER_UNDER_18", "dob")),
        (
            not any(char.isdigit() for char in record["primaryAddress1"]),
            Answer("AMS_FAILURE_ANALYSIS", "primaryAddress1"),
        ),
    )
    return next((answer for met, answer in tests if met), None)


def _effective(record: Record) -> date:
    return parse_day(record["transactionEffectiveDate"]) or date.max


def _same_identity(record: Record) -> ColumnElement[bool]:
    numbers = [
        column == number
        for column, number in ((e.last4_ssn, record["last4ssn"]), (e.tribal_id, record["tribalId"]))
        if number
    ]
    return or_(*numbers)


def _is_same_person(record: Record, other: Any) -> bool:
    same_name = fold(plain(other.last_name)) == fold(record["lastName"])
    return same_name and other.birth_date == parse_day(record["dob"])
