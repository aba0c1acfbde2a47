"""Columns are recognised by what headings say and values look like."""

from __future__ import annotations

from pathlib import Path

import pytest

from data.imports.fields import TITLES, Field
from data.imports.headings import read_heading
from tests.imports.files import PEOPLE, mapped, plan_of, table_of

SALESFORCE = """\
"Salutation","First Name","Last Name","Title","Account Name","Mailing Street","Mailing City","Mailing State/Province",\
"Mailing Zip/Postal Code","Mailing Country","Phone","Mobile","Fax","Email","Account Owner"
"Ms.","Rose","Gonzales","SVP, Procurement","Edge Comms","312 Constitution Place
Suite 4","Austin","TX","78767","USA","(512) 555-0160","(512) 555-0161","(512) 555-0162","rose@edge.example","Joe"
"""
HUBSPOT = """\
Record ID,First Name,Last Name,Email,Phone Number,Contact owner,Associated Company,Last Activity Date,Lead Status,\
Create Date,City,State/Region,Postal Code,Date of birth
51,Brian,Halligan,bh@hub.example,+1 888-555-0168,,HubSpot,2026-01-02 10:11,,2025-09-11 12:03,Cambridge,\
Massachusetts,2139,1967-10-01
52,Maria,Johnson,mj@hub.example,,,,,,2025-09-11 12:03,,,,
"""
GOOGLE = """\
First Name,Middle Name,Last Name,Phonetic First Name,Name Prefix,Organization Name,Birthday,Notes,E-mail 1 - Label,\
E-mail 1 - Value,Phone 1 - Label,Phone 1 - Value,Phone 2 - Label,Phone 2 - Value,Address 1 - Formatted,\
Address 1 - Street,Address 1 - City,Address 1 - Region,Address 1 - Postal Code,Website 1 - Value
Ana,,Núñez,,,Acme,1980-02-29,,* Work,ana@acme.example,Mobile,(212) 555-0143 ::: +1 212-555-0144,Home,+44 20 7946 0958,\
"1 Main St
Springfield, IL 62701
USA",1 Main St,Springfield,IL,62701,
"""
OUTLOOK = """\
First Name,Middle Name,Last Name,Title,Company,Business Street,Business City,Business State,Business Postal Code,\
Home Street,Home City,Home State,Home Postal Code,Business Fax,Business Phone,Home Phone,Mobile Phone,E-mail Address,\
E-mail Type,Birthday,Web Page
John,Q,Smith,,Contoso,1 Work Way,Redmond,WA,98052,22 Home St,Seattle,WA,98101,425-555-0100,425-555-0101,206-555-0102,\
206-555-0103,john@contoso.example,SMTP,3/14/1975,http://contoso.example
"""
BILLING = """\
CUST NO|CUST NM|MTN|SVC ADDR|CITY|ST|ZIP/POSTAL|IMEI NO.|SIM#|RATE PLAN|ACT DT
C-1|SMITH, JOHN|2125550143|1 MAIN ST|ALBANY|NY|12201|490154203237518|89014103211118510720|GOLD|01/31/2020
"""


def test_a_plain_file_needs_no_help(tmp_path: Path) -> None:
    assert mapped(table_of(tmp_path, PEOPLE)) == {
        "first_name": "first_name",
        "last_name": "last_name",
        "company": "company_name",
        "street": "address",
        "city": "city",
        "county": "county",
        "state": "state",
        "zip": "zip",
        "phone": "phone1",
        "phone2": "phone2",
        "email": "email",
        "web": "web",
    }


def test_salesforces_contacts(tmp_path: Path) -> None:
    found = mapped(table_of(tmp_path, SALESFORCE))
    assert (found["company"], found["street"], found["zip"]) == (
        "Account Name",
        "Mailing Street",
        "Mailing Zip/Postal Code",
    )
    assert (found["phone"], found["phone2"]) == ("Mobile", "Phone")
    assert not {"Fax", "Title", "Account Owner", "Mailing Country"} & set(found.values())


def test_hubspots_contacts(tmp_path: Path) -> None:
    found = mapped(table_of(tmp_path, HUBSPOT))
    assert (found["state"], found["birth_date"], found["company"]) == (
        "State/Region",
        "Date of birth",
        "Associated Company",
    )
    assert not {"Record ID", "Create Date", "Lead Status", "Last Activity Date"} & set(found.values())


