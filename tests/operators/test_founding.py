"""Founding an operator from the command line: what is asked, what is usual, and where its store lies."""

from __future__ import annotations

import io
import json
import os
import pty
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest

from console.command_line import run
from console.commands.founding_questions import ask_founding
from console.settings import data_folder
from data.agents.rules import Role
from data.desk import open_desk
from data.operators.actions import Founding
from data.operators.catalog import default_catalog
from data.operators.queries import operator, size
from data.operators.rules import OperatorKind, account_number, wrong_pattern
from tests.operators.conftest import Told


def test_init_asks_nothing_without_a_terminal(careline: Told, tmp_path: Path) -> None:
    code, out, err = careline("init")
    assert (code, err) == (0, "")
    assert f"Its store is {tmp_path / 'a.store'}." in out
    desk = open_desk(tmp_path / "a.store")
    assert operator(desk).kind is OperatorKind.RESELLER
    assert not operator(desk).demo
    assert (desk.agent.name, desk.agent.role) == ("admin", Role.ADMINISTRATOR)
    assert vars(size(desk)) == {"customers": 0, "accounts": 0, "lines": 0, "enrolments": 0}


def test_init_takes_what_it_is_told(careline: Told, tmp_path: Path) -> None:
    words = ["--operator", "mvno", "--name", "Juniper Mobile", "--admin", "kim", "--time-zone", "America/Chicago"]
    code, out, _ = careline("init", *words, "--account-pattern", "JM-{:05d}", "--yes", "--json")
    assert code == 0
    store = str(tmp_path / "a.store")
    assert json.loads(out) == {"store": store, "name": "Juniper Mobile", "kind": "mvno", "admin": "kim"}
    desk = open_desk(store, "kim")
    assert operator(desk).kind is OperatorKind.MVNO
    assert desk.agent.zone.key == "America/Chicago"


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["--time-zone", "Mars/Olympus"], "is not a time zone"),
        (["--time-zone", "../etc/passwd"], "is not a time zone"),
        (["--account-pattern", "SV"], "text around one number"),
        (["--admin", "  "], "needs a name"),
        (["--admin", "x" * 41], "That has 41 characters; 40 are kept."),
        (["--name", "x" * 201], "That has 201 characters; 200 are kept."),
        (["--name", "\x1b"], "needs a name"),
        (["--operator", "carrier"], "carrier"),
        (["--catalog", "."], "is a folder"),
    ],
)
def test_init_refuses_what_cannot_be(careline: Told, tmp_path: Path, words: list[str], sentence: str) -> None:
    code, _, err = careline("init", *words)
    assert code == 2
    assert sentence in err
    assert list(tmp_path.iterdir()) == []


def test_init_never_replaces_a_store(careline: Told, tmp_path: Path) -> None:
    careline("init", "--admin", "first")
    code, _, err = careline("init", "--admin", "second")
    assert code == 1
    assert "There is already a file" in err
    assert open_desk(tmp_path / "a.store").agent.name == "first"


def test_without_a_place_named_the_store_is_the_persons_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "LOCALAPPDATA"):
        monkeypatch.setenv(name, str(tmp_path))
    monkeypatch.delenv("CARELINE_STORE", raising=False)
    assert run(["init"]) == 0
    assert "Open it: careline\n" in capsys.readouterr().out
    [store] = tmp_path.rglob("careline.store")
    assert run(["rule", "list"]) == 0
    assert run(["demo", "--customers", "5"]) == 0
    out = capsys.readouterr().out
    assert f"Open it: careline --store '{store.with_name('demo.store')}'" in out, "the real one is opened otherwise"


@pytest.mark.parametrize(
    ("pattern", "number"),
    [("SV{:06d}", "SV000042"), ("{}", "42"), ("{:04d}-A", "0042-A"), ("N {:010d}", "N 0000000042")],
)
def test_account_patterns(pattern: str, number: str) -> None:
    assert wrong_pattern(pattern) is None
    assert account_number(pattern, 42) == number


@pytest.mark.parametrize(
    "pattern", ["", "SV", "{}{}", "{0}", "{:x}", "{:99999d}", "{a}", "{", "{:5d}", "{!r}", "\x07{}", "A" * 60 + "{}"]
)
def test_account_patterns_that_cannot_be(pattern: str) -> None:
    assert wrong_pattern(pattern)


