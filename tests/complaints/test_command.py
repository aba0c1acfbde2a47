"""`careline complaint` and `careline mail` from a shell: what they print and how they end."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from data.cases.actions import open_case
from data.desk import Desk
from tests.shell import typed

Careline = Callable[..., tuple[int, str, str]]
TAKE = ("--dealer", "Harbor Wireless", "--promised", "No fee", "--happened", "A fee of $50", "--about", "fee")


@pytest.fixture
def careline(desk: Desk, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Careline:
    """Runs `careline WORDS` as a lead, or another agent: the exit code, what was printed to stdout and to stderr."""
    for name in ("CARELINE_SMTP_URL", "CARELINE_MAIL_FROM", "CARELINE_OUTBOX"):
        monkeypatch.delenv(name, raising=False)

    def call(*words: str, agent: str = "lead03") -> tuple[int, str, str]:
        return typed(capsys, "--store", str(desk.store.path), "--agent", agent, *words)

    return call


def test_a_complaint_goes_to_the_market(desk: Desk, careline: Careline, case: str) -> None:
    taken = careline("complaint", "take", case, *TAKE, agent="agent07")
    assert taken[:2] == (0, "Complaint 1 about Harbor Wireless is waiting for review.\n")
    code, out, _ = careline("complaint", "preview", "1")
    assert (code, out.splitlines()[0]) == (0, "To: complaints.northeast@carrier.example")
    code, _, err = careline("complaint", "decide", "1", "market", agent="agent07")
    assert (code, "Ask a lead or administrator." in err) == (1, True)
    code, out, _ = careline("complaint", "decide", "1", "market", "--why", "Third this month")
    assert (code, out) == (
        0,
        "Complaint 1 about Harbor Wireless is sent to Market."
        " The mail to complaints.northeast@carrier.example is sent.\n",
    )
    assert len(list(desk.store.path.with_suffix(".outbox").iterdir())) == 1
    assert careline("complaint", "decide", "1", "market")[0] == 1
    told = json.loads(careline("complaint", "show", "1", "--json")[1])
    assert (told["complaint"]["state"], told["mail"]["state"]) == ("sent to Market", "sent")
    assert "Third this month" in careline("complaint", "show", "1")[1]


def test_questions_go_back_and_forth(careline: Careline, case: str) -> None:
    careline("complaint", "take", case, *TAKE, agent="agent07")
    assert careline("complaint", "decide", "1", "questions", "--why", "Which store?")[0] == 0
    assert "back with questions" in careline("complaint", "list", "--mine", agent="agent07")[1]
    assert careline("complaint", "list")[1] == "0 complaints.\n"
    assert careline("complaint", "answer", "1", "Main St", agent="agent07")[0] == 0
    assert careline("complaint", "list")[1].endswith("1 complaint.\n")
    code, out, _ = careline("complaint", "decide", "1", "close", "--why", "Refunded", "--json")
    assert (code, json.loads(out)["complaint"]["outcome"]) == (0, "Refunded")
    assert [one["case"] for one in json.loads(careline("complaint", "list", "--case", case, "--json")[1])] == [case]


def test_a_complaint_without_a_market_is_decided_with_one(desk: Desk, careline: Careline) -> None:
    orphan = open_case(desk, "Caller without an account").number
    careline("complaint", "take", orphan, *TAKE, agent="agent07")
    code, _, err = careline("complaint", "decide", "1", "market")
    assert (code, "--market" in err) == (1, True)
    assert careline("complaint", "decide", "1", "market", "--market", "Pacific")[0] == 0


@pytest.mark.parametrize(
    "words",
    [("decide", "1", "forget"), ("report", "--by", "moon"), ("take", "01000001", *TAKE[:-1], "noise")],
)
def test_what_is_misused_ends_with_2(careline: Careline, case: str, words: tuple[str, ...]) -> None:
    code, out, err = careline("complaint", *words)
    assert (code, out) == (2, "")
    assert err


def test_the_report_has_bars_json_and_csv(careline: Careline, case: str, tmp_path: Path) -> None:
    for dealer in ("Harbor Wireless", "Harbor Wireless", "=1+1", "漢字の電話"):
        careline("complaint", "take", case, "--dealer", dealer, *TAKE[2:], agent="agent07")
    out_file = tmp_path / "report.csv"
    code, out, _ = careline("complaint", "report", "--csv", str(out_file))
    assert code == 0
    assert f"  Harbor Wireless {'█' * 30}     2  2 waiting for review\n" in out
    assert f"  漢字の電話      {'█' * 15} " in out, "its bar stands in the same column, a sign of two cells each"
    assert out.endswith("4 in all.\n")
    with out_file.open(newline="") as file:
        assert [row[0] for row in csv.reader(file)] == ["dealer", "Harbor Wireless", "'=1+1", "漢字の電話"]
    assert careline("complaint", "report", "--csv", str(out_file))[0] == 2, "nothing is overwritten"
    (row,) = json.loads(careline("complaint", "report", "--by", "reason", "--json")[1])
    assert row == {"name": "Fee not told", "count": 4, "states": {"waiting for review": 4}}


def test_mail_that_cannot_go_stays_in_the_queue(
    careline: Careline, case: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "taken").write_text("a file")
    monkeypatch.setenv("CARELINE_OUTBOX", str(tmp_path / "taken"))
    careline("complaint", "take", case, *TAKE, agent="agent07")
    code, out, _ = careline("complaint", "decide", "1", "market")
    assert (code, "is waiting." in out) == (0, True), "the decision stands; the mail goes later"
    code, out, _ = careline("mail", "list")
    assert (code, "can't be written" in out, "Again at" in out) == (0, True, True)
    assert careline("mail", "send")[:2] == (0, "0 sent, 0 waiting, 0 failed, 0 doubtful.\n"), "not yet"
    assert careline("mail", "retry", "1")[0] == 1
    assert careline("mail", "arrived", "1")[0] == 1
    assert json.loads(careline("mail", "list", "--json")[1])[0]["state"] == "waiting"


def test_a_wrong_mail_server_is_told_before_anything_is_decided(
    careline: Careline, case: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CARELINE_SMTP_URL", "mail.example.com")
    careline("complaint", "take", case, *TAKE, agent="agent07")
    assert careline("complaint", "decide", "1", "market")[0] == 2
    assert careline("complaint", "list")[1].endswith("1 complaint.\n")
