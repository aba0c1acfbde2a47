"""Remarks for the carrier: summarised, with nothing in them that does not belong on the carrier's account."""

from __future__ import annotations

import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import select

from data.cases.actions import add_note, change_status, open_case
from data.cases.queries import case
from data.cases.remarking import ObjectedTo, check_remark, draft_remark, keep_remark
from data.cases.remarks import LIMIT, TEMPLATES, Objection, Worry, objections
from data.cases.rules import Category, EntryKind, Status
from data.cases.tables import CaseEntry
from data.desk import Desk
from data.errors import Invalid
from data.identifiers import luhn_digit

TODAY = date(2026, 11, 22)
NOTE = "Customer says the dealer promised four hundred dollars for the old phone and wrote it on the receipt."


def found(text: str, *case_texts: str) -> dict[str, str]:
    """What is objected to: the part → why."""
    return {text[one.start : one.end]: one.worry.name for one in objections(text, TODAY, case_texts)}


@pytest.mark.parametrize(
    ("text", "part", "worry"),
    [
        ("Paid with 4111 1111 1111 1111 today", "4111 1111 1111 1111", "CARD"),
        ("Paid with 4111-1111-1111-1111.", "4111-1111-1111-1111", "CARD"),
        ("amex 378282246310005", "378282246310005", "CARD"),
        ("card 4111111111111111 12", "4111111111111111", "CARD"),
        ("card ４１１１ １１１１ １１１１ １１１１", "４１１１ １１１１ １１１１ １１１１", "CARD"),
        ("SSN 078-05-1120", "078-05-1120", "SSN"),
        ("078 05 1120 given", "078 05 1120", "SSN"),
        ("number 078051120", "078051120", "SSN"),
        ("078–05–1120", "078–05–1120", "SSN"),
        ("last of social: 1120", "1120", "SSN"),
        ("PIN 4821 ok", "4821", "PIN"),
        ("her pin is 4821", "4821", "PIN"),
        ("4821 is the PIN", "4821", "PIN"),
        ("Passcode: rose7garden", "rose7garden", "PIN"),
        ("born 03/14/1961", "03/14/1961", "BIRTH_DATE"),
        ("DOB 3-14-61", "3-14-61", "BIRTH_DATE"),
        ("1961-03-14 checked", "1961-03-14", "BIRTH_DATE"),
        ("on March 14, 1961", "March 14, 1961", "BIRTH_DATE"),
        ("14 Mar 1961", "14 Mar 1961", "BIRTH_DATE"),
        ("birth date 03 14 2015", "03 14 2015", "BIRTH_DATE"),
    ],
)
def test_what_does_not_belong_there_is_marked(text: str, part: str, worry: str) -> None:
    assert found(text) == {part: worry}


@pytest.mark.parametrize(
    "text",
    [
        "Promised on 11/20/2026, due 12-03-2026.",
        "Case 01013864, MDN 212-555-0143, ZIP 10701-1234.",
        "IMEI 490154203237518, SIM 89014103211118510720.",
        "4111 1111 1111 1112 fails its check digit",
        "Verified by PIN. Offered $50, 36 months.",
        "Pinned to the board on 3/4; spinning 2024 models.",
        "Credit of $400.00 in 24 parts; order 12/24.",
        "Customer may call back.",
    ],
)
def test_what_a_remark_may_hold_is_let_be(text: str) -> None:
    assert found(text) == {}


def test_pasted_case_text_is_marked_where_it_stands() -> None:
    mine = "Reviewed the promotion. "
    pasted = "the dealer promised four hundred dollars for the old phone and wrote it on the receipt"
    [(part, worry)] = found(mine + pasted + ".", NOTE).items()
    assert worry == "PASTED"
    assert pasted[20:60] in part
    [(part, worry)] = found(pasted.replace("dollars", "dolars").upper(), NOTE).items()
    assert worry == "PASTED"
    assert found("Dealer's promise reviewed; the customer has a receipt.", NOTE) == {}
    assert found("Short note.", "Short note.") == {}


SHORT_WORDS = "He was told to go to the shop and ask for the man at the till who is in on a Sat"


