"""The queue of mail: what is written into it goes once, is tried again where it surely did not go, and can be seen.

A mail is queued in the transaction of what it tells of. To be sent it is claimed first, in a transaction of its own;
one whose handing over broke off is doubtful, and a person says what becomes of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, or_
from sqlmodel import Session, col, select

from data.agents.rules import Permission
from data.desk import Desk, action, permit
from data.errors import Invalid, NotFound, Refused
from data.mail.carriers import SENDER, Carrier, Letter, NotTaken, Uncertain, carrier_for
from data.mail.rules import HANDING_OVER, TRANSITIONS, MailState, pause
from data.mail.tables import Mail
from data.operators.rules import is_mail_address
from data.text import clean, clean_lines
from data.verification.rules import MASK

BODY_LIMIT = 20_000  # characters
MOST_AT_ONCE = 500  # mails that one delivery hands over
TO_CUSTOMER = "customer:"  # how the key of a notice to a customer begins
ESTIMATE = "estimate/"  # … of a bill's estimate; its last part is the queue's own
TO_CUSTOMERS = (TO_CUSTOMER, ESTIMATE)  # how the keys of all mails to customers begin
CUSTOMER = "the customer"  # what the queue says of where such a mail goes


@dataclass(frozen=True)
class MailView:
    """A mail as the queue shows it. `next_at`: when it is tried again, while it waits; `error`: why it did not go.

    Of a mail to a customer the queue tells neither the address nor the text.
    """

    id: int
    key: str
    recipient: str
    subject: str
    body: str
    state: MailState
    tries: int
    next_at: datetime
    error: str
    queued_by: str
    queued_at: datetime
    settled_at: datetime | None


@dataclass(frozen=True)
class Delivery:
    """What one delivery did: how many went, stayed for later, failed for good, or are doubtful."""

    sent: int = 0
    waiting: int = 0
    failed: int = 0
    doubtful: int = 0


def queue_mail(desk: Desk, key: str, recipient: str, subject: str, body: str) -> None:
    """Queues a mail in the action that runs. `key`: what it is for; the same thing is queued once only.

    Raises Invalid for a recipient that is no mail address, Refused where a mail for that is in the queue already.
    """
    if not is_mail_address(recipient):
        raise Invalid({"recipient": f"“{clean(recipient, 60)}” is not a mail address."}, "Nothing was sent.")
    if desk.session.exec(select(Mail.id).where(Mail.key == key)).first() is not None:
        raise Refused("A mail about this is in the queue already.", "`careline mail list` shows how far it is.")
    mark = f"{desk.random.getrandbits(128):032x}"
    desk.session.add(
        Mail(
            key=key,
            message_id=f"<{mark}@careline.invalid>",
            recipient=recipient,
            subject=clean(subject),
            body=clean_lines(body, BODY_LIMIT),
            state=MailState.WAITING,
            next_at=desk.now(),
            queued_by=desk.agent.name,
            queued_at=desk.now(),
        )
    )


def mail_queue(desk: Desk, *, settled: bool = False, limit: int = 200) -> tuple[MailView, ...]:
    """What is not sent yet, the oldest first; with `settled` all mail, the latest first.

    Raises NotPermitted for who sends no mail.
    """
    permit(desk, Permission.SEND_MAIL)
    wanted = select(Mail).order_by(col(Mail.id).desc() if settled else col(Mail.id)).limit(limit)
    if not settled:
        wanted = wanted.where(Mail.state != MailState.SENT)
    with desk.reading() as session:
        return tuple(_view(row) for row in session.exec(wanted))


def mail_about(session: Session, key: str) -> MailView | None:
    """The mail that was queued under `key`, if there is one."""
    row = session.exec(select(Mail).where(Mail.key == key)).first()
    return _view(row) if row else None


def deliver(desk: Desk, carrier: Carrier | None = None) -> Delivery:
    """Hands over what is due, one by one; what can't go stays. Several may deliver at once: each mail goes once."""
    permit(desk, Permission.SEND_MAIL)
    by = carrier or carrier_for(desk.connections, desk.store.path)
    counts = dict.fromkeys(MailState, 0)
    for _ in range(MOST_AT_ONCE):
        if not _is_due(desk) or (claimed := _claim(desk, by.repeats_safely)) is None:
            break
        mail_id, letter = claimed
        counts[_hand_over(desk, by, mail_id, letter) if letter else MailState.DOUBTFUL] += 1
    return Delivery(
        counts[MailState.SENT], counts[MailState.WAITING], counts[MailState.FAILED], counts[MailState.DOUBTFUL]
    )


