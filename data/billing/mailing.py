"""The next bill's estimate by mail: seen before it goes, to the mail address of record only, kept in the audit.

47 CFR 64.2010 (c): an address of record is one that has been with the account for at least 30 days.
"""

from __future__ import annotations

import hashlib

from sqlmodel import Session

from data import money
from data.agents.rules import Permission
from data.billing.masking import account_with_bills
from data.billing.queries import estimate_in
from data.billing.views import BillView, Letter
from data.customers.tables import Account
from data.desk import Desk, action
from data.errors import Refused
from data.mail.queue import ESTIMATE, queue_mail
from data.operators.queries import operator_in
from data.operators.rules import is_mail_address
from data.verification.records import address_of_record, first_mail_address
from data.verification.rules import Field
from data.verification.sight import masked, sight_in

AMOUNT_AT = 56  # the column in which amounts end
LONGEST_TEXT = 42  # characters of what stands before one


def estimate_letter(desk: Desk, account: str) -> Letter:
    """The mail as it would go, its address as far as that may be seen.

    Raises NotFound where there is no such account, Refused where its bills are masked.
    """
    with desk.reading() as session:
        row = account_with_bills(session, desk, account)
        return _seen(session, desk, row, _letter(session, desk, row))


@action("bill.mail_estimate", needs=Permission.WORK_CASES)
def mail_estimate(desk: Desk, account: str) -> Letter:
    """Queues the estimate to the customer's mail address of record.

    Raises NotFound; Refused where there is no address, where it is newer than 30 days, or where this very estimate
    was queued already.
    """
    row = account_with_bills(desk.session, desk, account)
    letter = _letter(desk.session, desk, row)
    if not is_mail_address(letter.to):
        raise Refused("There is no mail address of record on this account.", "Read the estimate to the customer.")
    if address_of_record(desk.session, desk, row.customer_id) is None:
        raise Refused(
            "The mail address has been with the account for less than 30 days.",
            "Read the estimate to the verified customer, or send it to the address of record by post.",
        )
    mark = hashlib.sha256(repr(letter.bill).encode()).hexdigest()  # what it comes to stands in no list of mail
    queue_mail(desk, f"{ESTIMATE}{row.number}/{letter.bill.bill_on}/{mark}", letter.to, letter.subject, letter.body)
    desk.event.tell(account_id=row.id, bill_on=letter.bill.bill_on.isoformat())
    return _seen(desk.session, desk, row, letter)


def _seen(session: Session, desk: Desk, account: Account, letter: Letter) -> Letter:
    return masked(letter, sight_in(session, desk).hidden(account.customer_id), {"to": Field.CONTACTS})


def _letter(session: Session, desk: Desk, account: Account) -> Letter:
    bill = estimate_in(session, desk, account)
    operator = operator_in(session).name
    to = first_mail_address(session, account.customer_id) or ""
    subject = f"Your next bill from {operator}, an estimate"
    return Letter(to, subject, _body(bill, operator, desk.today().strftime("%m-%d-%Y")), bill)


def _body(bill: BillView, operator: str, today: str) -> str:
    lines = [
        "Hello,",
        "",
        f"this is what your bill of {bill.bill_on:%m-%d-%Y} will come to, as things stood on {today}:",
        "",
        *(
            _row(f"{item.line[-4:] + ' ' if item.line else ''}{item.text}", money.show(item.amount))
            for item in bill.items
        ),
        _row("Together", money.show(bill.total)),
        "",
        "What you use, change or pay until then can change it. Numbers stand with their last four digits.",
        "",
        operator,
    ]
    return "\n".join(lines)


def _row(text: str, amount: str) -> str:
    shown = text[:LONGEST_TEXT]
    dots = "." * max(2, AMOUNT_AT - 2 - len(shown) - len(amount))
    return f"{shown} {dots} {amount}"
