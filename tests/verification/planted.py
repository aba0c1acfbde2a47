"""A store with one customer who has something of everything that may be masked, and what must not come out when."""

from __future__ import annotations

import random
import shutil
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from data.cases.actions import log_icci, open_case
from data.complaints.actions import take as take_complaint
from data.complaints.rules import ComplaintForm, ComplaintReason
from data.customers.actions import edit_customer, open_account
from data.customers.rules import CustomerEdit
from data.desk import Desk, open_desk
from data.lifeline.tables import LifelineEnrolment
from data.store import Store, open_store
from data.verification.rules import FIELDS, LEVELS, Field, Level, Method
from tests.builders import add_customer, add_service, line_of, put_on_line
from tests.conftest import NOW

NUMBER, MDN = "SV000777", "2125550143"
PLANTED: dict[Field, tuple[str, ...]] = {
    Field.STREET: ("77 Quarry Rd", "Quarry"),
    Field.CONTACTS: ("9145550199", "914-555-0199", "planted@private.example"),
    Field.DEVICE: ("A0000000002329", "268435456000009001", "8051F1AB", "89014103211118510720", "490154203237518"),
    Field.PLAN: ("Plan of 2125550143", "Planted feature", "$18.00", "18.00"),
    Field.BALANCES: ("71,298", "71298", "84,131", "84131"),
    Field.BIRTH_DATE: ("05-17-1961", "1961-05-17", "05/17/1961", "date(1961, 5, 17)", "17 May 1961"),
}
METHODS = [None, Method.TEMPORARY_PIN, Method.PIN]


def hidden(level: Level) -> list[str]:
    """What must not come out at that level."""
    return [text for field, texts in PLANTED.items() if FIELDS[field] > level for text in texts]


@pytest.fixture(scope="module")
def planted_file(empty_store_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with one customer who has something of everything; nobody is on the line."""
    path = Path(shutil.copy(empty_store_file, tmp_path_factory.mktemp("planted") / "planted.store"))
    store = open_store(path)
    desk = open_desk(store, "agent07", clock=lambda: NOW, random=random.Random(7))
    add_customer(
        desk,
        NUMBER,
        first_name="Maria",
        last_name="Alvarez",
        birth_date=date(1961, 5, 17),
        street="77 Quarry Rd",
        city="Yonkers",
        state="NY",
        zip="10701",
        mdns=(MDN,),
        phones=("9145550199",),
        emails=("planted@private.example",),
        device={"meid": "A0000000002329", "iccid": "89014103211118510720", "make": "Samsung", "model": "Galaxy A15"},
    )
    add_service(desk, MDN, ocs=True, features=("Planted feature",), voice=(90000, 71298), data=(90000, 84131))
    with store.writing() as session:
        session.add(
            LifelineEnrolment(
                account_id=1,
                line_id=line_of(desk, MDN),
                vendor="NLAD",
                state="enrolled",
                verification="verified",
                initiated_on=date(2021, 12, 3),
                expires_on=NOW.date() + timedelta(days=11),
            )
        )
    made = open_case(desk, "Promised $400, not applied", mdn=MDN)
    log_icci(desk, made.number, "Read the offer to them", "lead calls back")
    form = ComplaintForm(
        dealer="Dealer of Yonkers", about=next(iter(ComplaintReason)), promised="a call", happened="none"
    )
    take_complaint(desk, made.number, form)
    edit_customer(desk, NUMBER, 1, CustomerEdit(emails=("planted@private.example", "b@private.example")), why="letter")
    open_account(desk, NUMBER)
    with store.raw() as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    store.close()
    return path


@pytest.fixture
def store(planted_file: Path, tmp_path: Path) -> Iterator[Store]:
    opened_store = open_store(shutil.copy(planted_file, tmp_path / "test.store"))
    yield opened_store
    opened_store.close()


def on_line(desk: Desk, method: Method | None) -> Level:
    """Puts Maria on the line, verified by `method`; the level that this is."""
    put_on_line(desk, NUMBER, method)
    return LEVELS[method] if method else Level.NONE