def test_googles_contacts(tmp_path: Path) -> None:
    found = mapped(table_of(tmp_path, GOOGLE))
    assert (found["phone"], found["phone2"], found["email"]) == (
        "Phone 1 - Value",
        "Phone 2 - Value",
        "E-mail 1 - Value",
    )
    assert (found["address"], found["state"]) == ("Address 1 - Formatted", "Address 1 - Region")


def test_outlooks_contacts_take_one_address_whole(tmp_path: Path) -> None:
    found = mapped(table_of(tmp_path, OUTLOOK))
    assert [found[part] for part in ("street", "city", "state", "zip")] == [
        "Home Street",
        "Home City",
        "Home State",
        "Home Postal Code",
    ]
    assert [found[phone] for phone in ("phone", "phone2", "phone3")] == ["Mobile Phone", "Home Phone", "Business Phone"]


def test_an_old_billing_systems_capitals(tmp_path: Path) -> None:
    assert mapped(table_of(tmp_path, BILLING)) == {
        "account": "CUST NO",
        "name": "CUST NM",
        "phone": "MTN",
        "street": "SVC ADDR",
        "city": "CITY",
        "state": "ST",
        "zip": "ZIP/POSTAL",
        "imei": "IMEI NO.",
        "iccid": "SIM#",
        "plan": "RATE PLAN",
        "activated": "ACT DT",
    }


GERMAN = """\
Kundennr.;Vorname;Nachname;Telefon;Handy;E-Mail-Adresse;Straße;PLZ;Ort;Bundesland;Geburtsdatum
K-1;Ana;Müller;212-555-0143;212-555-0144;ana@x.example;12 Oak St;12201;Albany;NY;31.12.1980
"""
FRENCH = """\
N° client;Prénom;Nom;Téléphone portable;Tél. fixe;Courriel;Adresse;Code postal;Ville;Date de naissance;Société
C-1;Zoé;Lefèvre;212-555-0143;212-555-0144;zoe@x.example;12 Oak St;12201;Albany;31/12/1980;
"""
SPANISH = """\
Número de cliente;Nombre;Apellidos;Celular;Teléfono de casa;Correo electrónico;Dirección;Código Postal;Ciudad;Estado
C-1;José;Núñez Pérez;212-555-0143;212-555-0144;jose@x.example;12 Oak St;12201;Albany;NY
"""


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (GERMAN, ["Kundennr.", "Vorname", "Nachname", "Handy", "Telefon", "E-Mail-Adresse", "Straße", "PLZ", "Ort"]),
        (FRENCH, ["N° client", "Prénom", "Nom", "Téléphone portable", "Tél. fixe", "Courriel", "Adresse",
                  "Code postal", "Ville"]),
        (SPANISH, ["Número de cliente", "Nombre", "Apellidos", "Celular", "Teléfono de casa", "Correo electrónico",
                   "Dirección", "Código Postal", "Ciudad"]),
    ],
)  # fmt: skip
def test_headings_in_other_languages(tmp_path: Path, text: str, found: list[str]) -> None:
    fields = ("account", "first_name", "last_name", "phone", "phone2", "email", "street", "zip", "city")
    told = mapped(table_of(tmp_path, text))
    assert [told.get(field) for field in fields] == found


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Vorname,Name\nAna,Müller\n", {"first_name": "Vorname", "last_name": "Name"}),
        ("First Name,Name\nAna,Ana Müller\n", {"name": "Name"}),
        ('First Name,Name\nAna,"Müller, Ana"\n', {"name": "Name"}),
        ("Nombre\nAna Núñez\n", {"name": "Nombre"}),
        ("Nom\nAna Petit\n", {"name": "Nom"}),
    ],
)
def test_a_name_beside_a_first_name_is_the_last_name_or_all_of_it(
    tmp_path: Path, text: str, told: dict[str, str]
) -> None:
    assert mapped(table_of(tmp_path, text)) == told


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("Cust Nm", Field.NAME),
        ("Zip/Postal", Field.ZIP),
        ("Svc Addr", Field.STREET),
        ("IMEI No.", Field.IMEI),
        ("MTN", Field.PHONE),
        ("lastName", Field.LAST_NAME),
        ("Frist Name", Field.FIRST_NAME),
        ("Adress", Field.STREET),
        ("Phne Number", Field.PHONE),
        ("Teléfono", Field.PHONE),
        ("Apellido", Field.LAST_NAME),
        ("ESN/IMEI", Field.DEVICE),
        ("Customer's Last Name", Field.LAST_NAME),
        ("Acct #", Field.ACCOUNT),
        ("Lifeline Recert Date", Field.LIFELINE_RECERTIFIED),
        ("Sold By", Field.DEALER),
        ("SSN", None),
        ("Phone Type", None),
        ("Email Opt Out", None),
        ("Last Modified Date", None),
        ("Fax", None),
        ("Passwort", None),
        ("Mot de passe", None),
        ("Tipo de teléfono", None),
        ("Land", None),
        ("", None),
        ("#", None),
    ],
)
def test_headings_in_odd_words(heading: str, field: Field | None) -> None:
    assert read_heading(heading).field == field


