"""What each field of a customer may hold, and the sentence where it may not."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.customers.fields import changes
from data.customers.rules import CustomerEdit, CustomerKind
from data.errors import Invalid

TODAY = date(2026, 11, 22)
EMPTY: dict[str, Any] = {
    field: () if field in ("phones", "emails") else None if field == "birth_date" else ""
    for field in vars(CustomerEdit())
}
MARIA = EMPTY | {"first_name": "Maria", "last_name": "Alvarez"}


def changed(current: dict[str, Any] = MARIA, kind: CustomerKind = CustomerKind.PERSON, **edit: Any) -> dict[str, Any]:
    return changes(CustomerEdit(**edit), current, kind, TODAY)


def wrong(current: dict[str, Any] = MARIA, kind: CustomerKind = CustomerKind.PERSON, **edit: Any) -> dict[str, str]:
    with pytest.raises(Invalid) as told:
        changed(current, kind, **edit)
    return told.value.fields


@pytest.mark.parametrize(
    ("field", "typed", "kept"),
    [
        ("first_name", "  José \n", "José"),
        ("last_name", "O'Brien-Śmith Jr.", "O'Brien-Śmith Jr."),
        ("last_name", "’t Hooft", "’t Hooft"),
        ("last_name", "नायर", "नायर"),
        ("birth_date", "02/29/2000", date(2000, 2, 29)),
        ("birth_date", "02-29-2000", date(2000, 2, 29)),
        ("birth_date", "2000-02-29", date(2000, 2, 29)),
        ("birth_date", TODAY, TODAY),
        ("state", "ny", "NY"),
        ("zip", "10701", "10701"),
        ("zip", "107011234", "10701-1234"),
        ("phones", ("(212) 555-0143", "+44 20 7946 0958"), ("2125550143", "+442079460958")),
        ("phones", ("212-555-0143", " ", "+1 212 555 0143"), ("2125550143",)),
        ("emails", (" maria@example.com ",), ("maria@example.com",)),
        ("last4_ssn", "0042", "0042"),
        ("company_name", "3M [Ltd]", "3M [Ltd]"),
    ],
)
def test_a_field_is_kept_as_the_store_keeps_it(field: str, typed: Any, kept: Any) -> None:
    assert changed(**{field: typed}) == {field: kept}


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("first_name", "Mar1a", "letters"),
        ("first_name", "=cmd", "letters"),
        ("last_name", "-", "letters"),
        ("last_name", "A" * 51, "longer than 50"),
        ("birth_date", "02/30/2000", "not a date"),
        ("birth_date", "yesterday", "MM-DD-YYYY"),
        ("birth_date", "11/23/2026", "future"),
        ("birth_date", "01/01/1899", "120 years"),
        ("state", "New Amsterdam", "two letters"),
        ("zip", "1070", "12345-6789"),
        ("zip", "١٠٧٠١", "not a ZIP"),
        ("phones", ("555",), "not a phone number"),
        ("phones", ("+1 911 555 0143",), "not a phone number"),
        ("phones", tuple(f"212555{number:04}" for number in range(11)), "10 phones"),
        ("emails", ("maria@example",), "not an e-mail address"),
        ("emails", ("a@b.com, c@d.com",), "not an e-mail address"),
        ("last4_ssn", "123", "four digits"),
        ("last4_ssn", "0000", "not 0000"),
    ],
)
def test_what_a_field_can_not_hold_is_told_in_a_sentence(field: str, typed: Any, said: str) -> None:
    told = wrong(**{field: typed})
    assert set(told) == {field}
    assert said in told[field]
    assert told[field].endswith(".")


def test_every_wrong_field_is_told_at_once() -> None:
    assert set(wrong(zip="x", state="y", birth_date="z", city="Yonkers")) == {"zip", "state", "birth_date"}


def test_what_came_with_a_file_may_stay_while_another_field_is_mended() -> None:
    imported = MARIA | {"first_name": "M4ria", "phones": ("call after 5",), "zip": "?"}
    assert changed(imported, city="Yonkers") == {"city": "Yonkers"}
    assert changed(imported, phones=("call after 5", "212-555-0143")) == {"phones": ("call after 5", "2125550143")}


def test_a_form_sent_back_as_it_was_changes_nothing() -> None:
    current = MARIA | {"birth_date": date(1980, 5, 1), "phones": ("2125550143",), "zip": "10701"}
    assert changed(current, **current | {"birth_date": "05-01-1980", "phones": ("212-555-0143",)}) == {}


def test_the_order_of_phones_is_a_change() -> None:
    assert changed(MARIA | {"phones": ("a", "b")}, phones=("b", "a")) == {"phones": ("b", "a")}


def test_nobody_is_left_without_a_name() -> None:
    assert changed(first_name="") == {"first_name": ""}
    assert wrong(first_name="", last_name=" ") == {"last_name": "A customer needs a name."}
    acme = EMPTY | {"company_name": "Acme"}
    assert set(wrong(acme, CustomerKind.BUSINESS, company_name="")) == {"company_name"}
    assert changed(acme, CustomerKind.BUSINESS, city="Yonkers") == {"city": "Yonkers"}


@given(st.sampled_from(sorted(EMPTY.keys() - {"phones", "emails"})), st.text(max_size=300))
def test_whatever_is_typed_is_either_kept_harmless_or_refused(field: str, typed: str) -> None:
    try:
        kept = changed(**{field: typed}).get(field, MARIA[field])
    except Invalid as told:
        assert set(told.fields) <= {field, "last_name"}
        return
    assert changed(**{field: kept}).get(field, kept) == kept
    assert all(char.isprintable() for char in str(kept))
