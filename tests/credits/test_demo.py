"""The demo's credits and complaints: each state is there, and came about as the rules allow."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import pairwise

import pytest

from data.cases.dashboard import pending
from data.cases.pending import ItemKind
from data.complaints.queries import By, complaint, complaints, questioned_for_me, report, review_queue
from data.complaints.rules import ComplaintState
from data.credits.agreements import document
from data.credits.authority import AGREEMENT_FROM, OCR_ABOVE, OCR_BELOW
from data.credits.queries import credit, unfinished, waiting_for_me
from data.credits.rules import TRANSITIONS, AgreementState, CreditState
from data.demo import make_demo
from data.desk import Desk, open_desk
from data.store import Store
from tests.conftest import NOW


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    store = make_demo(tmp_path_factory.mktemp("demo") / "demo.store", customers=300, now=NOW)
    yield store
    store.close()


def sit(store: Store, name: str) -> Desk:
    return open_desk(store, name, clock=lambda: NOW)


def test_every_state_is_there_and_came_lawfully(demo: Store) -> None:
    desk = sit(demo, "agent07")
    wholes = [credit(desk, number) for number in range(1, 14)]
    assert {whole.credit.state for whole in wholes} == set(CreditState)
    assert {one.state for whole in wholes for one in whole.agreements} >= set(AgreementState) - {"declined"}
    for whole in wholes:
        view = whole.credit
        states = [step.state for step in whole.steps]
        assert states[0] is CreditState.REQUESTED
        assert states[-1] is view.state
        assert all(after in TRANSITIONS[before] for before, after in pairwise(states))
        assert view.release_agreement == (view.amount >= AGREEMENT_FROM)
        assert not view.ocr or OCR_ABOVE < view.amount < OCR_BELOW
        assert view.decided_by != view.requested_by or view.amount <= 50
        if view.months_issued and view.release_agreement:
            assert view.agreement is not None
            assert view.agreement.state is AgreementState.SIGNED
            assert document(desk, view.id).startswith(b"%PDF-")


def test_what_was_asked_for_is_told_before_what_became_of_it(demo: Store) -> None:
    told: dict[tuple[int, str], list[str]] = {}
    with demo.raw() as connection:
        for account, amount, action in connection.execute(
            "select account_id, detail ->> 'amount', action from audit_event"
            " where action like 'credit.%' and detail ->> 'amount' is not null order by id"
        ):
            told.setdefault((account, amount), []).append(action)
    assert told
    assert {actions[0] for actions in told.values()} == {"credit.request"}


def test_the_lead_has_something_to_decide_and_the_agent_something_to_do(demo: Store) -> None:
    jo, lead = sit(demo, "agent07"), sit(demo, "lead03")
    assert waiting_for_me(lead)[0].ocr
    assert {view.state for view in unfinished(jo)} >= {CreditState.REQUESTED, CreditState.APPROVED}
    assert any(credit(lead, view.id).together.passes for view in waiting_for_me(lead)), "a request in pieces"
    assert len(review_queue(lead)) >= 3
    assert len(questioned_for_me(jo)) == 1
    assert {item.kind for item in pending(jo).items} >= {ItemKind.CREDIT, ItemKind.COMPLAINT}


def test_complaints_stand_in_every_state_and_can_be_counted(demo: Store) -> None:
    lead = sit(demo, "lead03")
    found = complaints(lead)
    assert {view.state for view in found} == set(ComplaintState)
    for view in found:
        mail = complaint(lead, view.id).mail
        assert (mail is not None) == (view.state is ComplaintState.SENT)
    rows = report(lead, By.DEALER, date(2026, 1, 1), date(2026, 11, 22))
    assert len(rows) >= 3
    assert sum(row.count for row in rows) == len(found)
