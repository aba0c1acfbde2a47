"""Asking a charging system over HTTP: every page, again where it is busy, and in words whatever goes wrong."""

from __future__ import annotations

import socket
import subprocess
import sys
from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import pytest

from data.desk import Desk
from data.errors import Misused, NotFound, Refused
from data.lines.ocs import view_csr
from data.lines.ocs_http import HttpOcs
from tests.lines.charging_system import QUICK, VOICE, Answer, ChargingSystem, ask, refusal


def test_who_is_not_connected_does_not_load_the_http_library() -> None:
    script = "import sys, data.lines.ocs, data.lines.ocs_http; sys.exit('httpx' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0


def test_every_page_is_read(desk: Desk, line: int, ocs: ChargingSystem) -> None:
    pages = [Answer(206, [VOICE | {"name": name}], {"X-Total-Count": "2"}) for name in ("first", "second")]
    assert [each.name for each in ask(desk, ocs, *pages).balances] == ["first", "second"]
    assert [parse_qs(urlsplit(path).query)["offset"] for path, _ in ocs.asked] == [["0"], ["1"]]


def test_pages_without_end_are_given_up(desk: Desk, line: int, ocs: ChargingSystem) -> None:
    assert "never ends" in refusal(desk, ocs, Answer(206, [VOICE], {"X-Total-Count": "999999"}))
    assert len(ocs.asked) == 10


def test_a_busy_system_is_asked_again(desk: Desk, line: int, ocs: ChargingSystem) -> None:
    assert ask(desk, ocs, Answer(503), Answer(429), Answer(body=[VOICE])).balances
    assert len(ocs.asked) == 3


@pytest.mark.parametrize(
    ("answer", "said", "times"),
    [
        (Answer(503), "too busy to answer (503)", 3),
        (Answer(404), "does not know 212-555-0143", 1),
        (Answer(body=[]), "does not know 212-555-0143", 1),
        (Answer(401), "does not accept this console's sign-in (401)", 1),
        (Answer(400, {"code": "20", "reason": "Bad\x1b[31m filter"}), "refused (400): Bad[31m filter.", 1),
        (Answer(500, b"<html>"), "refused (500).", 1),
        (Answer(302, headers={"Location": "http://127.0.0.1:9/"}), "refused (302)", 1),
        (Answer(body=b"<html>"), "it is not JSON", 1),
        (Answer(body=b"[" * 100_000), "it is not JSON", 1),
        (Answer(body=b"\xff\xfe"), "it is not JSON", 1),
        (Answer(body={"buckets": []}), "it is not a list of balances", 1),
        (Answer(body=["b1"]), "a balance is not an object", 1),
        (Answer(body=[{"usageType": "data"}]), "a balance has no amount", 1),
        (Answer(body=[{"remainingValue": {"amount": "lots"}}]), "an amount is not a number", 1),
        (Answer(body=[{"remainingValue": {"amount": "NaN"}}]), "an amount is out of all bounds", 1),
        (Answer(body=b'[{"remainingValue":{"amount":1e999999}}]'), "an amount is out of all bounds", 1),
        (Answer(body=b'[{"remainingValue":{"amount":NaN}}]'), "it is not JSON", 1),
        (Answer(body=[VOICE | {"validFor": {"endDateTime": "soon"}}]), "an end of validity is not a time", 1),
        (Answer(body=b" " * 1_000_001), "it is far too long", 1),
        (Answer(body=b"not gzip at all", headers={"Content-Encoding": "gzip"}), "its encoding is broken", 1),
        (Answer(body=[VOICE], hangs=True), "did not answer in time", 3),
    ],
)
def test_what_goes_wrong_is_told_in_words(
    desk: Desk, line: int, ocs: ChargingSystem, answer: Answer, said: str, times: int
) -> None:
    assert said in refusal(desk, ocs, answer)
    assert ocs.was_asked(times)


def test_a_number_it_does_not_know_is_not_found(desk: Desk, line: int, ocs: ChargingSystem) -> None:
    with pytest.raises(NotFound):
        ask(desk, ocs, Answer(404))


def test_a_system_that_is_not_there_is_told_so(desk: Desk, line: int) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # bound but not listening: a connection is refused
        nobody = HttpOcs(f"http://127.0.0.1:{taken.getsockname()[1]}", patience=QUICK)
        with pytest.raises(Refused, match="can't be reached"):
            view_csr(desk, line, nobody)


def test_it_waits_longer_before_each_try(desk: Desk, line: int, ocs: ChargingSystem) -> None:
    waited: list[float] = []
    ocs.answers = [Answer(503)]
    slow = replace(QUICK, pause=0.25)
    with pytest.raises(Refused):
        view_csr(desk, line, HttpOcs(ocs.url, None, slow, sleep=waited.append))
    assert waited == [0.25, 0.5]


@pytest.mark.parametrize("address", ["", "ocs.example", "ftp://ocs.example/", "file:///etc/passwd", "http://"])
def test_an_address_that_is_none_is_misuse(address: str) -> None:
    with pytest.raises(Misused, match="not the address of a charging system"):
        HttpOcs(address)


def test_a_token_never_travels_in_the_clear() -> None:
    with pytest.raises(Misused, match="in the clear"):
        HttpOcs("http://ocs.example/v4", "s3cret")
    assert "s3cret" not in repr(HttpOcs("https://ocs.example/v4", "s3cret"))
