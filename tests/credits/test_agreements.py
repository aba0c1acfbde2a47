"""Release Agreements: what they say, which versions there are, and that nothing is issued without a signature."""

from __future__ import annotations

import hashlib
import re
import zlib
from dataclasses import replace
from datetime import datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.audit.queries import audit_events
from data.cases.actions import open_case
from data.credits import actions, agreements
from data.credits.document import TO_FILL_IN, Terms, paragraphs, printable, release_agreement
from data.credits.queries import credit
from data.credits.rules import AgreementState, CreditState
from data.credits.words import DIGITS, TEENS, TENS, amount_in_words, number_in_words
from data.desk import Desk
from data.errors import Invalid, NotFound, Refused
from tests.conftest import NOW
from tests.credits.conftest import ask, at

TERMS = Terms(
    operator="Northline",
    customer="Maria Álvarez",
    address="12 Oak St, Yonkers, NY 10701",
    account="SV000001",
    case="01000001",
    credit=7,
    version=1,
    kind="Bill credit, one-time",
    related_to="Promised credit",
    amount=Decimal("300.00"),
    months=1,
    monthly=Decimal("300.00"),
    made_at=NOW,
)


def text_of(pdf: bytes) -> str:
    """The text that a PDF of ours shows, as far as a test needs it."""
    streams = re.findall(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.DOTALL)
    drawn = b"".join(zlib.decompress(stream) for stream in streams if stream[:1] == b"\x78")
    parts = re.findall(rb"\(((?:\\.|[^()\\])*)\) Tj", drawn)
    return b" ".join(re.sub(rb"\\(.)", rb"\1", part) for part in parts).decode("latin-1")


@pytest.fixture
def approved(desk: Desk, lead: Desk, case: str) -> int:
    """The id of an approved credit of $300."""
    return actions.approve(lead, ask(desk, case, "300.00").id).credit.id


def test_it_names_parties_amount_case_date_and_has_lines_to_sign_on() -> None:
    said = text_of(release_agreement(TERMS))
    for part in (
        "Maria Álvarez",
        "12 Oak St, Yonkers, NY 10701",
        "Northline",
        "SV000001",
        "01000001",
        "$300.00 (three hundred dollars and 00/100)",
        "11-22-2026",
    ):
        assert part in " ".join(said.split()), part
    assert said.count("Signature ____") == 2
    assert said.count("Date ____") == 2


def test_months_are_said() -> None:
    words = dict(paragraphs(replace(TERMS, amount=Decimal(800), months=36, monthly=Decimal("22.22"))))
    assert "36 monthly credits, the first of $22.22" in words["Amount"]


def test_the_same_terms_give_the_same_document() -> None:
    assert release_agreement(TERMS) == release_agreement(TERMS)
    assert release_agreement(TERMS) != release_agreement(replace(TERMS, version=2))


def test_a_name_is_printed_right_or_left_to_the_person() -> None:
    assert printable("Siân Núñez’s") == "Siân Núñez's"
    assert printable("Šimon Łuczak") == "Simon Luczak"
    assert printable("Иван Petrov") == f"{TO_FILL_IN} Petrov"
    release_agreement(replace(TERMS, customer="Иван 王", operator="Ōmi (West) \\ [b]x[/b]"))


@given(st.integers(0, 999_999))
def test_a_number_can_be_read_back_from_its_words(number: int) -> None:
    values = {word: value for value, word in enumerate((*DIGITS, *TEENS))}
    values |= {word: 10 * value for value, word in enumerate(TENS) if value > 1}
    total = part = 0
    for word in number_in_words(number).replace("-", " ").split():
        if word == "thousand":
            total, part = part * 1000, 0
        elif word == "hundred":
            part *= 100
        else:
            part += values[word]
    assert total + part == number


def test_amounts_in_words() -> None:
    assert amount_in_words(Decimal("1.05")) == "one dollar and 05/100"
    assert amount_in_words(Decimal("499.99")) == "four hundred ninety-nine dollars and 99/100"


