"""What is revealed without a verified caller: one field, with a reason that is kept, until the visit ends."""

from __future__ import annotations

import pytest

from data.customers.actions import open_account
from data.desk import Desk, open_desk
from data.errors import Invalid, Refused
from data.store import Store
from data.verification.actions import conceal, reveal
from data.verification.rules import Field
from data.verification.sight import ALL
from tests.conftest import NOW
from tests.verification.calling import audited, later, sight


def test_a_reveal_says_why_and_is_kept_with_who_what_and_how(desk: Desk, maria: str) -> None:
    with pytest.raises(Invalid, match="Say in words why"):
        reveal(desk, maria, Field.STREET, " . ")
    reveal(desk, maria, Field.STREET, "a letter came back")
    assert sight(desk).hidden(1) == ALL - {Field.STREET}
    assert audited(desk, "account.reveal") == [
        {"field": "street address", "why": "a letter came back", "method": "no call", "call": None}
    ]
    with pytest.raises(Refused, match="open already"):
        reveal(desk, maria, Field.STREET, "again")


def test_a_reveal_ends_with_the_visit(desk: Desk, maria: str, john: str) -> None:
    reveal(desk, maria, Field.STREET, "a letter came back")
    assert sight(later(desk, minutes=10)).hidden(1) == ALL
    open_account(desk, maria)
    assert Field.STREET not in sight(desk).hidden(1)
    open_account(desk, john)
    assert sight(desk).hidden(1) == ALL
    reveal(desk, maria, Field.STREET, "once more")
    conceal(desk)
    assert sight(desk).hidden(1) == ALL


def test_a_reveal_is_one_agents_alone(desk: Desk, admin: Desk, maria: str) -> None:
    reveal(desk, maria, Field.STREET, "a letter came back")
    assert sight(admin).hidden(1) == ALL


def test_who_takes_no_calls_reveals_nothing(store: Store, desk: Desk, maria: str) -> None:
    trainer = open_desk(store, "trainer05", clock=lambda: NOW)
    with pytest.raises(Refused, match="may not take calls"):
        reveal(trainer, maria, Field.STREET, "curious")