@action("mail.retry", needs=Permission.SEND_MAIL)
def try_again(desk: Desk, mail_id: int) -> MailView:
    """Queues anew what failed or is doubtful. Raises NotFound; Refused where it went, or is on its way."""
    row = _row(desk.session, mail_id)
    _move(row, MailState.WAITING)
    row.tries, row.next_at, row.error, row.settled_at = 0, desk.now(), "", None
    desk.event.tell(mail=row.key)
    return _view(row)


@action("mail.arrived", needs=Permission.SEND_MAIL)
def note_arrived(desk: Desk, mail_id: int) -> MailView:
    """Notes that a doubtful mail did arrive. Raises NotFound, Refused where it is not doubtful."""
    row = _row(desk.session, mail_id)
    if row.state != MailState.DOUBTFUL:
        raise Refused(f"This mail is {row.state}, not doubtful.", "Nothing was changed.")
    _move(row, MailState.SENT)
    row.settled_at = desk.now()
    desk.event.tell(mail=row.key)
    return _view(row)


def _is_due(desk: Desk) -> bool:
    due = select(Mail.id).where(_due(desk.now())).limit(1)
    with desk.reading() as session:
        return session.exec(due).first() is not None


@action("mail.claim", needs=Permission.SEND_MAIL)
def _claim(desk: Desk, repeats_safely: bool) -> tuple[int, Letter | None] | None:
    """Takes the next mail that is due; no Letter where it was claimed before and nobody knows how that ended."""
    row = desk.session.exec(select(Mail).where(_due(desk.now())).order_by(col(Mail.id)).limit(1)).first()
    if row is None or row.id is None:
        return None
    desk.event.tell(mail=row.key)
    if row.state == MailState.GOING and not repeats_safely:
        _move(row, MailState.DOUBTFUL)
        row.error, row.settled_at = "Careline ended while this mail was handed over.", desk.now()
        return row.id, None
    row.state = MailState.GOING
    row.tries += 1
    row.next_at = desk.now() + HANDING_OVER
    desk.session.add(row)
    sender = desk.connections.mail_from or SENDER
    return row.id, Letter(row.message_id, sender, row.recipient, row.subject, row.body, row.queued_at)


def _hand_over(desk: Desk, carrier: Carrier, mail_id: int, letter: Letter) -> MailState:
    try:
        carrier.take(letter)
    except NotTaken as error:
        return _settle(desk, mail_id, MailState.WAITING if error.passing else MailState.FAILED, str(error))
    except Uncertain as error:
        return _settle(desk, mail_id, MailState.DOUBTFUL, str(error))
    return _settle(desk, mail_id, MailState.SENT, "")


@action("mail.settle", needs=Permission.SEND_MAIL)
def _settle(desk: Desk, mail_id: int, state: MailState, error: str) -> MailState:
    row = _row(desk.session, mail_id)
    wait = pause(row.tries) if state is MailState.WAITING else None
    wanted = MailState.FAILED if state is MailState.WAITING and wait is None else state
    desk.event.tell(mail=row.key, state=wanted, error=error)
    if wanted not in TRANSITIONS[MailState(row.state)]:
        return MailState(row.state)  # it took so long that somebody else settled it
    row.state, row.error = wanted, error
    if wait:
        row.next_at = desk.now() + wait
    else:
        row.settled_at = desk.now()
    return wanted


def _due(now: datetime) -> ColumnElement[bool]:
    unsettled = or_(col(Mail.state) == MailState.WAITING, col(Mail.state) == MailState.GOING)
    return and_(unsettled, col(Mail.next_at) <= now)


def _row(session: Session, mail_id: int) -> Mail:
    row = session.exec(select(Mail).where(Mail.id == mail_id).with_for_update()).one_or_none()
    if row is None:
        raise NotFound(f"There is no mail {mail_id} in the queue.", "`careline mail list --all` shows all of it.")
    return row


def _move(row: Mail, wanted: MailState) -> None:
    if wanted not in TRANSITIONS[MailState(row.state)]:
        raise Refused(f"This mail is {row.state}.", "It is left as it is.")
    row.state = wanted


def _view(row: Mail) -> MailView:
    fields = {name: getattr(row, name) for name in MailView.__dataclass_fields__}
    if row.key.startswith(TO_CUSTOMERS):
        fields |= {"recipient": CUSTOMER, "body": MASK}
    if row.key.startswith(ESTIMATE):
        fields["key"] = row.key.rpartition("/")[0]
    return MailView(**fields | {"state": MailState(row.state)})
