"""The short form of benchmarks/faults: nothing acknowledged is lost, nothing is half done, whatever happens."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from benchmarks.faults.damaging import damage_often
from benchmarks.faults.judging import judge, newest_event
from benchmarks.faults.killing import kill_often
from benchmarks.faults.troubles import TROUBLES
from benchmarks.faults.work import desk_at, each_once, make_store
from data.store import connect

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="it forks, and kills")


def test_processes_that_are_killed_lose_nothing_they_acknowledged(tmp_path: Path) -> None:
    told: list[str] = []
    done = kill_often(make_store(tmp_path / "kills.store"), times=6, seed=7, tell=told.append)
    assert told == []
    assert (done.times, done.lost, done.wrong) == (6, 0, 0)
    assert done.acknowledged > 20


@pytest.mark.parametrize("trouble", TROUBLES)
def test_a_trouble_is_told_in_a_sentence_and_loses_nothing(trouble: str, tmp_path: Path) -> None:
    met = TROUBLES[trouble](tmp_path)
    assert met.wrong == ()
    assert met.lost == 0
    assert met.said


def test_what_is_called_whole_beside_a_damaged_log_is_whole(tmp_path: Path) -> None:
    done = damage_often(tmp_path, times=6)
    assert (done.times, done.wrong) == (6, 0)
    assert done.told == done.whole + done.lacking + done.nothing > 0
    assert done.still <= done.lost


def test_the_judge_sees_what_is_lost_and_what_is_half_done(tmp_path: Path) -> None:
    path = make_store(tmp_path / "some.store")
    since, desk = newest_event(path), desk_at(path)
    marks = each_once(desk, iter([f"m1n{number}" for number in range(9)]))
    desk.store.close()
    assert judge(path, marks, since=since, wholly=True).fine
    assert judge(path, [*marks, "m1n99"], since=since).lost == ["m1n99"]
    connection = connect(path)
    connection.execute("DELETE FROM case_task WHERE text LIKE '%m1n2%'")
    connection.close()
    judged = judge(path, marks, since=since)
    assert judged.lost == ["m1n2"]
    assert judged.wrong == ["case.task: 1 events, 0 marks in its rows"]
