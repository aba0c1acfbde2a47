"""Vendors that take files: what goes out in which columns, what stays, and how the answers come back."""

from __future__ import annotations

import csv
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlmodel import select

from data.desk import Desk
from data.errors import Misused, NotFound
from data.lifeline import files, service
from data.lifeline.actions import mark_changed
from data.lifeline.files import read_answers, write_batch
from data.lifeline.queries import enrolment, important, needs_someone
from data.lifeline.records import NAMES
from data.lifeline.rules import EnrolmentState, Need, Outcome, Vendor, VerificationState
from data.lifeline.tables import LifelineSubmission
from tests.conftest import NOW
from tests.lifeline.enrolments import add_subscriber, stored

CHANGED = datetime(2026, 11, 20, 15, 0, tzinfo=UTC)
COLUMNS = (
    "transactionType,transactionEffectiveDate,sac,firstName,middleName,lastName,phoneNumber,last4ssn,tribalId,dob,"
    "serviceType,iehFlag,iehCertificationDate,iehRecertificationDate,primaryAddress1,primaryAddress2,primaryCity,"
    "primaryState,primaryZipCode,primaryPermanentAddressFlag,primaryTribalFlag,primaryRuralFlag"
)


def add_xerox(desk: Desk, number: str = "SV000001", place: int = 1, **fields: object) -> int:
    customer = {"state": "CA", "mdns": (f"212555014{place}",)} | dict(fields.pop("customer", {}))  # type: ignore[call-overload]
    return add_subscriber(desk, number, customer=customer, vendor=Vendor.XEROX, changed_at=CHANGED, **fields)


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_what_waits_goes_out_once_with_nlad_s_columns(desk: Desk, tmp_path: Path) -> None:
    enrolment_id = add_xerox(desk)
    add_subscriber(desk, "SV000002", changed_at=CHANGED)  # NLAD's
    batch = write_batch(desk, Vendor.XEROX, tmp_path / "out.csv")
    assert (batch.written, batch.left_out) == (1, ())
    (row,) = rows_of(tmp_path / "out.csv")
    assert tuple(row) == NAMES
    assert (tmp_path / "out.csv").read_text().startswith(COLUMNS)
    assert (row["transactionType"], row["lastName"], row["etcGeneralUse"]) == ("update", "Alvarez", "SV000001")
    kept = stored(desk, enrolment_id)
    assert (kept.verification, kept.changed_at) == (VerificationState.PENDING, None)
    assert write_batch(desk, Vendor.XEROX, tmp_path / "again.csv").written == 0
    assert not (tmp_path / "again.csv").exists()


def test_the_account_says_that_an_answer_is_awaited(desk: Desk, tmp_path: Path) -> None:
    add_xerox(desk)
    write_batch(desk, Vendor.XEROX, tmp_path / "out.csv")
    with desk.reading() as session:
        messages = [notice.message for notice in important(session, desk, enrolment(desk, 1))]
    assert "Waiting for an answer from Xerox." in messages


def test_a_record_that_the_vendor_would_not_take_waits_on_and_says_why(desk: Desk, tmp_path: Path) -> None:
    add_xerox(desk)
    add_xerox(desk, "SV000002", 2, customer={"zip": "9410"}, sac="")
    batch = write_batch(desk, Vendor.XEROX, tmp_path / "out.csv")
    assert batch.written == 1
    (left,) = batch.left_out
    assert left.account == "SV000002"
    assert left.reason == "sac must be six digits; primaryZipCode must be 5 digits, or 5 and 4."
    assert [need.count for need in needs_someone(desk) if need.need is Need.UNSUBMITTED] == [1]


def test_nothing_counts_as_sent_where_the_file_can_t_be_written(desk: Desk, tmp_path: Path) -> None:
    enrolment_id = add_xerox(desk)
    there = tmp_path / "out.csv"
    there.write_text("precious")
    with pytest.raises(Misused, match="already a file"):
        write_batch(desk, Vendor.XEROX, there)
    with pytest.raises(Misused, match="can't be written"):
        write_batch(desk, Vendor.XEROX, tmp_path / "nowhere" / "out.csv")
    assert there.read_text() == "precious"
    assert stored(desk, enrolment_id).changed_at == CHANGED


