"""Opening, moving on, ICCI, cloning: what a case is and what comes along."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from sqlmodel import select

from data.cases.actions import ClonedAlready, change_status, clone, log_icci, open_case
from data.cases.merging import merge, undo_merge
from data.cases.queries import case, cases_of, find_cases, orphans
from data.cases.rules import COMES_ALONG, ORPHAN_ACCOUNT, TRANSITIONS, Category, Priority, Status
from data.cases.tables import Case
from data.customers.queries import account
from data.desk import Desk, open_desk
from data.errors import Invalid, NotFound, Refused
from data.store import Store
from tests.builders import add_customer, put_on_line
from tests.cases.conftest import MDN
from tests.conftest import NOW


def test_a_case_on_a_line_knows_whose_it_is_and_how_to_reach_them(desk: Desk, maria: str) -> None:
    opened = open_case(desk, "Promised  $400,\tnot applied", mdn="(212) 555-0143", category=Category.PROMOTION)
    made = case(desk, opened.number)
    assert opened.id == made.id
    assert (made.device, made.contact) == ("Samsung Galaxy A15, IMEI ••••", "Maria Alvarez, ••••")
    put_on_line(desk, maria)
    made = case(desk, made.number)
    assert (made.number, made.status, made.owner, made.version) == ("01000001", Status.NEW, "agent07", 1)
    assert (made.account, made.name, made.mdn) == (maria, "Maria Alvarez", MDN)
    assert made.device == "Samsung Galaxy A15, IMEI 490154203237518"
    assert made.contact == "Maria Alvarez, 914-555-0107"
    assert made.subject == "Promised $400, not applied"
    assert [entry.text for entry in made.timeline] == ["Case opened"]
    assert account(desk, maria).timeline[0].text == "Case 01000001 opened: Promised $400, not applied"


def test_a_case_with_nobody_behind_it_is_the_orphan_accounts(desk: Desk) -> None:
    made = case(desk, open_case(desk, "Dealer never called back", contact="A caller, 914-555-0170").number)
    assert (made.account, made.name, made.orphan) == (None, ORPHAN_ACCOUNT, True)
    assert [row.number for row in orphans(desk)] == [made.number]


def test_numbers_follow_each_other(desk: Desk) -> None:
    assert [open_case(desk, "x").number for _ in range(3)] == ["01000001", "01000002", "01000003"]


def test_the_last_number_of_eight_digits_is_the_last(desk: Desk) -> None:
    made = open_case(desk, "x")
    with desk.store.writing() as session:
        session.get_one(Case, made.id).number = "99999999"
    with pytest.raises(Refused, match="used up"):
        open_case(desk, "x")


def test_a_case_needs_a_subject(desk: Desk) -> None:
    with pytest.raises(Invalid) as error:
        open_case(desk, " \u200b ")
    assert set(error.value.fields) == {"subject"}


@pytest.mark.parametrize(
    ("account_number", "mdn", "told"),
    [("SV9", None, "no account SV9"), (None, "2125550199", "no line"), ("SV000001", "2125550199", "on account")],
)
def test_what_is_not_there_is_told(
    desk: Desk, maria: str, account_number: str | None, mdn: str | None, told: str
) -> None:
    with pytest.raises(NotFound, match=told):
        open_case(desk, "x", account=account_number, mdn=mdn)
    assert find_cases(desk, maria) == ()


def test_the_end_of_a_lines_number_is_enough_on_its_account(desk: Desk, maria: str) -> None:
    made = open_case(desk, "No data", account=maria, mdn="0143")
    assert case(desk, made.number).mdn == "2125550143"
    with pytest.raises(NotFound, match="no line 143 on account"):
        open_case(desk, "No data", account=maria, mdn="143")
    with pytest.raises(NotFound, match="no line 0143 here"):
        open_case(desk, "No data", mdn="0143")


def test_an_end_that_two_lines_have_is_not_guessed(desk: Desk) -> None:
    add_customer(desk, "SV000009", last_name="Twin", mdns=["2125550143", "7185550143"])
    with pytest.raises(Refused, match="2 lines of account SV000009 end in 0143"):
        open_case(desk, "No data", account="SV000009", mdn="0143")


def test_closing_needs_to_say_how_it_ended(desk: Desk, opened: str) -> None:
    with pytest.raises(Invalid):
        change_status(desk, opened, Status.CLOSED)
    ended = change_status(desk, opened, Status.CLOSED, resolution="Credit issued.")
    assert (ended.status, ended.closed_at, ended.resolution) == (Status.CLOSED, NOW, "Credit issued.")
    assert ended.timeline[0].text == "Open → Closed: Credit issued."


def test_a_case_resolved_before_closes_with_what_was_said_then(desk: Desk, opened: str) -> None:
    change_status(desk, opened, Status.RESOLVED, resolution="Credit issued.")
    assert change_status(desk, opened, Status.CLOSED).resolution == "Credit issued."


def test_a_refused_change_says_what_it_may_become(desk: Desk, opened: str) -> None:
    change_status(desk, opened, Status.RESOLVED)
    with pytest.raises(Refused) as error:
        change_status(desk, opened, Status.PENDING_CARRIER)
    assert error.value.remedy == "It may become Closed or Reopened."
    assert case(desk, opened).status is Status.RESOLVED


def test_a_closed_case_stays_closed(desk: Desk, closed: str) -> None:
    with pytest.raises(Refused, match="Clone it"):
        change_status(desk, closed, Status.REOPENED)


@pytest.mark.parametrize("status", [status for status in Status if status is not Status.CLOSED])
def test_only_a_closed_case_is_cloned(desk: Desk, opened: str, status: Status) -> None:
    with desk.store.writing() as session:
        session.get_one(Case, 1).status = status
    with pytest.raises(Refused, match=f"this one is {status}"):
        clone(desk, opened)
    assert len(find_cases(desk, opened)) == 1


def test_what_comes_along_and_what_does_not(desk: Desk, lead: Desk, closed: str) -> None:
    log_icci(desk, closed, "Credit was issued", "Look at the next bill")
    source = case(desk, closed)
    made = case(desk, clone(lead, closed).number)
    along = ("account", "name", "line_id", "mdn", "device", "contact", "category", "subject")
    assert {name: getattr(made, name) for name in along} == {name: getattr(source, name) for name in along}
    assert (made.status, made.priority, made.owner, made.opened_by) == (
        Status.NEW,
        Priority.NORMAL,
        "lead03",
        "lead03",
    )
    assert (made.resolution, made.due_at, made.icci, made.notes, made.tasks, made.time, made.tags) == (
        "", None, (), (), (), (), (),
    )  # fmt: skip
    assert (made.source, [link.how for link in made.links]) == (closed, ["cloned from"])
    assert [(link.how, link.number) for link in case(desk, closed).links] == [("cloned as", made.number)]
    assert case(desk, closed).status is Status.CLOSED


OWN = {"id", "number", "status", "opened_by_id", "opened_at", "changed_at", "closed_at", "source_id", "version"}
OWN |= {"merged_into_id"}


@pytest.mark.parametrize("field", sorted(Case.model_fields))
def test_every_field_of_a_case_is_a_clones_own_or_declared(desk: Desk, lead: Desk, closed: str, field: str) -> None:
    """Field by field: what the table says comes along is the source's, and nothing else is."""
    assert (field in COMES_ALONG) != (field in OWN)
    with desk.store.writing() as session:
        source = session.exec(select(Case).where(Case.number == closed)).one()
        source.priority, source.due_at = Priority.URGENT, NOW
    number = clone(lead, closed).number
    with desk.reading() as session:
        rows = {row.number: row for row in session.exec(select(Case))}
    same = getattr(rows[number], field) == getattr(rows[closed], field)
    alike = {"merged_into_id", "opened_at", "changed_at"}  # nothing yet, and the clock of these tests stands still
    assert field in alike or same == COMES_ALONG.get(field, False)


