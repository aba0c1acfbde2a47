"""The recovery code: made, shown once, used up, and told to whoever leads."""

from __future__ import annotations

import random
from datetime import timedelta
from pathlib import Path

import pytest

from data.agents.queries import lacks_recovery_code, recovered_since
from data.agents.recovery import make_recovery_code, recover
from data.agents.rules import Permission
from data.agents.staff import add_agent
from data.agents.tokens import make_token
from data.audit.queries import audit_events
from data.desk import Desk
from data.errors import Invalid, NotFound, NotPermitted, Refused
from data.store import Store
from tests.agents.conftest import OURS, At
from tests.conftest import NOW

THEIRS = "nine green lanterns hum"
RNG = random.Random(3)


def use(store: Store, code: str, name: str | None = None, new: str = THEIRS) -> str:
    """Gets in with `code`; the code that takes its place."""
    return recover(store, code, name, new, now=NOW, rng=RNG).code


@pytest.fixture
def code(guarded: Store, admin: Desk) -> str:
    return make_recovery_code(admin)


def test_a_forgotten_passphrase_is_replaced_by_who_has_the_code(guarded: Store, code: str, at: At) -> None:
    for _ in range(5):
        with pytest.raises(Refused):
            at("admin01", "what was it")
    use(guarded, code.lower().replace("-", ""))
    assert at("admin01", THEIRS).may(Permission.ADMINISTER)
    with pytest.raises(Refused, match="do not fit"):
        at("admin01", OURS, minutes=5)


def test_a_code_opens_once_and_the_next_one_takes_its_place(guarded: Store, code: str) -> None:
    following = use(guarded, code)
    with pytest.raises(Refused, match="opens nothing"):
        use(guarded, code)
    assert following != code
    use(guarded, following)


def test_a_new_code_ends_the_one_before(guarded: Store, admin: Desk, code: str) -> None:
    newer = make_recovery_code(admin)
    with pytest.raises(Refused, match="opens nothing"):
        use(guarded, code)
    use(guarded, newer)


@pytest.mark.parametrize("wrong", ["", "K7QM", "\0", "é" * 24])
def test_what_is_no_code_changes_nothing(guarded: Store, code: str, wrong: str, at: At) -> None:
    with pytest.raises(Refused, match="opens nothing"):
        use(guarded, wrong)
    assert at("admin01", OURS)


def test_a_passphrase_that_will_not_do_leaves_the_code_as_it_was(guarded: Store, code: str) -> None:
    with pytest.raises(Invalid, match="the code still opens"):
        use(guarded, code, new="password1234")
    use(guarded, code)


def test_it_lets_in_an_administrator_and_nobody_else(guarded: Store, admin: Desk, code: str) -> None:
    with pytest.raises(NotFound):
        use(guarded, code, "lead03")
    add_agent(admin, "admin02", role=admin.agent.role)
    with pytest.raises(Refused, match="admin01, admin02"):
        use(guarded, code)
    use(guarded, code, "ADMIN02")


def test_it_is_on_the_record_and_told_to_who_leads(guarded: Store, code: str, at: At) -> None:
    lead, agent = at("lead03", trusted=True), at("agent07", trusted=True)
    use(guarded, code)
    assert [one.agent for one in recovered_since(lead, NOW - timedelta(days=7))] == ["admin01"]
    assert recovered_since(lead, NOW) == recovered_since(agent, NOW - timedelta(days=7)) == ()
    (event,) = audit_events(lead, words="agent.recover ")[:1]
    assert (event.agent, event.action, event.detail) == ("admin01", "agent.recover", {"code_made_by": "admin01"})


def test_nothing_in_the_store_tells_the_code(guarded: Store, code: str) -> None:
    following = use(guarded, code)
    kept = b"".join(Path(f"{guarded.path}{kind}").read_bytes() for kind in ("", "-wal"))
    assert b"agent.recovery_code" in kept
    for one in (code, following):
        assert one.encode() not in kept
        assert one.replace("-", "").encode() not in kept


def test_where_nobody_signs_in_there_is_nothing_to_recover(admin: Desk) -> None:
    assert not lacks_recovery_code(admin)
    with pytest.raises(Refused, match="Nobody signs in"):
        make_recovery_code(admin)


def test_who_administers_is_told_that_there_is_none(guarded: Store, admin: Desk, desk: Desk) -> None:
    assert (lacks_recovery_code(admin), lacks_recovery_code(desk)) == (True, False)
    make_recovery_code(admin)
    assert not lacks_recovery_code(admin)


def test_a_script_makes_itself_no_way_in(guarded: Store, admin: Desk, at: At) -> None:
    token = make_token(admin, "all", rights=[one for one in Permission if one is not Permission.KEEP_OWN_SIGN_IN])
    with pytest.raises(NotPermitted, match="token"):
        make_recovery_code(at(token=token.secret))
