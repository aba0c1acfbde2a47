"""Vendors that take files: a CSV of what waits, with NLAD's columns, and the CSV of answers that comes back.

California's administrator and the states publish no way to submit one record at a time. What waits for them goes out
in a file; each row is then waited for until its answer is read. NLAD takes such a file too.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import bindparam, insert, update
from sqlmodel import col, select

from data.agents.rules import Permission
from data.columns import columns
from data.desk import Desk, action, permit
from data.errors import Misused, Refused
from data.files import new_file, unread
from data.lifeline.actions import NotSent, find, may_submit, transaction_for
from data.lifeline.answers import Submitted, accept, refuse, told
from data.lifeline.queries import UNSUBMITTED, WHOLE
from data.lifeline.records import NAMES, Record, record, wrong_fields
from data.lifeline.rules import Outcome, Transaction, Vendor, VerificationState, address_key
from data.lifeline.tables import LifelineEnrolment, LifelineSubmission

ACCOUNT_COLUMNS = ("etcgeneraluse", "account")
ERROR_COLUMNS = ("errorcode", "error")

e = columns(LifelineEnrolment)


@dataclass(frozen=True)
class Batch:
    """A file that was written. `left_out`: enrolments with a field that the vendor would not take; they wait on."""

    file: str
    vendor: Vendor
    written: int
    left_out: tuple[NotSent, ...]


@dataclass(frozen=True)
class Answers:
    """A file of answers that was read. `unused`: rows that could not be kept, and why."""

    kept: tuple[Submitted, ...]
    unused: tuple[NotSent, ...]


def write_batch(desk: Desk, vendor: Vendor, file: str | Path) -> Batch:
    """Writes what waits for `vendor` into a new CSV at `file`, and notes it as sent.

    Where nothing waits, no file is made. Raises Misused where the file is there already or can't be written; nothing
    counts as sent then.
    """
    permit(desk, Permission.SUBMIT_LIFELINE)
    path = Path(file)
    left_out: list[NotSent] = []
    ready: list[tuple[Any, Record]] = []
    for row, asked in _waiting(desk, vendor):
        if reason := _reason_to_wait(row, asked):
            left_out.append(NotSent(row.number, reason))
        else:
            ready.append((row, asked))
    if ready:
        _write(path, [asked for _, asked in ready])
        try:
            _note_sent(desk, vendor, path.name, ready)
        except BaseException:
            path.unlink(missing_ok=True)
            raise
    return Batch(str(path), vendor, len(ready), tuple(left_out))


def read_answers(desk: Desk, file: str | Path) -> Answers:
    """Keeps the answers in a CSV with an account (etcGeneralUse) and an errorCode ("" is accepted) in each row.

    Each row by itself: one that can't be kept stops no other. Raises NotFound without the file, Misused where it
    can't be read so.
    """
    permit(desk, Permission.SUBMIT_LIFELINE)
    kept: list[Submitted] = []
    unused: list[NotSent] = []
    for number, code in _read(Path(file)):
        try:
            kept.append(_keep(desk, find(desk, number), code))
        except Refused as error:
            unused.append(NotSent(number, str(error)))
    return Answers(tuple(kept), tuple(unused))


def _waiting(desk: Desk, vendor: Vendor) -> Iterator[tuple[Any, Record]]:
    with desk.reading() as session:
        for row in session.connection().execute(WHOLE.where(UNSUBMITTED, e.vendor == vendor).order_by(e.id)).all():
            kind = transaction_for(session, row)
            yield row, record(row, kind, row.de_enrolled_on or desk.today())


def _reason_to_wait(row: Any, asked: Record) -> str:
    """Why a record can't go out, in a sentence; "" where it can."""
    if wrong := wrong_fields(asked):
        return "; ".join(f"{field.name} must be {field.form}" for field in wrong) + "."
    try:
        may_submit(row)
    except Refused as error:
        return str(error)
    return ""


def _write(path: Path, records: list[Record]) -> None:
    with new_file(path, "Name another; nothing was sent.") as file:
        out = io.StringIO(newline="")
        writer = csv.DictWriter(out, NAMES)
        writer.writeheader()
        writer.writerows(records)
        file.write(out.getvalue().encode())


@action("lifeline.batch", needs=Permission.SUBMIT_LIFELINE)
def _note_sent(desk: Desk, vendor: Vendor, name: str, ready: list[tuple[Any, Record]]) -> None:
    """Notes what went out; what changed while the file was written still waits for the next one."""
    connection = desk.session.connection()
    connection.execute(
        update(LifelineEnrolment)
        .where(e.id == bindparam("sent_id"), e.revision == bindparam("sent_revision"))
        .values(changed_at=None, refused_revision=None, verification=VerificationState.PENDING, error_code=""),
        [{"sent_id": row.id, "sent_revision": row.revision} for row, _ in ready],
    )
    connection.execute(
        insert(LifelineSubmission),
        [
            {
                "enrolment_id": row.id,
                "kind": asked["transactionType"],
                "sent_at": desk.now(),
                "outcome": Outcome.SENT,
                "error_code": "",
                "revision": row.revision,
                "changed_at": row.changed_at,
            }
            for row, asked in ready
        ],
    )
    desk.event.tell(vendor=vendor, file=name, count=len(ready))


def _read(path: Path) -> list[tuple[str, str]]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = csv.DictReader(file)
            headers = {header.strip().lower(): header for header in rows.fieldnames or () if header}
            account = next((headers[name] for name in ACCOUNT_COLUMNS if name in headers), None)
            code = next((headers[name] for name in ERROR_COLUMNS if name in headers), None)
            if account is None or code is None:
                raise Misused(f"{path} has no column etcGeneralUse or none called errorCode.", "Name another file.")
            return [((row[account] or "").strip(), (row[code] or "").strip()[:60]) for row in rows]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise unread(path, error, "Name a CSV file in UTF-8.") from None


@action("lifeline.answer", needs=Permission.SUBMIT_LIFELINE)
def _keep(desk: Desk, whole: Any, code: str) -> Submitted:
    """Keeps the answer to what was last sent of that enrolment (a row of queries.WHOLE)."""
    row = desk.session.get_one(LifelineEnrolment, whole.id)
    sent = desk.session.exec(
        select(LifelineSubmission)
        .where(LifelineSubmission.enrolment_id == whole.id, LifelineSubmission.outcome == Outcome.SENT)
        .order_by(col(LifelineSubmission.id).desc())
        .limit(1)
    ).first()
    if sent is None:
        raise Refused("Nothing that was sent for it waits for an answer.", "Check the account in the file.")
    kind = Transaction(sent.kind)
    if code:
        row.changed_at = sent.changed_at or row.changed_at
        refuse(row, kind, sent.revision, code, desk.now())
    else:
        accept(row, sent.revision, address_key(whole.street, whole.street2, whole.zip))
    sent.outcome, sent.error_code = (Outcome.REFUSED if code else Outcome.ACCEPTED), code
    desk.event.tell(account_id=row.account_id, vendor=row.vendor, kind=kind, outcome=sent.outcome, error=code)
    return told(desk, row, kind, sent.outcome, code)
