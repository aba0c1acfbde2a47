"""View OCS CSR: offline from the store, and from a charging system over HTTP, whatever that one answers."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from decimal import Decimal
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.connections import Connections
from data.desk import Desk
from data.errors import Misused, NotFound, Refused
from data.lines.ocs import CsrView, view_csr
from data.lines.ocs_http import HttpOcs, Patience
from data.lines.rules import LineStatus, Usage
from data.lines.tables import Line
from data.lines.tmf654 import Unreadable, buckets_of, line_status, listed_buckets
from tests.builders import add_customer, add_service, line_of, put_on_line
from tests.conftest import NOW

MDN = "2125550143"
QUICK = Patience(connect=1, read=0.2, whole=0.5, tries=3, pause=0)

VOICE = {
    "id": "b1",
    "name": "Anytime minutes",
    "usageType": "voice",
    "status": "active",
    "remainingValue": {"amount": 42720, "units": "seconds"},
    "reservedValue": {"amount": 60, "units": "seconds"},
    "validFor": {"startDateTime": "2026-11-01T00:00:00Z", "endDateTime": "2026-12-01T00:00:00-05:00"},
    "logicalResource": [{"id": f"1{MDN}", "@referredType": "MSISDN"}],
}
TEXTS = {"id": "b2", "usageType": "sms", "remainingValueName": "Unlimited", "logicalResource": {"id": f"1{MDN}"}}
MONEY = {"id": "b3", "name": "Cash", "usageType": "monetary", "remainingValue": {"amount": 0.1, "units": "USD"}}


@dataclass
class Answer:
    """What the charging system sends back: `hangs` sends the head and then nothing."""

    status: int = 200
    body: Any = field(default_factory=list)
    headers: dict[str, str] = field(default_factory=dict)
    hangs: bool = False


@dataclass
class ChargingSystem:
    """A real HTTP server on this machine. `answers` are given one by one, the last one for ever after."""

    url: str
    answers: list[Answer] = field(default_factory=lambda: [Answer()])
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    came: threading.Semaphore = field(default_factory=lambda: threading.Semaphore(0))
    done: threading.Event = field(default_factory=threading.Event)

    def was_asked(self, times: int) -> bool:
        """Whether so many requests came and no more; one that was given up in time may still be on its way here."""
        return all(self.came.acquire(timeout=10) for _ in range(times)) and len(self.asked) == times

    def answer(self) -> Answer:
        return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]


@pytest.fixture
def ocs() -> Iterator[ChargingSystem]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            system.asked.append((self.path, {name.lower(): value for name, value in self.headers.items()}))
            system.came.release()
            answer = system.answer()
            body = answer.body if isinstance(answer.body, bytes) else json.dumps(answer.body).encode()
            self.send_response(answer.status)
            self.send_header("Content-Length", str(len(body)))
            for name, value in answer.headers.items():
                self.send_header(name, value)
            self.end_headers()
            if answer.hangs:
                system.done.wait(10)
            else:
                self.wfile.write(body)

        def log_message(self, *_: Any) -> None: ...

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        system = ChargingSystem(f"http://127.0.0.1:{server.server_port}/tmf-api/prepayBalanceManagement/v4/")
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield system
        system.done.set()
        server.shutdown()
        thread.join()


@pytest.fixture
def line(desk: Desk) -> int:
    add_customer(desk, mdns=(MDN, "2125550187"))
    put_on_line(desk, "SV000001")
    add_service(desk, MDN, ocs=True, voice=(1000, 712), text=(None, None))
    add_service(desk, "2125550187", ocs=False)
    return line_of(desk, MDN)


def ask(desk: Desk, ocs: ChargingSystem, *answers: Answer, token: str | None = None) -> CsrView:
    """The CSR that comes of the charging system giving these answers."""
    ocs.answers = list(answers)
    return view_csr(desk, line_of(desk, MDN), HttpOcs(ocs.url, token, QUICK))


def refusal(desk: Desk, ocs: ChargingSystem, *answers: Answer) -> str:
    with pytest.raises(Refused) as refused:
        ask(desk, ocs, *answers)
    assert refused.value.remedy
    return refused.value.reason


def test_offline_the_store_answers(desk: Desk, line: int) -> None:
    csr = view_csr(desk, line)
    assert (csr.line_status, csr.live, csr.as_of) == ("active", False, NOW)
    assert [(each.name, each.remaining, each.unit) for each in csr.balances] == [
        ("Minutes", Decimal(712), "min"),
        ("Text messages", None, "texts"),
    ]
    assert csr.balances[0].ends_at == datetime(2026, 12, 1, 5, 0, tzinfo=UTC)  # midnight in New York


def test_a_carrier_that_is_not_on_the_ocs_is_not_asked(desk: Desk, line: int, ocs: ChargingSystem) -> None:
    with pytest.raises(Refused, match="Carrier of 2125550187 is not on the charging system"):
        view_csr(desk, line_of(desk, "2125550187"), HttpOcs(ocs.url))
    assert ocs.asked == []


def test_a_number_that_went_to_somebody_else_never_shows_their_balances(desk: Desk, line: int) -> None:
    with desk.store.writing() as session:
        session.get_one(Line, line).status = LineStatus.DISCONNECTED
        carrier_id = session.get_one(Line, line).carrier_id
    add_customer(desk, "SV000002", mdns=(MDN,))
    with desk.store.writing() as session:
        session.get_one(Line, line_of(desk, MDN)).carrier_id = carrier_id
    with pytest.raises(Refused, match="212-555-0143 is no longer in service on this account"):
        view_csr(desk, line)
    put_on_line(desk, "SV000002")
    assert view_csr(desk, line_of(desk, MDN)).balances == ()


def test_a_line_without_a_number_is_told_so(desk: Desk, line: int, ocs: ChargingSystem) -> None:
    with desk.store.writing() as session:
        session.get_one(Line, line).mdn = None
    with pytest.raises(Refused, match="no number yet"):
        view_csr(desk, line, HttpOcs(ocs.url))
    assert ocs.asked == []


@pytest.mark.parametrize("module", ["ocs", "ocs_http", "tmf654"])
def test_each_of_its_modules_can_be_imported_first(module: str) -> None:
    subprocess.run([sys.executable, "-c", f"from data.lines.{module} import *"], check=True)


def test_a_desk_that_is_connected_asks_the_real_one(desk: Desk, line: int, ocs: ChargingSystem) -> None:
    ocs.answers = [Answer(body=[VOICE])]
    connections = Connections.from_environment({"CARELINE_OCS_URL": ocs.url, "CARELINE_OCS_TOKEN": "s3cret"})
    assert view_csr(replace(desk, connections=connections), line).live
    assert "s3cret" not in repr(connections)
    path, headers = ocs.asked[0]
    assert urlsplit(path).path == "/tmf-api/prepayBalanceManagement/v4/bucket"
    assert parse_qs(urlsplit(path).query)["logicalResource.id"] == [f"1{MDN}"]
    assert headers["authorization"] == "Bearer s3cret"


def test_every_balance_comes_in_the_units_that_agents_speak(desk: Desk, line: int, ocs: ChargingSystem) -> None:
    csr = ask(desk, ocs, Answer(body=[VOICE, TEXTS, MONEY]))
    assert (csr.line_status, csr.live) == ("active", True)
    voice, texts, money = csr.balances
    assert (voice.name, voice.remaining, voice.unit, voice.reserved) == ("Anytime minutes", 712, "min", 1)
    assert voice.ends_at == datetime(2026, 12, 1, 5, 0, tzinfo=UTC)
    assert (texts.usage, texts.remaining, texts.name) == (Usage.TEXT, None, "Text")
    assert (money.remaining, money.unit, money.usage) == (Decimal("0.1"), "USD", Usage.MONEY)


@pytest.mark.parametrize(
    ("amount", "units", "shown"),
    [
        (100, "seconds", "1.66 min"),
        (2, "GB", "2048 MB"),
        (1536, "kB", "1.5 MB"),
        (1, "byte", "0.00 MB"),
        (0.6, "Gbyte", "614.4 MB"),
        (-5, "minutes", "-5 min"),
        (7, "sms", "7 texts"),
        (3, "tokens", "3 tokens"),
    ],
)
def test_units_are_converted_and_never_rounded_up(amount: float, units: str, shown: str) -> None:
    body = json.dumps([{"usageType": "other", "remainingValue": {"amount": amount, "units": units}}]).encode()
    (bucket,) = buckets_of(MDN, listed_buckets(body))
    assert Decimal(shown.split()[0]) == bucket.remaining
    assert shown.split()[1] == bucket.unit


def test_who_is_not_connected_does_not_load_the_http_library() -> None:
    script = "import sys, data.lines.ocs, data.lines.ocs_http; sys.exit('httpx' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0


def test_another_customers_balances_never_show(desk: Desk, line: int, ocs: ChargingSystem) -> None:
    other = VOICE | {"name": "Not ours", "logicalResource": [{"id": "12125550187"}]}
    csr = ask(desk, ocs, Answer(body=[other, VOICE]))
    assert [each.name for each in csr.balances] == ["Anytime minutes"]
    assert "does not know 212-555-0143" in refusal(desk, ocs, Answer(body=[other]))


def test_every_page_is_read(desk: Desk, line: int, ocs: ChargingSystem) -> None:
    pages = [Answer(206, [VOICE | {"name": name}], {"X-Total-Count": "2"}) for name in ("first", "second")]
    assert [each.name for each in ask(desk, ocs, *pages).balances] == ["first", "second"]
    assert [parse_qs(urlsplit(path).query)["offset"] for path, _ in ocs.asked] == [["0"], ["1"]]


def test_pages_without_end_are_given_up(desk: Desk, line: int, ocs: ChargingSystem) -> None:
    assert "never ends" in refusal(desk, ocs, Answer(206, [VOICE], {"X-Total-Count": "999999"}))
    assert len(ocs.asked) == 10


@pytest.mark.parametrize(
    ("statuses", "status"),
    [
        (["suspended", "active"], "active"),
        (["expired", "suspended"], "suspended"),
        (["expired"], "expired"),
        (["odd"], "unknown"),
    ],
)
def test_a_line_is_what_its_balances_are(statuses: list[str], status: str) -> None:
    assert line_status(statuses) == status


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


def fuzzed() -> st.SearchStrategy[Any]:
    """JSON of any shape, with TMF654's own field names in it."""
    names = st.sampled_from([*VOICE, "amount", "units", "endDateTime", "remainingValueName"]) | st.text(max_size=3)
    plain = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=9)
    return st.recursive(plain, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(names, inner, max_size=5))


@settings(max_examples=60)
@given(st.lists(fuzzed(), max_size=3))
def test_any_answer_is_read_or_told_to_be_unreadable(listed: list[Any]) -> None:
    read: Callable[[], Any] = lambda: buckets_of(MDN, listed_buckets(json.dumps(listed).encode()))  # noqa: E731
    try:
        buckets = read()
    except Unreadable:
        return
    for bucket in buckets:
        assert bucket.remaining is None or bucket.remaining.is_finite()
        assert bucket.name.isprintable() and bucket.unit.isprintable() and bucket.status.isprintable()