def test_the_second_to_clone_is_told_and_may_go_on(desk: Desk, lead: Desk, closed: str) -> None:
    first = clone(desk, closed)
    with pytest.raises(ClonedAlready) as error:
        clone(lead, closed)
    assert error.value.clones == (first.number,)
    assert error.value.reason == f"Case {closed} was cloned before: {first.number}, opened by agent07, is New."
    second = clone(lead, closed, anyway=True)
    assert [link.number for link in case(desk, closed).links] == [first.number, second.number]


def test_the_newest_icci_stands_on_the_account_and_the_whole_log_in_the_case(
    desk: Desk, lead: Desk, opened: str
) -> None:
    log_icci(desk, opened, "Waiting for the carrier", "Call back after 3 pm")
    view = log_icci(lead, opened, "Carrier said yes", "Tell them: next bill")
    assert [(one.agent, one.text) for one in view.icci] == [
        ("lead03", "Carrier said yes"),
        ("agent07", "Waiting for the carrier"),
    ]
    assert view.account_id is not None
    [row] = cases_of(desk, view.account_id)
    assert row.icci == view.icci[0]
    assert row.icci.next_step == "Tell them: next bill"


def test_an_icci_says_something(desk: Desk, opened: str) -> None:
    with pytest.raises(Invalid):
        log_icci(desk, opened, "  ")


