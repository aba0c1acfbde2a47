"""What the verification dialog does in a worker, with the account's number first and the desk last."""

from __future__ import annotations

from typing import TYPE_CHECKING

from data.verification.rules import Method
from screens.verify_rows import TO_NUMBER

if TYPE_CHECKING:
    from data.desk import Desk
    from data.verification.views import CallView, Checked, Sent


def send(method: Method, number: str, to: str, desk: Desk) -> Sent:
    """Sends the link or the temporary PIN to the number or address of record."""
    from data.verification.records import Record
    from data.verification.verifying import send_link, send_temporary_pin

    record = Record.NUMBER if to == TO_NUMBER else Record.ADDRESS
    return (send_link if method is Method.LINK else send_temporary_pin)(desk, number, record)


def check_temporary_pin(number: str, typed: str, desk: Desk) -> Checked:
    """Compares the six digits that the caller read back."""
    from data.verification.verifying import check_temporary_pin as check

    return check(desk, number, typed)


def check_pin(number: str, typed: str, desk: Desk) -> Checked:
    """Compares the customer's own PIN."""
    from data.verification.own_pin import check_pin as check

    return check(desk, number, typed)


def set_pin(number: str, pin: str, desk: Desk) -> None:
    """Gives the customer a PIN of their own."""
    from data.verification.own_pin import set_pin as keep

    keep(desk, number, pin)


def pass_over(number: str, method: Method, desk: Desk) -> None:
    """Goes on to the next prompt."""
    from data.verification.verifying import pass_over as go_on

    go_on(desk, number, method)


def confirm(token: str, desk: Desk) -> None:
    """In a demo: opens the link as the customer."""
    from data.verification.verifying import open_link_in_demo

    open_link_in_demo(desk, token)


def call_back(number: str, desk: Desk) -> CallView:
    """The customer answered at the number of record."""
    from data.verification.verifying import call_back as note

    return note(desk, number)
