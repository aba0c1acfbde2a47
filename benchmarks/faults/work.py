"""What a process does until something happens to it: real actions, one after the other, each with a mark of its own.

The mark stands in what the action writes, so that it is known afterwards whether the action was kept.
"""

from __future__ import annotations

import random
import tempfile
from collections.abc import Callable, Iterator
from decimal import Decimal
from functools import cache
from pathlib import Path

from data.cases.actions import log_icci, open_case
from data.cases.notes import add_note, add_task
from data.credits.actions import request_credit
from data.credits.rules import CreditKind, CreditRequest
from data.customers.actions import Outdated, edit_customer
from data.customers.fields import CustomerEdit
from data.customers.queries import account
from data.demo import make_demo
from data.desk import Clock, Desk, open_desk, system_clock

AGENT = "admin01"
CUSTOMERS = 60
Act = Callable[[Desk, random.Random, str], object]


def make_store(path: Path) -> Path:
    """A small demo store to work in."""
    path.write_bytes(_demo())
    return path


@cache
def _demo() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder) / "demo.store"
        make_demo(made, customers=CUSTOMERS).close()
        return made.read_bytes()


def desk_at(path: Path, clock: Clock = system_clock) -> Desk:
    """A desk for whoever works."""
    return open_desk(path, AGENT, clock=clock)


def work(desk: Desk, marks: Iterator[str], rng: random.Random) -> Iterator[str]:
    """Does one action after the other; yields the mark of each that is done."""
    for mark in marks:
        rng.choice(ACTS)(desk, rng, mark)
        yield mark


def each_once(desk: Desk, marks: Iterator[str]) -> list[str]:
    """Does each kind of action once, so that all that it takes is loaded; returns the marks."""
    return [mark for act, mark in zip(ACTS, marks, strict=False) if act(desk, random.Random(1), mark)]


def _open_case(desk: Desk, rng: random.Random, mark: str) -> object:
    return open_case(desk, f"The bill is wrong {mark}", account=_an_account(rng))


def _note(desk: Desk, rng: random.Random, mark: str) -> object:
    return add_note(desk, _a_case(desk, rng), f"Called back {mark}")


def _task(desk: Desk, rng: random.Random, mark: str) -> object:
    return add_task(desk, _a_case(desk, rng), f"Send the label {mark}")


def _icci(desk: Desk, rng: random.Random, mark: str) -> object:
    return log_icci(desk, _a_case(desk, rng), f"Waits for the carrier {mark}", "Ask again")


def _credit(desk: Desk, rng: random.Random, mark: str) -> object:
    asked = {"kind": CreditKind.BILL_CREDIT, "amount": Decimal(rng.randrange(1, 40)), "reason": f"Goodwill {mark}"}
    wanted = CreditRequest(**asked, case=_a_case(desk, rng))
    return request_credit(desk, wanted)


def _edit(desk: Desk, rng: random.Random, mark: str) -> object:
    number, edit = _an_account(rng), CustomerEdit(street2=f"Unit {mark}")
    while True:
        version = account(desk, number).customer.version
        try:
            return edit_customer(desk, number, version, edit, why=f"on paper {mark}")
        except Outdated:  # somebody else was quicker, and was told apart: whoever edits looks again
            continue


def _an_account(rng: random.Random) -> str:
    return f"SV{93_001 + rng.randrange(CUSTOMERS):06d}"


def _a_case(desk: Desk, rng: random.Random) -> str:
    """An open case, by number: one of those last opened, or one that is made for it."""
    with desk.store.raw() as connection:
        found = connection.execute(
            "SELECT number FROM care_case WHERE closed_at IS NULL AND merged_into_id IS NULL ORDER BY id DESC LIMIT 20"
        ).fetchall()
    return str(rng.choice(found)[0])


ACTS: tuple[Act, ...] = (_open_case, _note, _task, _icci, _credit, _edit)
