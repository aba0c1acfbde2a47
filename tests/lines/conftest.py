"""A charging system that runs, and a line that is on it."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from data.desk import Desk
from tests.builders import add_customer, add_service, line_of, put_on_line
from tests.lines.charging_system import MDN, ChargingSystem


@pytest.fixture
def ocs() -> Iterator[ChargingSystem]:
    """A charging system that answers until the test ends."""

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
    """The line MDN of a verified caller, on the charging system; 2125550187 of the same account is not on it."""
    add_customer(desk, mdns=(MDN, "2125550187"))
    put_on_line(desk, "SV000001")
    add_service(desk, MDN, ocs=True, voice=(1000, 712), text=(None, None))
    add_service(desk, "2125550187", ocs=False)
    return line_of(desk, MDN)
