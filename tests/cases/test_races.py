"""Two processes in one case at once: one clone, and no save that is lost."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from data.cases.queries import case
from data.desk import Desk

ROOT = Path(__file__).parents[2]
RACER = """
import json, sys
from data.cases.actions import ClonedAlready, Overtaken, clone, edit_case
from data.cases.rules import CaseEdit
from data.desk import open_desk

path, agent, doing, number, version = sys.argv[1:]
desk = open_desk(path, agent)
print("ready", flush=True)
sys.stdin.readline()
try:
    if doing == "clone":
        done = {"made": clone(desk, number).number}
    else:
        done = {"saved": edit_case(desk, number, int(version), CaseEdit(subject=f"{agent}'s words")).subject}
except ClonedAlready as error:
    done = {"told": error.clones[0], "anyway": clone(desk, number, anyway=True).number}
except Overtaken as error:
    [field] = error.fields
    done = {"before": field.before, "theirs": field.theirs, "yours": field.yours}
print(json.dumps(done))
"""


def race(desk: Desk, doing: str, number: str, version: int = 0) -> list[dict[str, str]]:
    """What came of it at two desks in two processes that were let go at the same moment; the winner's first."""
    racers = [
        subprocess.Popen(
            [sys.executable, "-c", RACER, str(desk.store.path), agent, doing, number, str(version)],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for agent in ("agent07", "lead03")
    ]
    for racer in racers:
        assert racer.stdout is not None
        assert racer.stdout.readline() == "ready\n"
    for racer in racers:
        assert racer.stdin is not None
        racer.stdin.write("go\n")
        racer.stdin.flush()
    answers = [json.loads(racer.communicate(timeout=60)[0]) for racer in racers]
    assert [racer.returncode for racer in racers] == [0, 0]
    return sorted(answers, key=len)


def test_of_two_who_clone_at_once_the_second_is_told_and_may_go_on(desk: Desk, closed: str) -> None:
    first, second = race(desk, "clone", closed)
    assert second["told"] == first["made"]
    assert second["anyway"] != first["made"]
    links = [(link.how, link.number) for link in case(desk, closed).links]
    assert links == [("cloned as", first["made"]), ("cloned as", second["anyway"])]


def test_of_two_who_save_at_once_the_second_sees_both_versions(desk: Desk, opened: str) -> None:
    before = case(desk, opened)
    first, second = race(desk, "edit", opened, before.version)
    after = case(desk, opened)
    assert after.subject == first["saved"]
    assert (second["before"], second["theirs"]) == (before.subject, after.subject)
    assert second["yours"] != second["theirs"]
    assert after.version == before.version + 1
