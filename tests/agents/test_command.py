"""`careline agent`, `access` and `token`: who sits at a command, and what shows that they may."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from console.settings import Settings
from data.operators.actions import Founding
from tests.agents.conftest import OURS
from tests.shell import typed

THEIRS = "nine green lanterns hum"
Careline = Callable[..., tuple[int, str, str]]


@pytest.fixture
def careline(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Careline:
    """`careline("agent list", CARELINE_AGENT="ana")`: the exit code, what it printed, and what it complained of."""
    monkeypatch.setenv("HOME", str(tmp_path))
    for name in ("AGENT", "PASSPHRASE", "NEW_PASSPHRASE", "TOKEN", "STORE"):
        monkeypatch.delenv(f"CARELINE_{name}", raising=False)

    def call(words: str, *more: str, **environment: str) -> tuple[int, str, str]:
        capsys.readouterr()
        with monkeypatch.context() as patched:
            for name, value in environment.items():
                patched.setenv(name, value)
            return typed(capsys, "--store", str(tmp_path / "real.store"), *words.split(), *more)

    return call


def test_a_store_without_passphrases_works_by_command_line_alone(careline: Careline) -> None:
    code, out, _ = careline("init --yes --admin ana")
    assert (code, "careline --store" in out, "agent passphrase" in out) == (0, True, True)
    assert careline("search nobody")[:2] == (1, "Nobody matches.\n")
    assert careline("agent add ben")[0] == 0
    assert careline("--agent ben search nobody")[0] == 1
    assert careline("agent profile --session-hours 1")[0] == 0
    assert careline("agent profile")[:2] == (2, ""), "nothing is to be changed, and nothing is kept"


def test_init_takes_the_first_passphrase_from_the_environment(careline: Careline) -> None:
    assert careline("init --yes --admin ana", CARELINE_PASSPHRASE="password1234")[0] == 2
    assert careline("init --yes --admin ana", CARELINE_PASSPHRASE=OURS)[0] == 0
    assert careline("search nobody") == (
        1,
        "",
        "ana signs in here. Set CARELINE_PASSPHRASE, or CARELINE_TOKEN.\n",
    )
    assert careline("search nobody", CARELINE_PASSPHRASE=OURS)[1] == "Nobody matches.\n"  # the only one who works here
    assert careline("--agent ana search nobody", CARELINE_PASSPHRASE="not the right words")[2].startswith(
        "Name and pass"
    )


def test_a_new_agent_chooses_their_own_passphrase(careline: Careline) -> None:
    careline("init --yes --admin ana", CARELINE_PASSPHRASE=OURS)
    ana = {"CARELINE_AGENT": "ana", "CARELINE_PASSPHRASE": OURS}
    code, out, _ = careline("agent add ben --role lead --json", **ana)
    added = json.loads(out)
    assert (code, added["role"]) == (0, "lead")
    ben = {"CARELINE_AGENT": "ben", "CARELINE_PASSPHRASE": added["temporary_passphrase"]}
    assert "Choose your own first" in careline("search nobody", **ben)[2]
    assert careline("agent passphrase", CARELINE_NEW_PASSPHRASE=THEIRS, **ben)[0] == 0
    assert careline("search nobody", **(ben | {"CARELINE_PASSPHRASE": THEIRS}))[1] == "Nobody matches.\n"
    assert careline("agent list", **(ben | {"CARELINE_PASSPHRASE": THEIRS}))[0] == 1
    _, listed, _ = careline("agent list", **ana)
    assert [line.split()[0] for line in listed.splitlines()] == ["ana", "ben"]


def test_a_script_signs_in_with_a_token(careline: Careline) -> None:
    careline("init --yes --admin ana", CARELINE_PASSPHRASE=OURS)
    ana = {"CARELINE_AGENT": "ana", "CARELINE_PASSPHRASE": OURS}
    made = json.loads(careline("token make nightly --days 3 --json", **ana)[1])
    assert careline("search nobody", CARELINE_TOKEN=made["secret"])[1] == "Nobody matches.\n"
    assert "not for this" in careline("agent add ben", CARELINE_TOKEN=made["secret"])[2]
    listed = careline("token list", **ana)[1]
    assert ("nightly" in listed, made["secret"] in listed) == (True, False)
    assert careline(f"token revoke {made['token']['id']}", **ana)[0] == 0
    assert "opens nothing" in careline("search nobody", CARELINE_TOKEN=made["secret"])[2]


def test_a_request_is_made_and_decided(careline: Careline) -> None:
    careline("init --yes --admin ana")
    careline("agent add ben")
    assert careline("--agent ben access request", "send mail", "--reason", "for the flyers")[0] == 0
    assert "ben (agent): send mail · “for the flyers” · waiting" in careline("--agent ana access list")[1]
    assert careline("--agent ben access approve 1")[0] == 1
    assert 'careline access request "send mail"' in careline("--agent ben mail send")[2]
    assert careline("--agent ana access approve 1")[1] == "ben may send mail from now on.\n"
    assert careline("--agent ana access revoke ben", "send mail")[0] == 0
    assert careline("--agent ben access request", "fly", "--reason", "x")[0] == 2


def test_the_last_administrator_gets_in_with_the_code_that_init_printed(careline: Careline) -> None:
    founded = json.loads(careline("init --yes --admin ana --json", CARELINE_PASSPHRASE=OURS)[1])
    recovery = {"CARELINE_RECOVERY_CODE": founded["recovery_code"], "CARELINE_NEW_PASSPHRASE": THEIRS}
    assert careline("agent recover")[0] == 2
    code, out, _ = careline("agent recover", **recovery)
    assert (code, "ana signs in with the new passphrase" in out, "Recovery code, shown this once: " in out) == (0, 1, 1)
    assert careline("agent recover", **recovery)[0] == 1
    ana = {"CARELINE_AGENT": "ana", "CARELINE_PASSPHRASE": THEIRS}
    assert careline("agent recovery-code", **ana)[1].startswith("Recovery code, shown this once: ")
    assert "agent.recover" in careline("audit show", **ana)[1]


def test_the_first_passphrase_of_a_store_brings_a_recovery_code_along(careline: Careline) -> None:
    assert "recovery_code" not in json.loads(careline("init --yes --admin ana --json")[1])
    assert "Recovery code, shown this once: " in careline("agent passphrase", CARELINE_NEW_PASSPHRASE=OURS)[1]
    ana = {"CARELINE_AGENT": "ana", "CARELINE_PASSPHRASE": OURS}
    assert "Recovery code" not in careline("agent passphrase", CARELINE_NEW_PASSPHRASE=THEIRS, **ana)[1]


def test_somebody_joins_with_a_code(careline: Careline) -> None:
    careline("init --yes --admin ana", CARELINE_PASSPHRASE=OURS)
    ana = {"CARELINE_AGENT": "ana", "CARELINE_PASSPHRASE": OURS}
    made = json.loads(careline("agent invite --uses 1 --json", **ana)[1])
    assert careline(f"agent join {made['code']} lee", CARELINE_PASSPHRASE=THEIRS)[1] == "Welcome. You sign in as lee.\n"
    assert careline(f"agent join {made['code']} pat", CARELINE_PASSPHRASE=THEIRS)[0] == 1
    assert careline("--agent lee search nobody", CARELINE_PASSPHRASE=THEIRS)[0] == 1
    told = careline("agent join", "K7QM", "pat", CARELINE_PASSPHRASE=THEIRS)[2]
    assert told.startswith("This code opens nothing")


def test_no_passphrase_or_token_stands_in_what_is_printed_of_a_run() -> None:
    assert OURS not in repr(Settings(passphrase=OURS, token=OURS))
    assert OURS not in repr(Founding(passphrase=OURS))


def test_every_command_sits_down_through_the_door() -> None:
    root = Path(__file__).parents[2] / "console"
    opened = {file.name for file in root.rglob("*.py") if "open_desk(" in file.read_text(encoding="utf-8")}
    assert opened <= {"desks.py", "desk_or_door.py", "founding.py"}  # founding opens the demo that it just made
