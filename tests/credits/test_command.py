"""`careline credit` from a shell: what it prints, how it ends, and the journey of a promised credit."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from data.agents.rules import Role
from data.desk import Desk
from tests.shell import typed

Careline = Callable[..., tuple[int, str, str]]
AGENTS = {Role.AGENT: "agent07", Role.LEAD: "lead03", Role.ADMINISTRATOR: "admin01", Role.TRAINER: "trainer05"}


@pytest.fixture
def careline(desk: Desk, capsys: pytest.CaptureFixture[str]) -> Careline:
    """Runs `careline credit WORDS` as an agent: the exit code, what was printed to stdout and to stderr."""

    def call(*words: str, agent: str = "agent07") -> tuple[int, str, str]:
        return typed(capsys, "--store", str(desk.store.path), "--agent", agent, "credit", *words)

    return call


def told(result: tuple[int, str, str]) -> Any:
    assert result[0] == 0, result[2]
    return json.loads(result[1])


@pytest.mark.parametrize("role", [Role.AGENT, Role.LEAD, Role.ADMINISTRATOR])
@pytest.mark.parametrize(
    ("amount", "ocr", "agreement"),
    [
        ("199.99", False, False),
        ("200.00", False, True),
        ("200.01", True, True),
        ("499.99", True, True),
        ("500.00", False, True),
    ],
)
def test_the_route_at_every_boundary(careline: Careline, role: Role, amount: str, ocr: bool, agreement: bool) -> None:
    way = told(careline("route", "bill-credit", amount, "--json", agent=AGENTS[role]))
    assert way.keys() == {"alone", "ocr", "release_agreement", "approver", "why"}
    alone = role is not Role.AGENT and amount == "199.99"
    assert (way["alone"], way["ocr"], way["release_agreement"]) == (alone, ocr, agreement)
    assert way["approver"] == (None if alone else "lead")


def test_the_route_in_a_market_that_allows_no_ocr(careline: Careline) -> None:
    assert not told(careline("route", "promo", "300", "--market", "Gulf", "--json"))["ocr"]
    code, out, _ = careline("route", "promo", "$300", "--market", "gulf")
    assert (code, "Gulf allows none" in out, "Release Agreement: yes" in out) == (0, True, True)
    assert careline("route", "promo", "300", "--market", "Atlantis")[0] == 1


@pytest.mark.parametrize(
    "words",
    [
        ("route", "free-phone", "300"),
        ("route", "bill", "nothing"),
        ("route", "bill", "0"),
        ("route", "bill", "1.005"),
        ("request", "bill", "10", "--reason", "x"),
        ("list", "--case", "01000001", "--waiting"),
        ("set-up-fee", "01000001", "sung"),
    ],
)
def test_what_is_misused_ends_with_2(careline: Careline, case: str, words: tuple[str, ...]) -> None:
    code, out, err = careline(*words)
    assert (code, out) == (2, "")
    assert err


def test_the_journey_of_a_promised_credit(careline: Careline, case: str, tmp_path: Path) -> None:
    asked = told(careline("request", "bill", "300", "--case", case, "--reason", "Promised in store", "--json"))
    number = str(asked["id"])
    assert (asked["state"], asked["ocr"], asked["amount"], asked["market"]) == (
        "requested",
        True,
        "300.00",
        "Northeast",
    )
    code, out, _ = careline("list", "--waiting", agent="lead03")
    assert (code, out.splitlines()[0].split()[:3]) == (0, [number, case, "requested"])
    code, _, err = careline("approve", number)
    assert (code, "Ask a lead or administrator." in err) == (1, True)
    assert "is approved; it waits for its Release Agreement" in careline("approve", number, agent="lead03")[1]
    code, _, err = careline("issue", number)
    assert (code, "is not issued before its Release Agreement is signed" in err) == (1, True)
    pdf = tmp_path / "agreement.pdf"
    assert careline("agreement", number, "--out", str(pdf))[1].startswith("Version 1 of the Release Agreement")
    assert pdf.read_bytes().startswith(b"%PDF-")
    assert careline("agreement", number, "--out", str(pdf))[0] == 2, "nothing is overwritten"
    assert careline("sent", number, "--to", "maria@example.com")[0] == 0
    assert careline("signed", number)[0] == 0
    assert careline("issue", number)[1] == f"Credit {number} of $300.00 is issued.\n"
    assert careline("issue", number)[0] == 1
    section = told(careline("list", "--case", case, "--json"))
    assert section["totals"] == {"requested": "0.00", "to_issue": "0.00", "issued": "300.00"}
    assert [one["state"] for one in told(careline("show", number, "--json"))["steps"]] == [
        "requested",
        "approved",
        "issued",
    ]
    shown = careline("show", number)[1]
    assert "lead03" in shown
    assert "  Goes as     On Call Resolution, with a Release Agreement\n" in shown


def test_a_denial_and_a_withdrawal_say_why(careline: Careline, case: str) -> None:
    words = ("request", "vz-promo", "720", "--months", "36", "--case", case, "--reason", "Trade-in", "--json")
    first, second = (str(told(careline(*words))["id"]) for _ in range(2))
    assert careline("deny", first, agent="lead03")[0] == 2
    assert (
        told(careline("deny", first, "--why", "No promotion", "--json", agent="lead03"))["decision"] == "No promotion"
    )
    assert told(careline("withdraw", second, "--why", "Typed twice", "--json"))["state"] == "withdrawn"
    assert careline("show", "999")[0] == 1


def test_a_set_up_fee_is_walked_through(careline: Careline, case: str) -> None:
    assert "Explain the set-up fee. Say: The $50.00" in careline("set-up-fee", case)[1]
    for step in ("explained", "offered"):
        assert careline("set-up-fee", case, step)[0] == 0
    assert careline("set-up-fee", case, "accepted")[1] == "Ask for the coupon as a credit.\n"
    assert careline("request", "coupon", "25", "--case", case, "--reason", "Set-up fee")[0] == 0
    assert told(careline("set-up-fee", case, "--json"))["has_coupon"]
