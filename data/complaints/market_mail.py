"""The mail to a Market about a complaint: built from the template, which names all that may be said of a customer."""

from __future__ import annotations

from collections.abc import Iterator

from sqlmodel import Session, select

from data.agents.rules import Permission
from data.cases.tables import Case
from data.complaints.queries import complaint_in
from data.complaints.rules import CUSTOMER_FIELDS, LEFT_OUT, SUBJECT, TEMPLATE, fields_of, fill
from data.complaints.tables import Complaint
from data.complaints.views import ComplaintView, Preview
from data.customers.tables import Account, Contact, Customer
from data.desk import Desk, permit
from data.errors import Refused
from data.identifiers import show_mdn
from data.lines.tables import Line
from data.operators.markets import market_with_id
from data.operators.queries import operator_in


def preview(desk: Desk, complaint_id: int) -> Preview:
    """The mail as it would go.

    Raises NotPermitted for who does not review, NotFound; Refused without a Market, or where that has no address.
    """
    permit(desk, Permission.REVIEW_COMPLAINTS)
    with desk.reading() as session:
        return preview_in(session, desk, complaint_id)


def preview_in(session: Session, desk: Desk, complaint_id: int) -> Preview:
    """`preview` within a snapshot that is already open."""
    view = complaint_in(session, complaint_id).complaint
    row = session.get_one(Complaint, complaint_id)
    market = market_with_id(session, row.market_id)
    if market is None:
        raise Refused(
            "Nobody has said which Market this complaint belongs to.",
            "Name it: M on the screen, --market with the command.",
        )
    if not market.email:
        raise Refused(
            f"The {market.name} Market has no address for complaints.", "An administrator sets it: careline market set."
        )
    facts = _facts(session, desk, view)
    hidden = tuple(_private(session, row))
    body = fill(TEMPLATE, facts, hidden, desk.today())
    written = sum(text.count(LEFT_OUT) for text in facts.values())
    return Preview(market.email, fill(SUBJECT, facts, hidden, desk.today()), body, body.count(LEFT_OUT) - written)


def _facts(session: Session, desk: Desk, view: ComplaintView) -> dict[str, str]:
    """What the template may ask for: about the customer only CUSTOMER_FIELDS, and only those that it names."""
    customer = {"customer": view.name, "account": view.account or ""}
    named = fields_of(TEMPLATE) & CUSTOMER_FIELDS
    return {
        "operator": operator_in(session).name,
        "market": view.market,
        "complaint": str(view.id),
        "day": f"{view.taken_at.astimezone(desk.agent.zone):%m-%d-%Y}",
        "case": view.case,
        "dealer": view.dealer,
        "store": view.store,
        "at_store": f", {view.store}" if view.store else "",
        "rep": view.rep,
        "about": view.about,
        "promised": view.promised,
        "happened": view.happened,
        "evidence": view.evidence,
    } | {name: customer[name] for name in named}


def _private(session: Session, row: Complaint) -> Iterator[str]:
    """What is known of the customer and stays here, in the forms in which it is written down."""
    case = session.get_one(Case, row.case_id)
    account = session.get(Account, case.account_id) if case.account_id else None
    if account is None:
        return
    who = session.get_one(Customer, account.customer_id)
    yield from (who.street, who.street2, who.zip)
    if who.birth_date:
        yield from (f"{who.birth_date:{form}}" for form in ("%m-%d-%Y", "%m/%d/%Y", "%Y-%m-%d", "%B %d, %Y"))
        yield f"{who.birth_date.month}/{who.birth_date.day}/{who.birth_date.year}"
    numbers = [line.mdn for line in session.exec(select(Line).where(Line.account_id == account.id)) if line.mdn]
    contacts = session.exec(select(Contact.value).where(Contact.customer_id == who.id)).all()
    for value in (*numbers, *contacts):
        yield from (value, show_mdn(value))
    for mdn in numbers:
        yield from (f"{mdn[3:6]}{between}{mdn[6:]}" for between in ("", " "))
