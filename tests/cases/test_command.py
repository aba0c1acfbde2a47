"""`careline case` from a shell: what it prints, its exit codes, and the same refusals as everywhere."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from data.desk import Desk
from tests.shell import typed

Careline = Callable[..., tuple[int, str, str]]


@pytest.fixture
def careline(desk: Desk, capsys: pytest.CaptureFixture[str]) -> Careline:
    """Runs `careline case WORDS` as an agent, and returns the exit code and what it printed to stdout and stderr."""

    def call(*words: str, agent: str = "agent07") -> tuple[int, str, str]:
        return typed(capsys, "--store", str(desk.store.path), "--agent", agent, "case", *words)

    return call


def read(answer: tuple[int, str, str]) -> Any:
    code, out, _ = answer
    assert code == 0
    return json.loads(out)


def test_a_case_is_opened_worked_closed_and_cloned(careline: Careline, maria: str) -> None:
    code, out, _ = careline("open", "Promised $400", "--mtn", "212-555-0143", "--category", "promotion")
    assert (code, out) == (0, "Case 01000001 opened for Maria Alvarez.\n")
    assert careline("note", "01000001", "@lead03 please look")[:2] == (0, "Noted.\n")
    assert careline("icci", "01000001", "Waiting", "--next", "Call back")[:2] == (0, "Logged.\n")
    assert careline("move", "01000001", "pending carrier")[1] == "Case 01000001 is Pending carrier.\n"
    assert careline("task", "01000001", "Call the store", "--due", "11-22-2030")[1] == "Task 1 added, for agent07.\n"
    code, _, error = careline("close", "01000001", "--resolution", "Done")
    assert (code, error) == (
        1,
        "The case has a task that is not done. Do what is left, or tick it off; then close the case.\n",
    )
    assert careline("done", "1")[0] == 0
    assert careline("close", "01000001", "--resolution", "Done")[1] == "Case 01000001 is Closed.\n"
    assert careline("clone", "01000001")[1] == "Case 01000002 cloned from 01000001.\n"
    code, _, error = careline("clone", "01000001")
    assert code == 1
    assert "cloned before: 01000002" in error
    assert careline("clone", "01000001", "--anyway")[0] == 0


def test_show_tells_a_person_and_a_program_the_same_case(careline: Careline, opened: str) -> None:
    careline("icci", opened, "Waiting", "--next", "Call back")
    _, out, _ = careline("show", opened)
    for told in (f"Case {opened} · Open · Promised $400", "Maria Alvarez · SV000001", "212-555-0143", "Waiting → Call"):
        assert told in out
    view = read(careline("show", opened, "--json"))
    assert (view["number"], view["status"], view["account"]) == (opened, "Open", "SV000001")
    assert view["timeline"][0]["next_step"] == view["icci"][0]["next_step"] == "Call back"
    assert view["worked"] == 0


def test_lists_find_filter_and_export(careline: Careline, opened: str, tmp_path: Path) -> None:
    careline("open", "=Dealer never called")
    assert [row["number"] for row in read(careline("list", "--json"))] == ["01000002", opened]
    assert [row["number"] for row in read(careline("list", "2125550143", "--json"))] == [opened]
    assert careline("list", "01000099")[0] == 1
    assert [row["number"] for row in read(careline("list", "--orphan", "--save", "Nobody's", "--json"))] == ["01000002"]
    assert [row["number"] for row in read(careline("list", "--filter", "Nobody's", "--json"))] == ["01000002"]
    code, _, error = careline("list", "--filter", "Mine")
    assert (code, error) == (1, "You keep no filter called Mine. You keep: Nobody's.\n")
    file = tmp_path / "cases.csv"
    assert careline("list", "--csv", str(file))[0] == 0
    assert next(csv.DictReader(file.read_text("utf-8").splitlines()))["subject"] == "'=Dealer never called"
    assert careline("list", "--csv", str(file))[0] == 2
    assert careline("list", "--status", "Done")[0] == 2


def test_a_list_tells_what_it_leaves_out_and_a_file_has_all(
    careline: Careline, opened: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("console.commands.cases.LIMIT", 1)
    assert careline("list")[1].splitlines()[-1] == "1 case."
    careline("open", "Another")
    assert careline("list")[1].splitlines()[-1] == "1 case; there are more: --limit says how many to list."
    assert careline("list", "--limit", "2")[1].splitlines()[-1] == "2 cases."
    assert len(read(careline("list", "--json"))) == 2
    path = tmp_path / "cases.csv"
    assert careline("list", "--csv", str(path))[1].splitlines()[-1] == f"2 cases, written to {path}."
    careline("list", "--limit", "1", "--csv", str(tmp_path / "one.csv"))
    assert len((tmp_path / "one.csv").read_text("utf-8").splitlines()) == 2


def test_a_list_takes_any_age_and_owners_in_any_case_but_not_one_who_is_nobody(careline: Careline, opened: str) -> None:
    assert len(read(careline("list", "--owner", "AGENT07", "--save", "Mine", "--json"))) == 1
    assert len(read(careline("list", "--filter", "Mine", "--json"))) == 1
    assert read(careline("list", "--older", "99999999999", "--json")) == []
    code, _, error = careline("list", "--owner", "agent70")
    assert (code, "no agent called agent70" in error) == (1, True)


def test_what_waits_shows_in_groups_with_counts(careline: Careline, opened: str) -> None:
    careline("task", opened, "Call the store", "--due", "11-20-2020 09:00")
    _, out, _ = careline("pending")
    assert [line for line in out.splitlines() if not line.startswith(" ")] == [
        "Overdue · 1",
        "Due today · 0",
        "Waiting on me · 1",
        "Waiting on others · 0",
    ]
    assert [item["kind"] for item in read(careline("pending", "store", "--json"))] == ["task"]
    assert careline("pending", "--team")[0] == 1
    assert len(read(careline("pending", "--team", "--json", agent="lead03"))) == 2
    loads = {one["agent"]: one["cases"] for one in read(careline("team", "--json", agent="lead03"))}
    assert loads["agent07"] == 1


def test_the_rest_of_the_work(careline: Careline, opened: str) -> None:
    orphan = read(careline("open", "The same promise", "--json"))["number"]
    assert careline("attach", orphan, "SV000001")[1] == f"Case {orphan} is on account SV000001, Maria Alvarez.\n"
    assert careline("link", orphan, opened)[1] == "Linked.\n"
    assert careline("link", orphan, opened, "--off")[1] == "Unlinked.\n"
    assert careline("tag", orphan, "OST", "dealer 12")[1] == "Tags: dealer-12, ost.\n"
    assert careline("assign", orphan, "lead03")[1] == f"Case {orphan} is lead03's.\n"
    assert careline("merge", orphan, opened)[0] == 0
    assert careline("unmerge", orphan)[1] == f"Case {orphan} is New again.\n"
    task = read(careline("task", orphan, "Call the store", "--json"))["tasks"][0]["id"]
    assert careline("give", str(task), "agent02")[::2] == (
        1,
        "There is no active agent called agent02 here. Check how they sign in.\n",
    )
    assert careline("give", str(task), "lead03")[1] == f"Task {task} is lead03's.\n"
    assert careline("close", opened, "--resolution", "A slip.")[0] == 0
    assert careline("unclose", opened)[1] == f"Case {opened} is Open again.\n"
    assert careline("unclose", opened)[0] == 1


def test_an_edit_says_when_somebody_was_first(careline: Careline, opened: str) -> None:
    form = str(read(careline("show", opened, "--json"))["version"])
    assert careline("edit", opened, "--subject", "Mine", "--due", "11-23-2030", "--version", form)[0] == 0
    view = read(careline("show", opened, "--json"))
    assert (view["subject"], view["due_at"]) == ("Mine", "2030-11-24T04:59:00+00:00")
    code, _, error = careline("edit", opened, "--subject", "Theirs", "--version", form, agent="lead03")
    assert code == 1
    assert error.startswith(f"agent07 changed subject of case {opened}")
    assert careline("edit", opened, "--due", "11-23-2030 00:00")[0] == 0
    assert read(careline("show", opened, "--json"))["due_at"] == "2030-11-23T05:00:00+00:00"
    assert careline("edit", opened, "--due", "12-31-9999")[0] == 2
    assert careline("edit", opened, "--no-due", "--priority", "urgent")[0] == 0
    assert careline("edit", opened)[0] == 2, "nothing is to be changed, and nothing is saved"


def test_bulk_says_first_and_does_on_yes(careline: Careline, opened: str) -> None:
    code, out, _ = careline("bulk", "close", "Done.", opened, "01000009")
    assert code == 1
    assert "1 of 2 would be done" in out
    assert read(careline("show", opened, "--json"))["status"] == "Open"
    assert careline("bulk", "close", "Done.", opened, "--yes")[0] == 0
    assert read(careline("show", opened, "--json"))["status"] == "Closed"


def test_a_remark_is_drafted_checked_and_kept(careline: Careline, opened: str) -> None:
    draft = read(careline("remark", opened, "--json"))["draft"]
    assert careline("remark", opened, draft, "--check")[0] == 0
    code, out, _ = careline("remark", opened, "PIN 4821", "--check")
    assert (code, out) == (1, "“4821”: This looks like a PIN or a passcode.\n")
    assert careline("remark", opened, "PIN 4821")[0] == 1
    assert careline("remark", opened, "PIN 4821", "--because", "It is an invoice")[0] == 0


@pytest.mark.parametrize("words", [["show", "01000009"], ["note", "01000009", "x"], ["clone", "01000009"]])
def test_what_is_not_there_exits_with_1(careline: Careline, words: list[str]) -> None:
    code, out, error = careline(*words)
    assert (code, out) == (1, "")
    assert error.startswith("There is no case 01000009 here.")


def test_a_word_that_there_is_not_exits_with_2(careline: Careline, opened: str) -> None:
    code, _, error = careline("move", opened, "Done")
    assert code == 2
    assert "Say one of: New, Open" in error
