"""A file becomes customers, once; what changes in it changes them; what can't be used comes back to be mended."""

from __future__ import annotations

import csv
import json
import os
import time
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data.audit.verifying import verify
from data.customers.queries import account
from data.desk import Desk
from data.errors import Refused
from data.imports.reasons import Oddity, Rejection
from data.lifeline.rules import VerificationState
from data.search import search
from data.verification.records import address_of_record
from tests.builders import add_customer, put_on_line
from tests.conftest import NOW
from tests.imports.files import PEOPLE, counts, import_file, rows


def test_a_file_becomes_customers_with_accounts_lines_and_contacts(admin: Desk, tmp_path: Path) -> None:
    assert counts(import_file(admin, tmp_path, PEOPLE)) == (3, 3, 0, 0, 0)
    put_on_line(admin, "SV000002")
    view = account(admin, "SV000002")
    customer = view.customer
    assert (customer.first_name, customer.last_name) == ("Josefina", "Darakjian")
    assert customer.company_name == "Chaney, Jeffrey A Esq"
    address = customer.address
    assert (address.street, address.city, address.county) == ("4 B Blue Ridge Blvd", "Brighton", "Livingston")
    assert (address.state, address.zip) == ("MI", "48116")
    assert [line.mdn for line in view.lines] == ["8105550188"]
    assert [(contact.medium.value, contact.value) for contact in customer.contacts] == [
        ("phone", "8105550140"),
        ("email", "jd@example.org"),
        ("web", "http://www.chaney.example"),
    ]


def test_everyone_is_found_by_name_phone_and_company(admin: Desk, tmp_path: Path) -> None:
    import_file(admin, tmp_path, PEOPLE)
    for text in ("darakjian", "810-555-0188", "5550140", "chaney jeffrey", "jd@example.org"):
        assert [hit.account for hit in search(admin, text)][:1] == ["SV000002"], text


def test_the_same_file_again_changes_nothing(admin: Desk, tmp_path: Path) -> None:
    import_file(admin, tmp_path, PEOPLE)
    tables = ("customer", "contact", "account", "line", "import_record", "operator")
    before = [rows(admin, f"SELECT * FROM {table}") for table in tables]
    assert counts(import_file(admin, tmp_path, PEOPLE)) == (3, 0, 0, 3, 0)
    assert [rows(admin, f"SELECT * FROM {table}") for table in tables] == before


@pytest.mark.parametrize(
    ("old", "new", "select"),
    [
        ("Brighton", "Detroit", "SELECT count(*) FROM customer WHERE city = 'Detroit'"),
        ("Darakjian", "Darakjy", "SELECT count(*) FROM customer WHERE last_name = 'Darakjy'"),
        ("810-555-0188", "810-555-0199", "SELECT count(*) FROM line WHERE mdn = '8105550199'"),
        ("810-555-0140", "810-555-0141", "SELECT count(*) FROM contact WHERE value = '8105550141'"),
        ("jd@example.org", "new@example.org", "SELECT count(*) FROM contact WHERE value = 'new@example.org'"),
        ("4 B Blue Ridge Blvd", "5 Oak St", "SELECT count(*) FROM customer WHERE street = '5 Oak St'"),
        ('"Chaney, Jeffrey A Esq"', "Chaney LLC", "SELECT count(*) FROM customer WHERE company_name = 'Chaney LLC'"),
    ],
)
def test_a_changed_row_updates_its_customer(admin: Desk, tmp_path: Path, old: str, new: str, select: str) -> None:
    import_file(admin, tmp_path, PEOPLE)
    sizes = "SELECT (SELECT count(*) FROM customer), (SELECT count(*) FROM contact), (SELECT count(*) FROM line)"
    before = rows(admin, sizes)
    changed = PEOPLE.replace(old, new)
    assert counts(import_file(admin, tmp_path, changed)) == (3, 0, 1, 2, 0)
    assert rows(admin, select) == [(1,)]
    assert rows(admin, sizes) == before
    assert counts(import_file(admin, tmp_path, changed)) == (3, 0, 0, 3, 0)
    assert search(admin, new.replace("-", "")).hits[0].account == "SV000002"


