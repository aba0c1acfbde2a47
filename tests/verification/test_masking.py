"""Planted values never come out where they are masked: not by a view, a command, an export, a screen or the clipboard.

And they do come out once the caller is verified so far, so that this looks where they would stand.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from sqlmodel import select

from console.command_line import run
from data.agents.queries import recently_opened
from data.audit import AuditEvent
from data.cases.dashboard import pending
from data.cases.editing import Overtaken, edit_case
from data.cases.exporting import as_csv
from data.cases.queries import case, cases_of, find_cases
from data.cases.rules import CaseEdit
from data.complaints.queries import complaints, complaints_of_case
from data.customers.actions import edit_customer
from data.customers.queries import account
from data.customers.rules import CustomerEdit
from data.desk import Desk
from data.errors import Invalid, Refused
from data.lifeline.queries import due, in_need
from data.lifeline.rules import Need
from data.lines.ocs import view_csr
from data.lines.queries import find_line
from data.lines.tables import Device
from data.mail.queue import mail_queue
from data.search import search
from data.verification.actions import reveal
from data.verification.rules import Field, Level, Method, opened
from tests.builders import line_of
from tests.verification.planted import MDN, METHODS, NUMBER, PLANTED, hidden, on_line, planted_file, store

__all__ = ["planted_file", "store"]  # fixtures

VIEWS: dict[str, Callable[[Desk], object]] = {
    "account": lambda desk: account(desk, NUMBER),
    "line": lambda desk: find_line(desk, line_of(desk, MDN)),
    "case": lambda desk: case(desk, "01000001"),
    "cases": lambda desk: (cases_of(desk, 1), find_cases(desk, MDN), as_csv(find_cases(desk, MDN))),
    "recent": recently_opened,
    "pending": pending,
    "need": lambda desk: (in_need(desk, Need.DUE), due(desk, 60)),
    "complaints": lambda desk: complaints_of_case(desk, "01000001"),
    "search": lambda desk: [
        search(desk, text)
        for text in (
            "alvarez",
            "maria 0143",
            "05/17/1961",
            "0199",
            "002329",
            "planted",
            "quarry",
            "77 quar",
            "89014103",
        )
    ],
}


@pytest.mark.parametrize("method", METHODS)
def test_no_view_tells_what_is_masked(desk: Desk, method: Method | None) -> None:
    level = on_line(desk, method)
    typed = {"05/17/1961", "002329", "89014103"}
    for name, view in VIEWS.items():
        shown = repr(view(desk))
        for text in hidden(Level.NONE if name == "search" else level):
            assert text not in shown or text in typed or (name == "search" and text == "Quarry"), (name, text)


def test_no_list_of_a_leads_tells_what_is_masked(admin: Desk) -> None:
    on_line(admin, None)
    shown = repr((complaints(admin), mail_queue(admin, settled=True)))
    assert "Dealer of Yonkers" in shown
    assert not any(text in shown for text in hidden(Level.NONE))


def test_a_verified_caller_opens_all_of_it(desk: Desk) -> None:
    on_line(desk, Method.PIN)
    shown = repr(account(desk, NUMBER))
    for texts in PLANTED.values():
        assert any(text in shown for text in texts) or texts is PLANTED[Field.BIRTH_DATE]
    assert account(desk, NUMBER).customer.birth_date == date(1961, 5, 17)
    assert account(desk, NUMBER).masked == ()


def test_each_level_opens_what_the_table_says(desk: Desk) -> None:
    for method in METHODS:
        level = on_line(desk, method)
        closed = set(PLANTED) - opened(level)
        assert set(account(desk, NUMBER).masked) == closed
        if Field.BALANCES in closed:
            with pytest.raises(Refused, match="balances of this account are masked"):
                view_csr(desk, line_of(desk, MDN))
        else:
            assert view_csr(desk, line_of(desk, MDN)).balances


def test_one_field_is_revealed_alone(desk: Desk) -> None:
    for field in PLANTED:
        assert field in account(desk, NUMBER).masked
        reveal(desk, NUMBER, field, "the vendor asks")
        assert field not in account(desk, NUMBER).masked
    assert account(desk, NUMBER).masked == ()


def test_another_agents_verified_caller_opens_nothing_here(desk: Desk, admin: Desk) -> None:
    on_line(admin, Method.PIN)
    shown = repr(account(desk, NUMBER))
    assert not any(text in shown for text in hidden(Level.NONE))


COMMANDS = (
    ("account", NUMBER),
    ("account", NUMBER, "--json"),
    ("search", "alvarez"),
    ("search", "0199", "--json"),
    ("search", "planted@", "--json"),
    ("case", "show", "01000001"),
    ("case", "show", "01000001", "--json"),
    ("case", "list"),
    ("case", "list", "--json"),
    ("case", "pending"),
    ("bill", "show", NUMBER),
    ("promo", "find", "expected $400", "--account", NUMBER, "--json"),
    ("complaint", "list", "--json"),
    ("complaint", "report", "--json"),
    ("lifeline", "due", "--within", "60"),
    ("mail", "list", "--json"),
    ("call", "show", "--json"),
    ("verify", "show", NUMBER, "--json"),
)


@pytest.mark.parametrize("method", METHODS[:2])
def test_no_command_tells_what_is_masked(desk: Desk, capsys: pytest.CaptureFixture[str], method: Method | None) -> None:
    level = on_line(desk, method)
    for words in COMMANDS:
        agent = "admin01" if words[0] in ("complaint", "mail") else "agent07"
        assert run(["--store", str(desk.store.path), "--agent", agent, *words]) != 2, words
        told = capsys.readouterr()
        for text in hidden(Level.NONE if words[0] == "search" else level):
            assert text not in told.out + told.err, (words, text)


def test_a_command_reveals_one_field_once_and_keeps_why(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    def told(*words: str) -> str:
        run(["--store", str(desk.store.path), "--agent", "agent07", "account", NUMBER, *words])
        both = capsys.readouterr()
        return both.out + both.err

    assert "Say in words why you need to see it." in told("--reveal", "birth-date")
    assert "05-17-1961" in told("--reveal", "birth-date", "--why", "NLAD asks")
    assert "Birth date revealed: NLAD asks" in told()
    assert "05-17-1961" not in told()
    assert "Nothing called “shoe size” is masked." in told("--reveal", "shoe size", "--why", "NLAD asks")


def test_the_audit_keeps_no_masked_value(desk: Desk) -> None:
    with desk.reading() as session:
        kept = "\n".join(session.exec(select(AuditEvent.detail)))
        device = session.exec(select(Device.meid)).one()
    assert device == "A0000000002329"
    for text in hidden(Level.NONE):
        assert text not in kept


def test_of_two_versions_of_a_contact_neither_tells_what_is_masked(desk: Desk, admin: Desk) -> None:
    version = case(desk, "01000001").version
    edit_case(admin, "01000001", version, CaseEdit(contact="Maria Alvarez, 914-555-0150"))
    with pytest.raises(Overtaken) as newer:
        edit_case(desk, "01000001", version, CaseEdit(contact="Maria, after 5"))
    told = repr(newer.value.fields)
    assert "914-555-0150" not in told
    assert "914-555-0199" not in told
    on_line(desk, Method.PIN)
    with pytest.raises(Overtaken) as seen:
        edit_case(desk, "01000001", version, CaseEdit(contact="Maria, after 5"))
    assert "914-555-0150" in repr(seen.value.fields)


def test_a_mask_is_never_saved(desk: Desk) -> None:
    seen = case(desk, "01000001")
    with pytest.raises(Invalid, match="stands for what is masked"):
        edit_case(desk, seen.number, seen.version, CaseEdit(contact=seen.contact))
    with pytest.raises(Invalid, match="stands for what is masked"):
        edit_customer(desk, NUMBER, 2, CustomerEdit(street=account(desk, NUMBER).customer.address.street), why="letter")
