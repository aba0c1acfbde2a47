"""Free text that is kept anywhere goes one way: a card's or a Social Security number is turned down in all of it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlmodel import select

from data.agents import access
from data.agents.rules import Permission
from data.agents.tokens import make_token
from data.cases.filters import CaseFilter, save_filter
from data.customers.actions import edit_customer
from data.customers.rules import CustomerEdit
from data.desk import Desk, open_desk
from data.drafts.keeping import draft_at, save_draft
from data.errors import Invalid
from data.knowledge.actions import flag_article, settle_flag, write_article
from data.knowledge.queries import flags
from data.knowledge.rules import ArticleKind, Draft
from data.operators.tables import Operator
from data.promotions.actions import save_promotion
from data.store import Store
from data.verification.actions import begin_call, reveal
from data.verification.rules import Field, Method
from data.verification.verifying import pass_over, verify_rq
from tests.builders import add_customer
from tests.conftest import NOW

CARD = "Reads out 4111 1111 1111 1111 to show who he is"
TURNED_DOWN = r"This is a card number\. Its last four digits are enough\."
WORDS = "Reads out the last four digits"
MARIA = "SV000001"
ARTICLE = "who-calls"
PROMOTION = {
    "ost": "9001",
    "name": "Spring",
    "gives": "one-time credit",
    "amount": "100.00",
    "valid_from": "05-01-2030",
}
Write = Callable[[Desk, Desk, str], object]  # by an agent or a lead: a text


def rq(desk: Desk, _: Desk, text: str) -> object:
    begin_call(desk)
    return verify_rq(desk, [("Where did you buy it?", True), (text, True)])


def passed_over(desk: Desk, _: Desk, text: str) -> object:
    with desk.store.writing() as session:
        session.exec(select(Operator)).one().demo = True  # where links can be sent
    begin_call(desk, MARIA)
    return pass_over(desk, MARIA, Method.LINK, text)


def settled(desk: Desk, lead: Desk, text: str) -> object:
    flag_article(desk, ARTICLE, "A word is missing")
    return settle_flag(lead, flags(lead, ARTICLE)[0].id, text)


def answered(desk: Desk, lead: Desk, text: str) -> object:
    asked = access.request_access(desk, Permission.WRITE_ARTICLES, "To write").id
    return access.deny_access(lead, asked, text)


WRITTEN: dict[str, Write] = {
    "why it is revealed": lambda desk, _, text: reveal(desk, MARIA, Field.CONTACTS, text),
    "why a prompt is passed over": passed_over,
    "what was asked": rq,
    "why it is edited": lambda desk, _, text: edit_customer(desk, MARIA, 1, CustomerEdit(first_name="Mary"), text),
    "why access is asked for": lambda desk, _, text: access.request_access(desk, Permission.WRITE_ARTICLES, text),
    "why access is denied": answered,
    "what is wrong in an article": lambda desk, _, text: flag_article(desk, ARTICLE, text),
    "what was done about it": settled,
    "an article": lambda _, lead, text: write_article(
        lead, Draft("Who rings", ArticleKind.PROCEDURE, text, NOW.date())
    ),
    "what a promotion has read out": lambda _, lead, text: save_promotion(lead, PROMOTION | {"notes": text}),
    "a filter": lambda desk, _, text: save_filter(desk, "mine", CaseFilter(text=text)),
    "a token's name": lambda desk, _, text: make_token(desk, text),
}


def everything(store: Store) -> str:
    """All that stands in the store."""
    with store.raw() as connection:
        tables = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        return "\n".join(str(row) for (table,) in tables for row in connection.execute(f"SELECT * FROM {table}"))


@pytest.fixture
def lead(store: Store) -> Desk:
    return open_desk(store, "lead03", clock=lambda: NOW)


@pytest.fixture(autouse=True)
def there(desk: Desk, lead: Desk) -> None:
    """A customer, and an article to find fault with."""
    add_customer(desk, MARIA, first_name="Maria", last_name="Alvarez", phones=["2125550143"], mdns=["2125550143"])
    write_article(lead, Draft("Who calls", ArticleKind.PROCEDURE, "Ask.", NOW.date()), publish=True)


@pytest.mark.parametrize("place", WRITTEN)
def test_a_cards_number_is_kept_in_none(desk: Desk, lead: Desk, store: Store, place: str) -> None:
    with pytest.raises(Invalid, match=TURNED_DOWN):
        WRITTEN[place](desk, lead, CARD)
    assert "1111 1111" not in everything(store)


@pytest.mark.parametrize("place", WRITTEN)
def test_what_is_left_of_it_is(desk: Desk, lead: Desk, store: Store, place: str) -> None:
    WRITTEN[place](desk, lead, WORDS)
    assert WORDS in everything(store)


def test_a_draft_leaves_the_field_out_that_holds_one(desk: Desk, store: Store) -> None:
    save_draft(desk, "a form", {"subject": "Late bill", "text": CARD})
    kept = draft_at(desk, "a form")
    assert kept is not None
    assert kept.typed == {"subject": "Late bill"}
    assert "1111 1111" not in everything(store)