def test_the_audit_tells_which_fields_a_row_changed(admin: Desk, tmp_path: Path) -> None:
    import_file(admin, tmp_path, PEOPLE)
    import_file(admin, tmp_path, PEOPLE.replace("Brighton", "Detroit"))
    events = rows(admin, "SELECT agent, action, detail FROM audit_event WHERE action = 'customers.import' ORDER BY id")
    agent, _, detail = events[-1]
    assert agent == "admin01"
    told = json.loads(detail)
    assert (told["file"], told["added"], told["updated"], told["unchanged"]) == ("people.csv", 0, 1, 2)
    assert told["changed"] == {"2": ["city"]}
    assert json.loads(events[0][2])["accounts"] == [1, 3]


@pytest.mark.parametrize("new", ["art@example.net", "art@example.org, art@example.net"])
def test_a_mail_address_that_a_file_changed_is_of_record_after_30_days(admin: Desk, tmp_path: Path, new: str) -> None:
    def of_record(desk: Desk) -> str | None:
        with desk.reading() as session:
            return address_of_record(session, desk, 3)

    import_file(admin, tmp_path, PEOPLE)
    assert of_record(admin) == "art@example.org"
    month_on = replace(admin, clock=lambda: NOW + timedelta(days=40))
    import_file(month_on, tmp_path, PEOPLE.replace("art@example.org", f'"{new}"'))
    assert of_record(month_on) is None
    assert "Mail addresses changed by the import of people.csv" in [
        entry.text for entry in account(month_on, "SV000003").timeline
    ]
    first = new.partition(",")[0]
    assert of_record(replace(admin, clock=lambda: NOW + timedelta(days=70, seconds=-1))) is None
    assert of_record(replace(admin, clock=lambda: NOW + timedelta(days=70))) == first
    assert verify(month_on).whole


def test_an_edit_made_here_outlives_the_same_file(admin: Desk, tmp_path: Path) -> None:
    import_file(admin, tmp_path, PEOPLE)
    with admin.store.writing() as session:
        connection = session.connection().connection.driver_connection
        connection.execute("UPDATE customer SET city = 'Ann Arbor' WHERE city = 'Brighton'")
        connection.execute("UPDATE line SET mdn = '8105550111' WHERE mdn = '8105550188'")
    import_file(admin, tmp_path, PEOPLE)
    assert rows(admin, "SELECT count(*) FROM customer WHERE city = 'Ann Arbor'") == [(1,)]
    import_file(admin, tmp_path, PEOPLE.replace("4 B Blue Ridge Blvd", "5 Oak St"))
    assert rows(admin, "SELECT count(*) FROM line WHERE mdn = '8105550111'") == [(1,)]


def test_an_empty_value_takes_nothing_away(admin: Desk, tmp_path: Path) -> None:
    import_file(admin, tmp_path, PEOPLE)
    assert counts(import_file(admin, tmp_path, PEOPLE.replace("Brighton", "").replace("810-555-0140", "")))[2] == 0
    assert rows(admin, "SELECT count(*) FROM contact WHERE value = '8105550140'") == [(1,)]


def test_accounts_without_a_number_get_the_next_that_is_free(admin: Desk, tmp_path: Path) -> None:
    add_customer(admin, "SV000002", first_name="Al", last_name="Ready")
    text = "account,name\n,Ana One\nSV000004,Bo Two\n,Cy Three\nC-9,Di Four\n"
    assert counts(import_file(admin, tmp_path, text)) == (4, 4, 0, 0, 0)
    numbers = rows(admin, "SELECT last_name, number FROM customer c JOIN account a ON a.customer_id = c.id ORDER BY 1")
    assert numbers == [("Four", "C-9"), ("One", "SV000005"), ("Ready", "SV000002"), ("Three", "SV000006"),
                       ("Two", "SV000004")]  # fmt: skip
    assert counts(import_file(admin, tmp_path, "name\nEd Five\n", "more.csv"))[1] == 1
    assert rows(admin, "SELECT number FROM account ORDER BY id DESC LIMIT 1") == [("SV000007",)]


def test_an_account_number_decides_whose_row_it_is(admin: Desk, tmp_path: Path) -> None:
    add_customer(admin, "SV000009", first_name="Maria", last_name="Alvarez", mdns=["2125550143"])
    report = import_file(admin, tmp_path, "account,name,phone\nsv-9,Maria Alvarado,212-555-0143\n")
    assert counts(report) == (1, 0, 1, 0, 0)
    assert report.warnings == {Oddity.ACCOUNT_RENAMED: 1}
    assert account(admin, "SV000009").customer.name == "Maria Alvarado"