def answered(monkeypatch: pytest.MonkeyPatch, *answers: str) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("\n".join([*answers, ""])))


def test_enter_takes_what_is_usual(monkeypatch: pytest.MonkeyPatch) -> None:
    answered(monkeypatch, *[""] * 8)
    founding = ask_founding(Founding(), ())
    assert founding == Founding(catalog=default_catalog())


def test_what_was_given_is_not_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    answered(monkeypatch, "kim", "", "")
    given = {"kind", "name", "catalog"}
    assert ask_founding(Founding(OperatorKind.MVNO, "Juniper"), given) == Founding(OperatorKind.MVNO, "Juniper", "kim")


def test_a_wrong_answer_is_asked_for_again(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    answered(monkeypatch, "carrier", "MVNO", "Mars", "America/Denver")
    founding = ask_founding(Founding(), {"name", "admin", "account_pattern", "catalog"})
    assert (founding.kind, founding.time_zone) == (OperatorKind.MVNO, "America/Denver")
    out = capsys.readouterr().out
    assert "Write reseller or mvno." in out
    assert "is not a time zone" in out


def test_how_accounts_are_numbered_is_asked_in_words(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    answered(monkeypatch, "")
    ask_founding(Founding(), {"kind", "name", "admin", "time_zone", "catalog"})
    assert "How accounts are numbered; {:06d} counts in six digits [SV{:06d}]" in capsys.readouterr().out


def test_plans_can_be_listed_one_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    listed = ["n", "Lakeside", "y", ""]
    listed += ["n", "Small", "many", "9.90", "100", "0", "unlimited", "y", "", "y"]
    answered(monkeypatch, *listed)
    given = {"kind", "name", "admin", "time_zone", "account_pattern"}
    catalog = ask_founding(Founding(), given).catalog
    assert catalog is not None
    assert [(carrier.name, carrier.ocs) for carrier in catalog.carriers] == [("Lakeside", True)]
    [plan] = catalog.plans
    assert (plan.name, str(plan.monthly), plan.voice, plan.text, plan.data) == ("Small", "9.90", 100, 0, None)
    assert plan.lifeline
    assert catalog.features == default_catalog().features


def test_on_a_terminal_it_asks(tmp_path: Path) -> None:
    near, far = pty.openpty()
    command = [sys.executable, "-m", "console", "--store", str(tmp_path / "a.store"), "init"]
    init = subprocess.Popen(command, stdin=far, stdout=far, stderr=far)
    os.close(far)
    for answer in ("mvno", "Lakeside Mobile", "kim", "", "", "", "", ""):
        told = b""
        while not told.endswith(b"]: "):  # each question ends with what is usual
            told += os.read(near, 1024)
        os.write(near, f"{answer}\n".encode())
    with suppress(OSError):  # the terminal closes when nobody is at its other end
        while os.read(near, 1024):
            pass
    os.close(near)
    assert init.wait(timeout=60) == 0
    desk = open_desk(tmp_path / "a.store", "kim")
    assert (operator(desk).name, operator(desk).kind) == ("Lakeside Mobile", OperatorKind.MVNO)


def test_without_a_store_the_real_place_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    monkeypatch.delenv("CARELINE_STORE", raising=False)
    assert run(["search", "x"]) == 3
    there = data_folder() / "careline.store"
    assert capsys.readouterr().err == (
        f"There is no store at {there}. Make one with `careline init` or `careline demo`.\n"
    )
    assert run(["demo", "--customers", "2"]) == 0
    assert run(["account", "SV093001"]) == 0


def test_a_store_that_is_not_there_ends_with_3(careline: Told, tmp_path: Path) -> None:
    code, _, err = careline("search", "x")
    assert (code, "There is no store at" in err, "`careline init`" in err) == (3, True, True)
    assert list(tmp_path.iterdir()) == []


def test_a_name_keeps_nothing_that_a_terminal_obeys(careline: Told) -> None:
    _, out, _ = careline("init", "--name", "North\x1b]0;owned\x07line [red]Ltd[/red]")
    assert "\x1b" not in out
    assert "[red]Ltd[/red]" in out