@pytest.mark.parametrize("text", ["01000001", "case #01000001", "212-555-0143", "2125550143", "SV000001", "sv000001"])
def test_a_case_is_found_by_number_mtn_or_account(desk: Desk, opened: str, text: str) -> None:
    assert [row.number for row in find_cases(desk, text)] == [opened]


@pytest.mark.parametrize("text", ["", "01000009", "2125550199", "SV000002", "Maria"])
def test_other_texts_find_no_case(desk: Desk, opened: str, text: str) -> None:
    assert find_cases(desk, text) == ()


def test_cases_under_way_come_before_closed_ones(desk: Desk, closed: str) -> None:
    clone(desk, closed)
    open_case(desk, "Another", account="SV000001")
    assert [row.number for row in find_cases(desk, "SV000001")] == ["01000003", "01000002", closed]


def test_a_trainer_reads_but_does_not_work_cases(store: Store, desk: Desk, opened: str) -> None:
    trainer = open_desk(store, "trainer05", clock=lambda: NOW)
    assert replace(case(trainer, opened), others=()) == replace(case(desk, opened), others=())
    with pytest.raises(Refused, match="may not work cases"):
        log_icci(trainer, opened, "x")


def test_a_case_that_is_not_there_is_told(desk: Desk) -> None:
    with pytest.raises(NotFound, match="no case 01000009"):
        case(desk, "01000009")
    with pytest.raises(NotFound, match="no case 01000009"):
        log_icci(desk, "01000009", "x")


@pytest.mark.parametrize("seed", range(4))
def test_whatever_is_tried_every_case_stays_lawful(desk: Desk, maria: str, seed: int) -> None:
    """A walk through all that changes a status: what is refused changes nothing, what is done is in the table."""
    rng, numbers = random.Random(seed), [open_case(desk, "x", account=maria).number for _ in range(3)]
    for _ in range(40):
        number, other, wanted = rng.choice(numbers), rng.choice(numbers), rng.choice(list(Status))
        before = case(desk, number)
        doing = rng.choice(("move", "move", "move", "clone", "merge", "undo"))
        try:
            if doing == "move":
                assert change_status(desk, number, wanted, resolution="Done").status in TRANSITIONS[before.status]
            elif doing == "clone":
                numbers.append(clone(desk, number, anyway=True).number)
                assert before.status is Status.CLOSED
            elif doing == "merge":
                merge(desk, number, other)
            else:
                undo_merge(desk, number)
        except Refused:
            assert case(desk, number) == before
        for row in (case(desk, number) for number in numbers):
            assert (row.closed_at is not None) == (row.status is Status.CLOSED)
            assert row.merged_into is None or row.status is Status.CLOSED