def test_rows_of_one_account_are_its_lines(admin: Desk, tmp_path: Path) -> None:
    text = "account,name,mdn,email\nA1,Acme LLC,2125550143,a@x.example\nA1,Acme LLC,2125550144,b@x.example\n"
    text += "A2,Bob Ray,2125550145,\nA1,Joe Desk,2125550146,a@x.example\n"
    report = import_file(admin, tmp_path, text)
    assert counts(report) == (4, 2, 2, 0, 0)
    assert report.warnings == {Oddity.NAME_DIFFERS: 1}
    put_on_line(admin, "A1")
    view = account(admin, "A1")
    assert [line.mdn for line in view.lines] == ["2125550143", "2125550144", "2125550146"]
    assert view.customer.name == "Acme LLC"
    assert [contact.value for contact in view.customer.contacts] == ["a@x.example", "b@x.example"]
    assert counts(import_file(admin, tmp_path, text)) == (4, 0, 0, 4, 0)
    ported = text.replace("2125550144", "2125550199")
    assert counts(import_file(admin, tmp_path, ported)) == (4, 0, 1, 3, 0)
    assert [line.mdn for line in account(admin, "A1").lines] == ["2125550143", "2125550199", "2125550146"]


def test_without_account_numbers_each_row_is_somebody(admin: Desk, tmp_path: Path) -> None:
    text = "name,phone,email\nAna Li,212-555-0143,a@x.example\nAna Li,212-555-0144,a@x.example\n"
    text += "Bo Li,212-555-0143,b@x.example\nAna Li,212-555-0143,a@x.example\n"
    report = import_file(admin, tmp_path, text)
    assert counts(report) == (4, 3, 0, 1, 0)
    assert report.warnings == {Oddity.MDN_SHARED: 1, Oddity.REPEATED: 1}
    assert counts(import_file(admin, tmp_path, text)) == (4, 0, 0, 4, 0)


def test_a_customer_who_was_there_is_known_by_name_and_number(admin: Desk, tmp_path: Path) -> None:
    add_customer(admin, first_name="José", last_name="Núñez", mdns=["2125550143"])
    report = import_file(admin, tmp_path, "name,phone,city\nJOSE NUNEZ,212-555-0143,Troy\nEva Doe,212-555-0143,Troy\n")
    assert counts(report)[:3] == (2, 1, 1)
    assert rows(admin, "SELECT city FROM customer") == [("Troy",), ("Troy",)]


def test_rejected_rows_come_back_to_be_mended_and_imported(admin: Desk, tmp_path: Path) -> None:
    text = 'name,phone,note\nAna Li,212-555-0143,"two\nlines"\n,212-555-0144,=1+1\n'
    text += 'Bo,1,2,3,4\nCy,"x\nDi Wu,212-555-0145,\n'
    report = import_file(admin, tmp_path, text)
    assert counts(report) == (5, 2, 0, 0, 3)
    assert report.rejections == {Rejection.NO_NAME: 1, Rejection.TOO_MANY: 1, Rejection.UNCLOSED: 1}
    path = tmp_path / "people.csv.rejects.csv"
    assert report.rejects == path
    told = list(csv.reader(path.open(newline="")))
    assert told[0] == ["careline_line", "careline_reason", "name", "phone", "note"]
    assert told[1:] == [
        ["4", "The row has no name and no company.", "", "212-555-0144", "=1+1"],
        ["5", "The row has more values than there are columns.", "Bo", "1", "2", "3", "4"],
        ["6", "The row opens a quotation mark and never closes it.", "Cy", '"x'],
    ]
    mended = path.read_text().replace(",,212-555-0144", ",Flo Ng,212-555-0144").replace("Bo,1,2,3,4", "Bo,1,2")
    again = import_file(admin, tmp_path, mended, "mended.csv")
    assert counts(again) == (3, 3, 0, 0, 0)
    assert search(admin, "Flo Ng").total == 1


