"""Important Information: what an agent must know of a customer's Lifeline today, most urgent first, in plain words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from data.lifeline import dates
from data.lifeline.codes import error_for
from data.lifeline.rules import (
    ATTENTION,
    ONLINE_VENDORS,
    OPT_OUT_STATES,
    Enrolment,
    Notice,
    NoticeKind,
    Recertification,
    Unit,
    Urgency,
    Vendor,
    VerificationState,
    recertification,
    shows_expiry,
)
from data.lifeline.rules import NoticeRemedy as Remedy
from data.lifeline.words import day_text, late, time_left
from data.text import capital

# Both verbatim: agents are trained to look for these words.
VERIFICATION_MESSAGE = "Customer Verification has failed or needs to be updated with {vendor}"
EXPIRY_MESSAGE = "This customer's Lifeline certification will expire on {day:%m-%d-%Y}."

# What to do where it takes a command; ACCOUNT becomes the account's number.
NOT_YET = "Nothing is to be done yet: the customer gets a letter."
NOTICED = "Nothing is to be done yet. If the answer came already: `careline lifeline recertify ACCOUNT`"
RECERTIFY = "Ask whether the form came; help to answer it. Once it did: `careline lifeline recertify ACCOUNT`"
ANSWERED = (
    "Answered in time? `careline lifeline recertify ACCOUNT --on DAY`. If not: `careline lifeline de-enroll ACCOUNT`"
)
DUPLICATE = "`careline lifeline de-enroll ACCOUNT`; if the benefit is to stay here: `careline lifeline settle ACCOUNT`"
PROVE = "Ask for a document on the benefit or the income. Once accepted: `careline lifeline settle ACCOUNT`"
PROVEN = "Proof came in time? `careline lifeline settle ACCOUNT`. If not: `careline lifeline de-enroll ACCOUNT`"
USE = "A call, a text, data or the customer's wish to keep it counts: `careline lifeline use ACCOUNT`"
USED = "Used since? `careline lifeline use ACCOUNT`. If not: `careline lifeline de-enroll ACCOUNT`"
HAND_OVER = "Check the address. If they did move to {state}: `careline lifeline hand-over ACCOUNT`"

LAST_DAYS = 14  # of a window or a proof: from here on it is urgent
LAST_BUSINESS_DAYS = 2  # of a change that the vendor must learn of


def notices(enrolment: Enrolment, today: date, display_days: int | None = None) -> tuple[Notice, ...]:
    """What an agent must know of `enrolment` on `today`, most urgent first.

    `display_days` is the custom rule that holds the expiry date back (rules.shows_expiry). At the same urgency what
    is late comes first, then a verification, because whatever is mended goes out with it, then the nearest day.
    """
    found = [
        *_verification(enrolment, today),
        *(_of_the_enrolled(enrolment, today, display_days) if enrolment.enrolled else ()),
    ]
    return tuple(sorted((replace(one, how=for_account(one.how, enrolment.account)) for one in found), key=_rank))


def for_account(how: str, account: str) -> str:
    """What to do, its commands with the account's number in them."""
    return how.replace("ACCOUNT", account) if account else how


def _rank(notice: Notice) -> tuple[int, bool, bool, date]:
    urgency = list(Urgency).index(notice.urgency)
    return urgency, not notice.late, notice.kind is not NoticeKind.VERIFICATION, notice.due_on or date.max


def _of_the_enrolled(enrolment: Enrolment, today: date, display_days: int | None) -> Iterator[Notice]:
    if shows_expiry(enrolment.expires_on, today, display_days):
        yield _expiry(enrolment, today)
    if enrolment.duplicate_on:
        yield _duplicate(enrolment.vendor, enrolment.duplicate_on, today)
    if enrolment.questioned_on:
        yield _proof(enrolment.questioned_on, today)
    if enrolment.free_service and enrolment.last_used_on:
        yield from _non_use(enrolment.last_used_on, today)
    if enrolment.vendor is Vendor.NLAD and enrolment.residence in OPT_OUT_STATES:
        yield _opt_out(OPT_OUT_STATES[enrolment.residence])


