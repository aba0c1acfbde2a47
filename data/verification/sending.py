"""What goes to a customer's number or address of record: at once, by whoever takes mail away here.

A text message is a mail to the number at the operator's text gateway (CARELINE_TEXT_DOMAIN); without a mail server all
of it lands in the outbox folder. What is sent is nowhere in the store.
"""

from __future__ import annotations

import secrets

from data.desk import Desk
from data.errors import Refused
from data.mail.carriers import SENDER, Letter, NotTaken, Uncertain, carrier_for
from data.verification.records import Record
from data.verification.rules import SENT_FOR

OFFLINE_DOMAIN = "text.invalid"
MINUTES = int(SENT_FOR.total_seconds() // 60)
PIN_TEXT = "Your one-time PIN is {secret}. Tell it to the agent who asked you for it, and to nobody else."
LINK_TEXT = "Open this link to say that it is you on the phone with us: {secret}"
VALID = f" It holds for {MINUTES} minutes. If you did not call us, do nothing."


def text_address(desk: Desk, mdn: str) -> str | None:
    """The mail address that reaches that number as a text; None where no gateway is connected."""
    if desk.connections.text_domain:
        return f"{mdn}@{desk.connections.text_domain}"
    return None if desk.connections.smtp_url else f"{mdn}@{OFFLINE_DOMAIN}"


def mail_address(desk: Desk, record: Record, where: str) -> str:
    """Where a letter to that number or address of record goes. Raises Refused where texts can't be sent."""
    address = text_address(desk, where) if record is Record.NUMBER else where
    if address is None:
        raise Refused("Nothing that sends texts is connected.", "Send it to the address of record, or go on.")
    return address


class NotSent(Refused):
    """A message did not go. `surely`: nobody can have got it."""

    def __init__(self, surely: bool) -> None:
        super().__init__("The message could not be sent.", "Send it once more, or go on to the next step.")
        self.surely = surely


def hand_over(desk: Desk, address: str, text: str) -> None:
    """Sends `text` now. Raises NotSent where it did not go, or nobody knows whether it did."""
    mark = f"<{secrets.token_hex(16)}@careline.invalid>"
    letter = Letter(mark, desk.connections.mail_from or SENDER, address, "Is it you?", text, desk.now())
    try:
        carrier_for(desk.connections, desk.store.path).take(letter)
    except (NotTaken, Uncertain) as error:
        raise NotSent(surely=isinstance(error, NotTaken)) from None