def test_a_rejects_file_of_before_is_kept(admin: Desk, tmp_path: Path) -> None:
    (tmp_path / "people.csv.rejects.csv").write_text("half mended")
    import_file(admin, tmp_path, "name,phone\n,1\n")
    assert (tmp_path / "people.csv.rejects.csv.old").read_text() == "half mended"
    import_file(admin, tmp_path, "name,phone\nAna,1\n", "clean.csv")
    assert not (tmp_path / "clean.csv.rejects.csv").exists()


def test_odd_values_are_kept_and_counted(admin: Desk, tmp_path: Path) -> None:
    text = "name,phone,phone 2,iccid,imei,zip,plan,dob\n"
    text += "Ana Li,+44 20 7946 0958,555-0143,89014103211118510799,490154203237519,K1A 0B1,Gold,soon\n"
    text += "Bo Li,212-555-0143 x7,,,,8014,gold,01/02/1980\n"
    report = import_file(admin, tmp_path, text)
    assert counts(report) == (2, 2, 0, 0, 0)
    assert report.warnings == {
        Oddity.PHONE_FOREIGN: 1,
        Oddity.PHONE_ODD: 1,
        Oddity.PHONE_EXTENSION: 1,
        Oddity.ICCID_CHECK: 1,
        Oddity.IMEI_CHECK: 1,
        Oddity.ZIP_ODD: 1,
        Oddity.ZIP_PADDED: 1,
        Oddity.PLAN_NEW: 1,
        Oddity.DATE_UNREAD: 1,
        Oddity.DATE_AMBIGUOUS: 1,
    }
    assert rows(admin, "SELECT value FROM contact ORDER BY id") == [
        ("+44 20 7946 0958",),
        ("212-555-0143 x7",),
        ("555-0143",),
    ]
    assert rows(admin, "SELECT mdn FROM line ORDER BY id") == [(None,), ("2125550143",)]
    assert rows(admin, "SELECT imei, iccid FROM device") == [("490154203237519", "89014103211118510799")]
    assert rows(admin, "SELECT count(DISTINCT plan_id), count(plan_id) FROM line") == [(1, 2)]


def test_a_handset_is_found_by_any_form_of_its_number(admin: Desk, tmp_path: Path) -> None:
    import_file(admin, tmp_path, "name,mdn,esn\nAna Li,2125550143,268435456000009001\nBo Li,2125550144,E69FFFFF\n")
    for text in ("A0000000002329", "268435456000009001", "8051F1AB"):
        assert [hit.name for hit in search(admin, text)] == ["Ana Li"], text
    assert [hit.name for hit in search(admin, "23010485759")] == ["Bo Li"]


def test_lifeline_dates_become_an_enrolment(admin: Desk, tmp_path: Path) -> None:
    text = "account,name,mdn,state,lifeline start,recert date,lifeline expires\n"
    text += "A1,Ana Li,2125550143,NY,2024-02-29,2026-02-20,\nA2,Bo Li,2125550144,California,,,03/15/2027\n"
    text += "A3,Cy Li,2125550145,TX,,,\nA4,Di Li,2125550146,NY,2020-05-01,,02/29/2028\n"
    text += "A5,Ed Li,2125550147,NY,,,02/29/2028\n"
    assert counts(import_file(admin, tmp_path, text)) == (5, 5, 0, 0, 0)
    for number in ("A4", "A5"):
        assert account(admin, number).enrolment.expires_on.isoformat() == "2028-02-29"  # type: ignore[union-attr]
    first, second = account(admin, "A1").enrolment, account(admin, "A2").enrolment
    assert first is not None
    assert second is not None
    assert (first.vendor.value, first.expires_on.isoformat()) == ("NLAD", "2027-02-20")
    assert first.verification is VerificationState.VERIFIED
    assert (second.vendor.value, second.expires_on.isoformat()) == ("Xerox", "2027-03-15")
    assert account(admin, "A3").enrolment is None
    moved = text.replace("2026-02-20", "2026-03-01")
    assert counts(import_file(admin, tmp_path, moved)) == (5, 0, 1, 4, 0)
    assert account(admin, "A1").enrolment.expires_on.isoformat() == "2027-03-01"  # type: ignore[union-attr]


