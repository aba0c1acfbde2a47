"""`careline lifeline` from a shell: what it prints, its exit codes, and that docs/lifeline.md can be followed."""

from __future__ import annotations

import json
import re
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from console.command_line import run
from data.demo import make_demo
from data.desk import Desk, open_desk
from data.lifeline.codes import ERRORS
from data.lifeline.rules import EnrolmentState, Vendor, VerificationState
from tests.conftest import NOW
from tests.lifeline.enrolments import add_subscriber, stored
from tests.shell import typed
from tests.test_docs import commands

DOCUMENT = Path(__file__).parents[2] / "docs" / "lifeline.md"
TODAY = date(2026, 11, 22)


@pytest.fixture(autouse=True)
def clock(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """The commands sit at the test's desk, where the time stands still."""
    sit_at(desk, monkeypatch)


def sit_at(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every command of `careline lifeline` works at `desk`."""
    for module in ("lifeline", "enrolments"):
        monkeypatch.setattr(f"console.commands.{module}.desk_of", lambda context: desk)


@pytest.fixture
def careline(desk: Desk, capsys: pytest.CaptureFixture[str]) -> Any:
    """Runs `careline lifeline WORDS` and returns the exit code and what it printed to stdout and to stderr."""

    def call(*words: str) -> tuple[int, str, str]:
        return typed(capsys, "lifeline", *words)

    return call


def test_an_account_is_submitted_and_the_answer_told(desk: Desk, careline: Any) -> None:
    add_subscriber(desk, changed_at=NOW)
    assert careline("submit", "SV000001")[:2] == (0, "NLAD has the customer's information as it is now.\n")
    code, out, _ = careline("submit", "sv000001", "--json")
    told = json.loads(out)
    assert (code, told["account"], told["outcome"], told["kind"]) == (0, "SV000001", "accepted", "update")


def test_a_refusal_ends_with_1_and_says_what_to_do(desk: Desk, careline: Any) -> None:
    add_subscriber(desk, sac="1")
    code, out, _ = careline("submit", "SV000001")
    assert code == 1
    assert "SAC_NOT_SIX_DIGITS: the study area code is not six digits. Correct it with" in out


@pytest.mark.parametrize("words", [("submit",), ("submit", "SV000001", "--due"), ("due",), ("amend", "SV000001")])
def test_what_is_misused_ends_with_2(careline: Any, words: tuple[str, ...]) -> None:
    code, out, err = careline(*words)
    assert (code, out) == (2, "")
    assert err


def test_a_shell_has_no_marked_fields_to_mend(desk: Desk, careline: Any) -> None:
    add_subscriber(desk)
    assert careline("amend", "SV000001", "--sac", "12") == (
        2,
        "",
        "A study area code is six digits. Nothing was changed.\n",
    )


def test_who_is_not_there_ends_with_1(careline: Any) -> None:
    assert careline("submit", "SV999999")[0] == 1


def test_the_timer_counts_what_it_did(desk: Desk, careline: Any) -> None:
    add_subscriber(desk, "SV000001", changed_at=NOW)
    add_subscriber(desk, "SV000002", customer={"mdns": ("2125550144",)}, sac="", last4_ssn="2222", changed_at=NOW)
    add_subscriber(desk, "SV000003", vendor=Vendor.XEROX, changed_at=NOW)
    code, out, _ = careline("submit", "--due", "--json")
    told = json.loads(out)
    assert code == 0
    assert (told["accepted"], told["refused"], told["not_sent"], told["waiting"]) == (1, 1, 0, {"xerox": 1})
    assert [one["account"] for one in told["submitted"]] == ["SV000001", "SV000002"]


def test_the_timer_ends_with_1_where_something_could_not_be_sent(desk: Desk, careline: Any) -> None:
    add_subscriber(desk, customer={"mdns": ()}, changed_at=NOW)
    code, out, _ = careline("submit", "--due")
    assert code == 1
    assert out.startswith("0 accepted, 0 refused, 1 not sent.\n  SV000001, not sent: NLAD needs the ten digits")


def test_what_is_due_is_listed_for_a_person_and_for_a_program(desk: Desk, careline: Any) -> None:
    add_subscriber(desk, "SV000001", expires_on=TODAY + timedelta(3))
    add_subscriber(desk, "SV000002", expires_on=TODAY + timedelta(40))
    code, out, _ = careline("due", "--within", "5")
    assert code == 0
    assert "SV000001  212-555-0143  window open" in out
    assert "SV000002" not in out
    (told,) = json.loads(careline("due", "--within", "5", "--json")[1])
    assert told.keys() == {"account", "name", "mdn", "vendor", "expires_on", "days_left", "phase"}
    assert told["expires_on"] == (TODAY + timedelta(3)).isoformat()


def test_columns_never_run_together(desk: Desk, careline: Any) -> None:
    add_subscriber(desk, "NORTHLINE-000001", expires_on=TODAY + timedelta(3))
    add_subscriber(desk, "SV2", customer={"mdns": ()}, expires_on=TODAY + timedelta(3))
    long, short, _ = careline("due", "--within", "5")[1].splitlines()
    assert "  NORTHLINE-000001  212-555-0143  window open  " in long
    assert "  SV2               no number     window open  " in short


def test_the_needs_are_counted(desk: Desk, careline: Any) -> None:
    add_subscriber(desk, verification=VerificationState.FAILED, expires_on=TODAY + timedelta(300))
    assert "        1  Verification failed\n" in careline("needs")[1]
    assert json.loads(careline("needs", "--json")[1])["failed"] == 1


def test_a_benefit_is_not_taken_away_without_a_word(desk: Desk, careline: Any) -> None:
    enrolment = add_subscriber(desk)
    code, _, err = careline("de-enroll", "SV000001")  # no terminal: nobody can be asked
    assert (code, stored(desk, enrolment).state) == (2, EnrolmentState.ENROLLED)
    assert "--yes" in err
    code, out, _ = careline("de-enroll", "SV000001", "--yes")
    assert (code, stored(desk, enrolment).state) == (0, EnrolmentState.DE_ENROLLED)
    assert "NLAD must know within 1 business day" in out


def test_a_recertification_after_its_last_day_is_asked_for_its_day_and_told_as_late(desk: Desk, careline: Any) -> None:
    enrolment_id = add_subscriber(desk, expires_on=TODAY - timedelta(1))
    code, out, err = careline("recertify", "SV000001")
    assert (code, out) == (2, "")
    assert err.startswith("The last day to answer was 11-21-2026. Say with --on on which day the answer came")
    assert stored(desk, enrolment_id).recertified_on != TODAY
    code, out, _ = careline("recertify", "SV000001", "--on", "2026-11-22")
    assert code == 0
    assert out.startswith("Recertified until 11-22-2027. That is after the last day to answer, 11-21-2026:")


def test_a_recertification_on_its_last_day_is_in_time(desk: Desk, careline: Any) -> None:
    add_subscriber(desk, expires_on=TODAY)
    assert careline("recertify", "SV000001")[:2] == (0, "Recertified until 11-22-2027.\n")


def test_a_file_is_written_and_its_answers_kept(desk: Desk, careline: Any, tmp_path: Path) -> None:
    add_subscriber(desk, vendor=Vendor.XEROX, changed_at=NOW)
    out_file, back = tmp_path / "out.csv", tmp_path / "back.csv"
    assert careline("batch", str(out_file))[:2] == (0, f"1 written for Xerox, to {out_file}.\n")
    assert careline("batch", str(tmp_path / "none.csv"))[1] == "0 written for Xerox, so no file was made.\n"
    assert careline("batch", str(out_file), "--vendor", "nobody")[0] == 2
    back.write_text("etcGeneralUse,errorCode\nSV000001,TPIV_FAIL_DOB\nSV000009,\n")
    code, out, _ = careline("answers", str(back))
    assert code == 1  # one row could not be kept
    assert out.startswith("0 accepted, 1 refused.\n  SV000001: Xerox refused it. TPIV_FAIL_DOB")
    assert "SV000009, not kept: There is no account SV000009 here." in out


def test_the_guide_can_be_followed_word_for_word_on_the_demo(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    with closing(make_demo(tmp_path / "demo.store", 30, now=NOW)) as store:
        sits = open_desk(store, clock=lambda: NOW)
        sit_at(sits, monkeypatch)
        (written,) = re.findall(r"^printf '(.+)' > xerox-1121.csv$", DOCUMENT.read_text("utf-8"), re.MULTILINE)
        (tmp_path / "xerox-1121.csv").write_text(written.replace("\\n", "\n"))
        shown = commands(DOCUMENT)
        assert len(shown) > 20
        for words in shown:
            code = run(["--store", str(store.path), *words])
            assert code == 0, f"careline {' '.join(words)}: {capsys.readouterr()}"


def test_the_guide_tells_every_error_as_careline_does() -> None:
    text = DOCUMENT.read_text(encoding="utf-8")
    for error in ERRORS.values():
        meaning = error.meaning[0].upper() + error.meaning[1:]
        assert f"| `{error.code}` | {meaning} | {error.next_step} |" in text
        assert text.count(f"`{error.code}`") == 2, "once in the table, once with the value that makes it"


def test_a_command_sits_where_the_command_line_says(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    add_subscriber(desk, changed_at=NOW)
    assert run(["--store", str(desk.store.path), "--agent", "trainer05", "lifeline", "submit", "SV000001"]) == 1
    assert run(["--store", str(desk.store.path), "--agent", "agent07", "lifeline", "submit", "SV000001"]) == 0