def _verification(enrolment: Enrolment, today: date) -> Iterator[Notice]:
    vendor = enrolment.vendor
    if enrolment.changed_on:
        yield _untold(enrolment, enrolment.changed_on, today)
    elif enrolment.enrolled and enrolment.verification in ATTENTION:
        error = error_for(enrolment.error_code) if enrolment.error_code else None
        yield Notice(
            NoticeKind.VERIFICATION,
            Urgency.URGENT,
            VERIFICATION_MESSAGE.format(vendor=vendor),
            f"{error.code}: {error.meaning}" if error else f"{capital(vendor)} asks for an update.",
            error.next_step if error else "Check the customer's information with them, correct it and submit.",
            error.remedy if error else Remedy.EDIT,
            field=error.field if error else "",
        )
    elif enrolment.verification is VerificationState.PENDING:
        yield _awaited(vendor)


def _awaited(vendor: Vendor) -> Notice:
    """A vendor that takes files answers in its own time; one that is asked online has just not been asked."""
    if vendor in ONLINE_VENDORS:
        message, detail = f"{vendor} has not confirmed this customer yet.", "No answer of it is kept here."
        return Notice(
            NoticeKind.WAITING, Urgency.INFO, message, detail, "Submit the customer's information.", Remedy.SUBMIT
        )
    message, detail = f"Waiting for an answer from {vendor}.", "The customer's information was sent in a file."
    how = "Nothing is to be done until the answer comes."
    return Notice(NoticeKind.WAITING, Urgency.INFO, message, detail, how)


def _untold(enrolment: Enrolment, changed_on: date, today: date) -> Notice:
    """The vendor has not accepted a change yet: it waits to be submitted, or was turned down."""
    gone = None if enrolment.enrolled else enrolment.de_enrolled_on
    due = dates.tell_de_enrolment_by(gone) if gone else dates.tell_change_by(changed_on)
    left = dates.business_days_left(today, due)
    error = error_for(enrolment.error_code) if enrolment.error_code else None
    if error and (error.passing or not enrolment.to_submit):
        detail, how, remedy, answered = f"{error.code}: {error.meaning}", error.next_step, error.remedy, ""
    else:
        what = f"De-enrolled on {day_text(gone)}" if gone else f"Changed on {day_text(changed_on)}"
        answered = f" The last answer was {error.code}: {error.meaning}" if error else ""
        if enrolment.vendor in ONLINE_VENDORS:
            detail, remedy = f"{what}, not submitted yet.", Remedy.SUBMIT
            how = "Submit the customer's information now, or leave it to the daily submission."
        else:
            detail, remedy = f"{what}; it goes with the next file to {enrolment.vendor}.", Remedy.HOW
            how = "Nothing is to be done here: whoever sends the files has it."
    return Notice(
        NoticeKind.VERIFICATION,
        _urgency(left, LAST_BUSINESS_DAYS, failed=enrolment.verification in ATTENTION),
        VERIFICATION_MESSAGE.format(vendor=enrolment.vendor),
        f"{detail} {_must_know(enrolment.vendor, due, left)}{answered}",
        how,
        remedy,
        due,
        left,
        Unit.BUSINESS_DAYS,
        field=error.field if error and remedy is Remedy.EDIT else "",
    )


def _must_know(vendor: Vendor, due: date, left: int) -> str:
    if left < 0:
        return f"{capital(vendor)} had to know by {day_text(due)}: {late(left)}."
    return f"{capital(vendor)} must know by {day_text(due)}: {time_left(left, Unit.BUSINESS_DAYS)}."


