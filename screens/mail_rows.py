"""What mail on its way out holds, as rows of content."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from textual.content import Content

from data.mail.rules import MailState
from screens import words

if TYPE_CHECKING:
    from data.mail.queue import MailView

INDENT = " " * 6  # under a mail's time, past its number
TO = 36  # cells of a mail's address
SIGNS = {
    MailState.WAITING: ("·", ""),
    MailState.GOING: ("·", ""),
    MailState.SENT: ("✓", "$text-success"),
    MailState.FAILED: ("!", "$text-error"),
    MailState.DOUBTFUL: ("▲", "$text-warning"),
}


def mail_state(mail: MailView) -> Content:
    """How far a mail is, with its sign."""
    return words.signed(mail.state, *SIGNS[mail.state])


def mail_row(mail: MailView, zone: ZoneInfo, today: date, width: int) -> Content:
    """A mail in the queue: when, how far, to whom, about what; below, why it did not go yet."""
    when = words.moment(mail.settled_at or mail.queued_at, zone, today)
    first = Content.assemble(
        (f"{mail.id:>4}  {when:<6} ", "$muted"),
        mail_state(mail),
        f"  {words.fit(mail.recipient, TO)} ",
        words.plain(mail.subject),
    )
    rows = [first.truncate(width, ellipsis=True)]
    if mail.error and mail.state is not MailState.SENT:
        again = f" Tried again {words.moment(mail.next_at, zone, today)}." if mail.state is MailState.WAITING else ""
        rows.append(Content(words.hang(f"{mail.error}{again}", width, INDENT, INDENT)).stylize("$muted"))
    return Content("\n").join(rows)