def test_the_vendor_learns_of_what_an_import_changed(admin: Desk, tmp_path: Path) -> None:
    text = "account,name,mdn,city,email,lifeline start\nA1,Ana Li,2125550143,Troy,a@x.example,2026-01-05\n"
    import_file(admin, tmp_path, text)
    changed = "SELECT changed_at IS NOT NULL FROM lifeline_enrolment"
    assert rows(admin, changed) == [(0,)]
    import_file(admin, tmp_path, text.replace("a@x.example", "b@x.example"))
    assert rows(admin, changed) == [(0,)]
    import_file(admin, tmp_path, text.replace("Troy", "Albany"))
    assert rows(admin, changed) == [(1,)]


def test_who_may_not_import_is_refused(desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(Refused, match="may not import customers"):
        import_file(desk, tmp_path, PEOPLE)


def test_a_dry_run_tells_all_and_changes_nothing(admin: Desk, tmp_path: Path) -> None:
    text = PEOPLE + ",,,,,,,,212-555-0143,,,\n" + PEOPLE.splitlines()[1] + "\n"
    assert counts(import_file(admin, tmp_path, text, dry_run=True)) == (5, 3, 0, 1, 1)
    assert rows(admin, "SELECT count(*) FROM customer") == [(0,)]
    assert rows(admin, "SELECT count(*) FROM audit_event WHERE action = 'customers.import'") == [(0,)]
    assert sorted(path.name for path in tmp_path.iterdir() if "store" not in path.name) == ["people.csv"]


def test_the_copy_of_a_dry_run_that_was_killed_goes_with_the_next(admin: Desk, tmp_path: Path) -> None:
    left, fresh = (tmp_path / f".careline-try-{name}" for name in ("left", "fresh"))
    for folder in (left, fresh):
        folder.mkdir()
        (folder / "copy.store").write_bytes(b"everybody's names")
    for path in (left / "copy.store", left, fresh):  # in the fresh one somebody writes
        os.utime(path, (time.time() - 7200,) * 2)
    import_file(admin, tmp_path, PEOPLE, dry_run=True)
    assert [path.name for path in tmp_path.glob(".careline-try-*")] == [fresh.name]


def test_the_whole_file_decides_which_comes_first_day_or_month(admin: Desk, tmp_path: Path) -> None:
    lines = [f"Ana Li{number},01/02/1980" for number in range(1_500)]
    report = import_file(admin, tmp_path, "name,dob\n" + "\n".join([*lines, "Zed,13/02/1980"]))
    assert rows(admin, "SELECT DISTINCT birth_date FROM customer ORDER BY 1") == [("1980-02-01",), ("1980-02-13",)]
    assert not report.warnings


words = st.text("abcXYZ é'-.,;\"\n0123456789+()@#=", max_size=10)
tables = st.lists(st.lists(words, min_size=0, max_size=6), max_size=8)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    tables, st.sampled_from(["account,name,phone,email,zip", "name,mdn,iccid,dob,plan", "first,last,company,street,x"])
)
def test_any_rows_are_used_or_rejected_and_settle_at_once(
    admin: Desk, tmp_path: Path, table: list[list[str]], header: str
) -> None:
    path = tmp_path / "any.csv"
    with path.open("w", newline="") as file:
        file.write(header + "\n")
        csv.writer(file).writerows(table)
    first = import_file(admin, tmp_path, path.read_bytes(), "any.csv")
    assert first.read == first.added + first.updated + first.unchanged + first.rejected
    again = import_file(admin, tmp_path, path.read_bytes(), "any.csv")
    assert (again.read, again.added, again.updated) == (first.read, 0, 0)
    assert (again.unchanged, again.rejected) == (first.read - first.rejected, first.rejected)
    mistakes = rows(admin, "SELECT count(*) FROM customer WHERE first_name || last_name || company_name = ''")
    assert mistakes == [(0,)]
    assert rows(admin, "PRAGMA foreign_key_check") == []


def test_a_row_that_stays_the_same_keeps_its_customer_though_one_like_it_stands_before(
    admin: Desk, tmp_path: Path
) -> None:
    head, same = "name,phone,email\n", "Ana Li,212-555-0143,ana@x.example\n"
    import_file(admin, tmp_path, head + same)
    both = head + "Ana Li,646-555-0199,ana@x.example\n" + same
    assert counts(import_file(admin, tmp_path, both)) == (2, 1, 0, 1, 0)
    assert counts(import_file(admin, tmp_path, both)) == (2, 0, 0, 2, 0)
    assert rows(admin, "SELECT mdn FROM line ORDER BY id") == [("2125550143",), ("6465550199",)]