def _expiry(enrolment: Enrolment, today: date) -> Notice:
    expires = enrolment.expires_on
    california = enrolment.vendor is Vendor.XEROX
    phase = recertification(expires, today, california=california)
    left = dates.days_left(today, expires)
    due, unit = expires, Unit.DAYS
    how = RECERTIFY
    if phase is Recertification.NOT_DUE:
        start = dates.notices_start_on(expires, california=california)
        urgency, detail = Urgency.INFO, f"{capital(time_left(left))}. The first notice goes out on {day_text(start)}."
        how = NOT_YET
    elif phase is Recertification.NOTICED:
        opens = dates.window_opens_on(expires)
        detail = f"{capital(time_left(left))}. Notices are out; the 60 days to answer begin on {day_text(opens)}."
        urgency, how = Urgency.INFO, NOTICED
    elif phase is Recertification.OPEN:
        urgency = Urgency.URGENT if left <= LAST_DAYS else Urgency.WARNING
        detail = f"{capital(time_left(left))} to answer." if left else "Today is the last day to answer."
    else:
        due, unit, urgency = dates.de_enrol_by(expires), Unit.BUSINESS_DAYS, Urgency.URGENT
        left = dates.business_days_left(today, due)
        detail = f"No answer came by that day. {_de_enrol(due, left)}"
        how = ANSWERED
    return Notice(
        NoticeKind.EXPIRY, urgency, EXPIRY_MESSAGE.format(day=expires), detail, how, Remedy.HOW, due, left, unit
    )


def _duplicate(vendor: Vendor, told_on: date, today: date) -> Notice:
    due = dates.de_enrol_by(told_on)
    left = dates.business_days_left(today, due)
    return Notice(
        NoticeKind.DUPLICATE,
        Urgency.URGENT,
        "This household has a second Lifeline benefit.",
        f"{capital(vendor)} told of it on {day_text(told_on)}. {_de_enrol(due, left)}",
        DUPLICATE,
        Remedy.HOW,
        due,
        left,
        Unit.BUSINESS_DAYS,
    )


def _proof(asked_on: date, today: date) -> Notice:
    message = "This customer must prove that they are eligible for Lifeline."
    due = dates.prove_by(asked_on)
    left = dates.days_left(today, due)
    if left >= 0:
        detail = f"Asked on {day_text(asked_on)}. Proof must come by {day_text(due)}: {time_left(left)}."
        return Notice(NoticeKind.PROOF, _urgency(left, LAST_DAYS), message, detail, PROVE, Remedy.HOW, due, left)
    end = dates.de_enrol_by(due)
    left = dates.business_days_left(today, end)
    return Notice(
        NoticeKind.PROOF,
        Urgency.URGENT,
        message,
        f"No proof came by {day_text(due)}. {_de_enrol(end, left)}",
        PROVEN,
        Remedy.HOW,
        end,
        left,
        Unit.BUSINESS_DAYS,
    )


def _non_use(used_on: date, today: date) -> Iterator[Notice]:
    if today < dates.non_use_notice_on(used_on):
        return
    due = dates.use_by(used_on)
    left = dates.days_left(today, due)
    if left >= 0:
        detail = f"Use by {day_text(due)} keeps it: {time_left(left)}."
        how = USE
    else:
        detail = f"It had to be used by {day_text(due)}: {late(left)}."
        how = USED
    unused = dates.days_left(used_on, today)
    message = f"Lifeline service has not been used for {unused} days."
    yield Notice(NoticeKind.NON_USE, Urgency.URGENT, message, detail, how, Remedy.HOW, due, left)


def _opt_out(state: str) -> Notice:
    return Notice(
        NoticeKind.OPT_OUT,
        Urgency.WARNING,
        f"The customer lives in {state}, which keeps its own Lifeline records.",
        "NLAD takes none from there.",
        HAND_OVER.format(state=state),
        Remedy.EDIT,
    )


def _de_enrol(due: date, left: int) -> str:
    if left < 0:
        return f"De-enrollment was due by {day_text(due)}, {late(left)}."
    return f"De-enroll by {day_text(due)}: {time_left(left, Unit.BUSINESS_DAYS)}."


def _urgency(left: int, last: int, *, failed: bool = False) -> Urgency:
    return Urgency.URGENT if failed or left <= last else Urgency.WARNING