def test_no_file_stays_where_the_store_did_not_note_it(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    add_xerox(desk)

    def fails(*args: object) -> None:
        raise RuntimeError("power cut")

    monkeypatch.setattr(files, "_note_sent", fails)
    with pytest.raises(RuntimeError):
        write_batch(desk, Vendor.XEROX, tmp_path / "out.csv")
    assert not (tmp_path / "out.csv").exists()


def test_what_changes_while_the_file_is_written_goes_with_the_next(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    add_xerox(desk)
    write = files._write

    def slow_write(*args: object) -> None:
        with desk.store.writing() as session:
            mark_changed(session, 1, NOW)
        write(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(files, "_write", slow_write)
    write_batch(desk, Vendor.XEROX, tmp_path / "first.csv")
    monkeypatch.undo()
    assert write_batch(desk, Vendor.XEROX, tmp_path / "second.csv").written == 1


def test_answers_are_kept_row_by_row(desk: Desk, tmp_path: Path) -> None:
    accepted, refused = add_xerox(desk), add_xerox(desk, "SV000002", 2)
    write_batch(desk, Vendor.XEROX, tmp_path / "out.csv")
    back = tmp_path / "back.csv"
    back.write_text(
        "etcGeneralUse,errorCode\nSV000001,\nSV000002,TPIV_FAIL_DOB\nSV000003,\nSV000001,\n", encoding="utf-8-sig"
    )
    answers = read_answers(desk, back)
    assert [(one.account, one.outcome) for one in answers.kept] == [
        ("SV000001", Outcome.ACCEPTED),
        ("SV000002", Outcome.REFUSED),
    ]
    assert [one.account for one in answers.unused] == ["SV000003", "SV000001"]
    assert stored(desk, accepted).verification == VerificationState.VERIFIED
    row = stored(desk, refused)
    assert (row.verification, row.error_code, row.changed_at) == (VerificationState.FAILED, "TPIV_FAIL_DOB", CHANGED)
    assert write_batch(desk, Vendor.XEROX, tmp_path / "next.csv").written == 0  # not unchanged
    with desk.reading() as session:
        assert [entry.outcome for entry in session.exec(select(LifelineSubmission))] == ["accepted", "refused"]


def test_an_answer_to_what_has_changed_since_leaves_the_change_to_be_sent(desk: Desk, tmp_path: Path) -> None:
    enrolment_id = add_xerox(desk)
    write_batch(desk, Vendor.XEROX, tmp_path / "out.csv")
    with desk.store.writing() as session:
        mark_changed(session, 1, NOW)
    (tmp_path / "back.csv").write_text("Account,Error\nsv000001,\n")
    assert len(read_answers(desk, tmp_path / "back.csv").kept) == 1
    row = stored(desk, enrolment_id)
    assert (row.verification, row.changed_at) == (VerificationState.VERIFIED, NOW)


@pytest.mark.parametrize("content", [b"account,when\nSV000001,\n", b"", b"\xff\xfe\x00account"])
def test_a_file_that_is_no_answer_is_told(desk: Desk, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "back.csv").write_bytes(content)
    with pytest.raises(Misused):
        read_answers(desk, tmp_path / "back.csv")
    with pytest.raises(NotFound, match="There is no file"):
        read_answers(desk, tmp_path / "missing.csv")


def test_nlad_takes_files_too_but_not_of_opt_out_states(desk: Desk, tmp_path: Path) -> None:
    add_subscriber(desk, changed_at=CHANGED)
    add_subscriber(desk, "SV000002", customer={"state": "OR", "mdns": ("2125550149",)}, changed_at=CHANGED)
    add_subscriber(
        desk,
        "SV000003",
        customer={"mdns": ("2125550148",)},
        state=EnrolmentState.DE_ENROLLED,
        de_enrolled_on=NOW.date(),
        changed_at=CHANGED,
    )
    batch = write_batch(desk, Vendor.NLAD, tmp_path / "out.csv")
    assert [row["transactionType"] for row in rows_of(tmp_path / "out.csv")] == ["update", "de-enroll"]
    assert [left.account for left in batch.left_out] == ["SV000002"]


@pytest.mark.parametrize(("code", "told"), [("", True), ("TPIV_FAIL", False), ("TPIV_WEBSERVICE_ERROR", False)])
def test_who_ends_while_their_enrollment_is_on_its_way_goes_with_the_next_file(
    desk: Desk, tmp_path: Path, code: str, told: bool
) -> None:
    add_xerox(desk, verification=VerificationState.PENDING)
    write_batch(desk, Vendor.XEROX, tmp_path / "first.csv")
    ended = service.de_enrol(desk, "SV000001")
    assert (ended.state, ended.to_submit) == (EnrolmentState.DE_ENROLLED, True)
    (tmp_path / "back.csv").write_text(f"account,error\nSV000001,{code}\n")
    read_answers(desk, tmp_path / "back.csv")
    assert write_batch(desk, Vendor.XEROX, tmp_path / "second.csv").written == told
    if told:
        assert [row["transactionType"] for row in rows_of(tmp_path / "second.csv")] == ["de-enroll"]
