"""What an agent has typed survives a crash: it is kept for them alone, offered again, and gone once it is saved."""

from __future__ import annotations

from datetime import timedelta

from data.desk import Desk, open_desk
from data.drafts.keeping import KEPT, discard_draft, draft_at, save_draft
from data.store import Store
from tests.conftest import NOW

TYPED = {"city": "Troy", "zip": "12180 «[b]»"}


def test_a_draft_is_kept_replaced_and_let_go(desk: Desk) -> None:
    assert draft_at(desk, "a form") is None
    save_draft(desk, "a form", {"city": "T"})
    save_draft(desk, "a form", TYPED)
    kept = draft_at(desk, "a form")
    assert kept is not None
    assert (kept.typed, kept.saved_at) == (TYPED, NOW)
    assert draft_at(desk, "another") is None
    discard_draft(desk, "a form")
    assert draft_at(desk, "a form") is None


def test_nobody_else_is_offered_it(desk: Desk, admin: Desk) -> None:
    save_draft(desk, "a form", TYPED)
    assert draft_at(admin, "a form") is None
    save_draft(admin, "a form", {"city": "Albany"})
    discard_draft(admin, "a form")
    assert draft_at(desk, "a form") is not None


def test_after_a_week_it_is_gone(desk: Desk, store: Store) -> None:
    save_draft(desk, "a form", TYPED)
    later = open_desk(store, "agent07", clock=lambda: NOW + KEPT + timedelta(seconds=1))
    assert draft_at(later, "a form") is None
    save_draft(later, "another", TYPED)
    with store.raw() as connection:
        assert connection.execute("SELECT place FROM draft").fetchall() == [("another",)]