def test_a_heading_is_not_believed_against_its_values(tmp_path: Path) -> None:
    assert "email" not in mapped(table_of(tmp_path, "name,email\nAna,yes\nBob,no\n"))
    assert "phone" not in mapped(table_of(tmp_path, "name,phone\nAna,iPhone\nBob,Galaxy\n"))


def test_without_headings_the_values_must_tell(tmp_path: Path) -> None:
    table = table_of(
        tmp_path,
        "John,Smith,212-555-0143,john@example.com,12 Oak St,Albany,NY,12201\n"
        "Jane,Doe,212-555-0144,jane@example.com,13 Oak St,Albany,NY,12202\n",
    )
    found = {field: int(column.split()[1]) for field, column in mapped(table).items()}
    assert found == {
        "first_name": 1, "last_name": 2, "phone": 3, "email": 4, "street": 5, "city": 6, "state": 7, "zip": 8,
    }  # fmt: skip
    assert {Field.FIRST_NAME, Field.LAST_NAME} <= plan_of(table).unsure


def test_without_headings_bare_digits_are_a_phone_where_nothing_else_is(tmp_path: Path) -> None:
    table = table_of(tmp_path, "100001;2125550143;SMITH;JOHN\n100002;2125550144;LEE;ANN\n")
    assert mapped(table)["phone"] == "column 2"
    assert Field.PHONE in plan_of(table).unsure
    both = table_of(tmp_path, "2125550143,Ana Smith,(212) 555-0145\n2125550144,Bo Lee,(212) 555-0146\n")
    assert mapped(both)["phone"] == "column 3"


def test_without_headings_county_company_and_web_are_known_by_their_place_and_look(tmp_path: Path) -> None:
    table = table_of(
        tmp_path,
        "John,Smith,Bright Day Care,12 Oak St,Troy,Rensselaer,NY,12180,http://www.example.com\n"
        "Jane,Doe,Feltz Printing,13 Oak St,Colonie,Albany,NY,12205,www.example.org\n",
    )
    found = {field: int(column.split()[1]) for field, column in mapped(table).items()}
    assert found == {
        "first_name": 1, "last_name": 2, "company": 3, "street": 4,
        "city": 5, "county": 6, "state": 7, "zip": 8, "web": 9,
    }  # fmt: skip


def test_a_social_security_number_is_never_taken_for_a_phone(tmp_path: Path) -> None:
    assert set(mapped(table_of(tmp_path, "name,SSN,code\nAna,123-45-6789,123-45-6789\n"))) == {"name"}


def test_numbers_that_count_the_rows_are_no_account_numbers(tmp_path: Path) -> None:
    assert "account" not in mapped(table_of(tmp_path, "Customer ID,Name\n1,Ana\n2,Bob\n3,Cy\n"))
    assert "account" in mapped(table_of(tmp_path, "Customer ID,Name\n1007,Ana\n1014,Bob\n1003,Cy\n"))


def test_a_column_that_is_rarely_filled_does_not_hold_the_lines_numbers(tmp_path: Path) -> None:
    rows = "".join(f"N{number},,212-555-{number:04d}\n" for number in range(30))
    found = mapped(table_of(tmp_path, f"Name,Mobile,Phone\nA,212-555-0199,212-555-0198\n{rows}"))
    assert (found["phone"], found["phone2"]) == ("Phone", "Mobile")


def test_every_field_has_a_title() -> None:
    assert set(TITLES) == set(Field)
