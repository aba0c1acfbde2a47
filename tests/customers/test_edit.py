"""Editing a customer: what is saved, what the audit keeps, what the vendor must learn of, who was first."""

from __future__ import annotations

import json
from typing import Any

import pytest
from sqlmodel import col, select

from data.audit import AuditEvent
from data.customers.actions import Outdated, edit_customer
from data.customers.queries import account
from data.customers.rules import ContactMedium, CustomerEdit
from data.customers.tables import Account, Contact
from data.desk import Desk, open_desk
from data.errors import Invalid, NotFound, Refused
from data.lifeline.tables import LifelineEnrolment
from data.store import Store
from tests.builders import add_customer
from tests.conftest import NOW

WHY = "asked for at the store, with a passport"


def changed_at(desk: Desk) -> Any:
    with desk.reading() as session:
        return session.exec(select(LifelineEnrolment.changed_at)).one()


def told(desk: Desk) -> list[dict[str, Any]]:
    """What the audit keeps of each edit, the first one first."""
    with desk.reading() as session:
        events = session.exec(
            select(AuditEvent.detail).where(AuditEvent.action == "customer.edit").order_by(col(AuditEvent.id))
        )
        return [json.loads(detail) for detail in events]


def test_an_edit_is_saved_and_handed_back(desk: Desk, maria: str) -> None:
    edit = CustomerEdit(last_name="Alvarez Ruiz", zip="10702", phones=("914-555-0107", "212-555-0143"), emails=())
    saved = edit_customer(desk, maria, 1, edit)
    assert saved == account(desk, maria)
    assert (saved.customer.name, saved.customer.address.zip, saved.customer.version) == (
        "Maria Alvarez Ruiz",
        "10702",
        2,
    )
    assert [(one.medium, one.value) for one in saved.customer.contacts] == [
        (ContactMedium.PHONE, "9145550107"),
        (ContactMedium.PHONE, "2125550143"),
    ]


def test_the_audit_says_what_changed_but_no_secret(desk: Desk, maria: str) -> None:
    edit_customer(desk, maria, 1, CustomerEdit(city="New York", birth_date="06/02/1981", last4_ssn="9876"))
    assert told(desk) == [
        {
            "version": 2,
            "changed": {"city": ["Yonkers", "New York"], "birth_date": "changed", "last4_ssn": "changed"},
            "notice": "queued",
        }
    ]
    entry = account(desk, maria).timeline[0]
    assert (entry.agent, entry.text) == ("agent07", "Customer edited: birth date, city, last four of the SSN")


@pytest.mark.parametrize(
    "edit",
    [
        CustomerEdit(first_name="Marie"),
        CustomerEdit(birth_date="06/02/1981"),
        CustomerEdit(street="5 Main St"),
        CustomerEdit(last4_ssn="9876"),
        CustomerEdit(tribal_id="T-12"),
    ],
)
def test_what_the_vendor_must_learn_of_is_marked_from_the_first_change_on(
    store: Store, desk: Desk, maria: str, edit: CustomerEdit
) -> None:
    edit_customer(desk, maria, 1, edit)
    assert changed_at(desk) == NOW
    later = open_desk(store, "agent07", clock=lambda: NOW.replace(day=30))
    edit_customer(later, maria, 2, CustomerEdit(last_name="Ruiz"), why=WHY)
    assert changed_at(desk) == NOW


@pytest.mark.parametrize("edit", [CustomerEdit(emails=("m@example.com",)), CustomerEdit(county="Westchester")])
def test_what_is_not_the_vendors_business_is_not_marked(desk: Desk, maria: str, edit: CustomerEdit) -> None:
    edit_customer(desk, maria, 1, edit)
    assert changed_at(desk) is None


def test_a_save_over_a_newer_one_is_refused_and_says_what_differs(desk: Desk, admin: Desk, maria: str) -> None:
    edit_customer(admin, maria, 1, CustomerEdit(zip="10702"), why=WHY)
    edit_customer(admin, maria, 2, CustomerEdit(city="New York", zip="10703"), why=WHY)
    with pytest.raises(Outdated) as refused:
        edit_customer(desk, maria, 1, CustomerEdit(zip="10704"))
    assert set(refused.value.fields) == {"zip", "city"}
    assert refused.value.reason.startswith("admin01 changed ")
    assert account(desk, maria).customer.address.zip == "10703"
    with pytest.raises(Outdated) as refused:
        edit_customer(desk, maria, 2, CustomerEdit(zip="10704"))
    assert set(refused.value.fields) == {"zip", "city"}
    edit_customer(desk, maria, 3, CustomerEdit(zip="10704"))


def test_a_customer_of_two_accounts_is_one_customer(desk: Desk, admin: Desk, maria: str) -> None:
    view = account(desk, maria)
    with desk.store.writing() as session:
        session.add(Account(customer_id=view.customer.id, number="SV000043", status="active", opened_on=view.opened_on))
    edit_customer(admin, "SV000043", 1, CustomerEdit(city="New York"), why=WHY)
    assert account(desk, maria).customer.address.city == "New York"
    assert changed_at(desk) == NOW
    with pytest.raises(Outdated, match="admin01 changed city of this customer"):
        edit_customer(desk, maria, 1, CustomerEdit(zip="10704"))


def test_nothing_is_saved_where_one_field_can_not_be(desk: Desk, maria: str) -> None:
    before = account(desk, maria)
    with pytest.raises(Invalid) as refused:
        edit_customer(desk, maria, 1, CustomerEdit(city="New York", zip="1"))
    assert set(refused.value.fields) == {"zip"}
    assert account(desk, maria) == before
    assert told(desk) == []


def test_saving_what_stands_there_already_changes_nothing(desk: Desk, maria: str) -> None:
    saved = edit_customer(desk, maria, 1, CustomerEdit(city="Yonkers", phones=("212-555-0143", "call after 5")))
    assert saved.customer.version == 1
    assert changed_at(desk) is None
    assert not any("edited" in entry.text for entry in saved.timeline)


def test_contacts_that_stay_are_the_same_rows(desk: Desk, maria: str) -> None:
    def rows() -> dict[str, int | None]:
        with desk.reading() as session:
            return {row.value: row.id for row in session.exec(select(Contact))}

    before = rows()
    edit_customer(desk, maria, 1, CustomerEdit(phones=("914-555-0107", "212-555-0143")))
    assert rows()["2125550143"] == before["2125550143"]
    assert "call after 5" not in rows()


def test_there_must_be_an_enrolment_to_keep_its_fields_in(desk: Desk) -> None:
    add_customer(desk, "SV000043", first_name="Joe", last_name="Smith")
    with pytest.raises(Invalid) as refused:
        edit_customer(desk, "SV000043", 1, CustomerEdit(last4_ssn="1234"), why=WHY)
    assert "no Lifeline enrolment" in refused.value.fields["last4_ssn"]


def test_who_may_not_edit_is_refused(store: Store, desk: Desk, maria: str) -> None:
    trainer = open_desk(store, "trainer05", clock=lambda: NOW)
    with pytest.raises(Refused, match="may not edit customers"):
        edit_customer(trainer, maria, 1, CustomerEdit(city="New York"))
    with pytest.raises(NotFound):
        edit_customer(desk, "SV999999", 1, CustomerEdit(city="New York"))