@pytest.mark.parametrize("note", [NOTE, SHORT_WORDS])
def test_pasted_text_is_seen_whatever_its_words_and_to_its_end(note: str) -> None:
    assert found(note, note) == {note: "PASTED"}
    for first in range(0, len(note) - 60, 5):
        pasted = note[first : first + 60]
        assert "PASTED" in found(f"Reviewed it: {pasted} and so on", note).values()


def test_a_remark_has_a_length() -> None:
    assert found("x" * LIMIT) == {}
    assert objections("x" * (LIMIT + 7), TODAY) == (Objection(Worry.LONG, LIMIT, LIMIT + 7),)
    assert objections(" \n", TODAY)[0].worry is Worry.EMPTY


@given(st.text(max_size=LIMIT), st.lists(st.text(max_size=200), max_size=3))
def test_objections_stand_within_any_text(text: str, notes: list[str]) -> None:
    spans = [(one.start, one.end) for one in objections(text, TODAY, notes)]
    assert spans == sorted(spans)
    assert all(0 <= start <= end <= len(text) for start, end in spans)


@given(
    st.text(alphabet="abc ,.", max_size=40),
    st.sampled_from(["4", "51", "2221", "6011"]),
    st.text(alphabet="0123456789", min_size=15, max_size=15),
    st.sampled_from(["", " ", "-"]),
)
def test_every_card_number_is_seen(before: str, begins: str, digits: str, between: str) -> None:
    body = (begins + digits)[:15]
    card = body + luhn_digit(body)
    spoken = between.join(card[at : at + 4] for at in range(0, 16, 4))
    assert Worry.CARD in [one.worry for one in objections(f"{before} {spoken} ", TODAY)]


@pytest.mark.parametrize("category", Category)
def test_each_category_has_a_draft_that_may_stand(desk: Desk, maria: str, category: Category) -> None:
    made = open_case(desk, "x", account=maria, category=category)
    draft = draft_remark(desk, made.number)
    assert draft.startswith(TEMPLATES[category].split("{")[0])
    assert check_remark(desk, made.number, draft) == ()
    assert len(draft) < LIMIT / 2
    assert "Alvarez" not in draft


def test_a_draft_says_how_the_case_stands(desk: Desk, opened: str) -> None:
    assert "Work goes on." in draft_remark(desk, opened)
    change_status(desk, opened, Status.PENDING_CARRIER)
    assert "Waiting on the carrier." in draft_remark(desk, opened)
    change_status(desk, opened, Status.RESOLVED)
    assert "Resolved with the customer." in draft_remark(desk, opened)


def test_a_remark_is_kept_with_its_case(desk: Desk, opened: str) -> None:
    view = keep_remark(desk, opened, draft_remark(desk, opened))
    assert view.timeline[0].kind is EntryKind.REMARK


def test_an_objection_is_overruled_with_a_reason_that_is_kept(desk: Desk, opened: str) -> None:
    add_note(desk, opened, NOTE)
    with pytest.raises(ObjectedTo, match="say why they stay") as error:
        keep_remark(desk, opened, f"Reviewed. {NOTE}")
    assert [one.worry for one in error.value.objections] == [Worry.PASTED]
    view = keep_remark(desk, opened, f"Reviewed. {NOTE}", overruled="The carrier asked for the wording.")
    assert "The carrier asked for the wording." in view.timeline[0].text
    with desk.reading() as session:
        [kept] = session.exec(select(CaseEntry.detail).where(CaseEntry.kind == EntryKind.REMARK)).all()
    detail = json.loads(kept)
    assert (detail["overruled"], detail["why"]) == (["pasted"], "The carrier asked for the wording.")


def test_what_the_carriers_account_can_not_take_no_reason_overrules(desk: Desk, opened: str) -> None:
    for text in ("", "x" * (LIMIT + 1)):
        with pytest.raises(ObjectedTo):
            keep_remark(desk, opened, text, overruled="I want to")
    with pytest.raises(Invalid):
        keep_remark(desk, opened, "Reviewed.", overruled="for nothing")
    assert EntryKind.REMARK not in [entry.kind for entry in case(desk, opened).timeline]