def test_nothing_is_issued_before_it_is_signed(desk: Desk, approved: int) -> None:
    with pytest.raises(Refused, match="None has been drawn up"):
        actions.issue(desk, approved)
    agreements.draw_up(desk, approved)
    with pytest.raises(Refused, match="It is drawn up"):
        actions.issue(desk, approved)
    agreements.note_sent(desk, approved, "maria@example.com")
    with pytest.raises(Refused, match="It is sent"):
        actions.issue(desk, approved)
    with pytest.raises(Invalid, match="301 characters; 300 are kept"):
        agreements.note_signed(desk, approved, "x" * 301)
    signed = agreements.note_signed(desk, approved, "on paper")
    assert (signed.state, signed.settled_by, signed.settled_at) == (AgreementState.SIGNED, "agent07", NOW)
    assert actions.issue(desk, approved).credit.state is CreditState.ISSUED


def test_at_200_dollars_it_is_needed_and_a_cent_below_not(desk: Desk, lead: Desk, case: str) -> None:
    at_limit, below = ask(desk, case, "200.00"), ask(desk, case, "199.99")
    for one in (at_limit, below):
        actions.approve(lead, one.id)
    assert actions.issue(desk, below.id).credit.state is CreditState.ISSUED
    with pytest.raises(Refused, match=r"\$200\.00 is not issued before"):
        actions.issue(desk, at_limit.id)
    with pytest.raises(Refused, match="needs no Release Agreement"):
        agreements.draw_up(desk, below.id)


def test_a_declined_agreement_leads_to_a_new_version_and_both_are_kept(desk: Desk, approved: int) -> None:
    first = agreements.draw_up(desk, approved)
    with pytest.raises(Invalid):
        agreements.note_declined(desk, approved, " ")
    agreements.note_declined(desk, approved, "Wants the name corrected")
    with pytest.raises(Refused, match="declined already"):
        agreements.note_signed(desk, approved)
    with pytest.raises(Refused, match="It is declined"):
        actions.issue(desk, approved)
    second = agreements.draw_up(desk, approved)
    assert (first.version, second.version) == (1, 2)
    versions = credit(desk, approved).agreements
    assert [one.state for one in versions] == [AgreementState.REPLACED, AgreementState.DRAWN_UP]
    assert versions[0].note == "Wants the name corrected"
    for one in versions:
        assert hashlib.sha256(agreements.document(desk, approved, one.version)).hexdigest() == one.digest
    assert "version 2" in text_of(agreements.document(desk, approved))


def test_a_signed_agreement_stays(desk: Desk, approved: int) -> None:
    agreements.draw_up(desk, approved)
    agreements.note_signed(desk, approved)
    for attempt in (
        lambda: agreements.draw_up(desk, approved),
        lambda: agreements.note_declined(desk, approved, "changed their mind"),
        lambda: agreements.note_signed(desk, approved),
    ):
        with pytest.raises(Refused, match="signed already"):
            attempt()


def test_none_is_drawn_up_before_the_decision(desk: Desk, case: str) -> None:
    view = ask(desk, case, "300.00")
    with pytest.raises(Refused, match="This credit is requested"):
        agreements.draw_up(desk, view.id)
    with pytest.raises(Refused, match="has no Release Agreement"):
        agreements.note_signed(desk, view.id)
    with pytest.raises(NotFound):
        agreements.document(desk, view.id)


def test_the_orphan_accounts_agreement_leaves_the_name_open(desk: Desk, lead: Desk) -> None:
    orphan = open_case(desk, "Caller without an account").number
    view = ask(desk, orphan, "600.00")
    actions.approve(lead, view.id)
    agreements.draw_up(desk, view.id)
    said = " ".join(text_of(agreements.document(desk, view.id)).split())
    assert f"{TO_FILL_IN} (the customer) and Northline (the company), about case {orphan}." in said
    assert f"for {TO_FILL_IN}" in said


def test_the_day_is_the_agents(desk: Desk, lead: Desk, case: str) -> None:
    late = at(desk, datetime.fromisoformat("2026-11-23T02:00:00+00:00"))  # still the 22nd in New York
    view = actions.approve(lead, ask(desk, case, "300.00").id).credit
    agreements.draw_up(late, view.id)
    assert "11-22-2026" in text_of(agreements.document(desk, view.id))


def test_each_time_that_a_document_is_taken_out_is_on_the_record(desk: Desk, lead: Desk, approved: int) -> None:
    version = agreements.draw_up(desk, approved).version
    agreements.document(desk, approved)
    agreements.document(lead, approved, version)
    taken = audit_events(lead, words="credit.document")
    assert [(one.agent, one.account, one.detail) for one in taken] == [
        (agent, "SV000001", {"credit": approved, "version": 1}) for agent in ("lead03", "agent07")
    ]
