"""Mail: it goes once, is tried again where it surely did not go, and whoever looks sees how far it is."""

from __future__ import annotations

import random
import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller

from data.agents.rules import Permission
from data.connections import Connections
from data.desk import Desk, action, open_desk
from data.errors import Misused, NotFound, Refused
from data.mail.carriers import Letter, Outbox, SmtpServer, carrier_for
from data.mail.queue import Delivery, deliver, mail_queue, note_arrived, queue_mail, try_again
from data.mail.rules import PAUSES, TRANSITIONS, MailState, pause
from data.store import Store
from tests.conftest import NOW


@action("test.queue", needs=Permission.SEND_MAIL)
def queue(desk: Desk, key: str, subject: str = "Subject") -> None:
    queue_mail(desk, key, "market@carrier.example", subject, "Body with ü and €\nand a line.")


def sit(store: Store, at: datetime = NOW, **connections: Any) -> Desk:
    return open_desk(store, "lead03", clock=lambda: at, random=random.Random(7), connections=Connections(**connections))


@pytest.fixture
def lead(store: Store) -> Desk:
    return sit(store)


@dataclass
class Mailbox:
    """A mail server's mind: what it received, and what it says to the next ones."""

    received: list[EmailMessage] = field(default_factory=list)
    recipient_answers: list[str] = field(default_factory=list)
    answers: list[str] = field(default_factory=list)

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:  # noqa: N802
        answer = self.recipient_answers.pop(0) if self.recipient_answers else "250 OK"
        if answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        answer = self.answers.pop(0) if self.answers else "250 OK"
        if answer == "hang up":
            server.transport.abort()
        if answer.startswith("250") or answer == "hang up":
            self.received.append(message_from_bytes(envelope.content, policy=default))
        return answer


@pytest.fixture
def mailbox() -> Mailbox:
    return Mailbox()


@pytest.fixture
def smtp(mailbox: Mailbox) -> Iterator[str]:
    """The address of a real mail server on loopback."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = Controller(mailbox, hostname="127.0.0.1", port=port)
    server.start()
    yield f"smtp://127.0.0.1:{port}"
    server.stop()


def states(desk: Desk) -> list[str]:
    return [mail.state for mail in mail_queue(desk, settled=True)]


def test_by_default_it_becomes_a_file_beside_the_store(lead: Desk) -> None:
    queue(lead, "one", "Complaint 1, Čapek’s")
    assert deliver(lead) == Delivery(sent=1)
    (file,) = lead.store.path.with_suffix(".outbox").iterdir()
    message = message_from_bytes(file.read_bytes(), policy=default)
    assert (message["To"], message["Subject"]) == ("market@carrier.example", "Complaint 1, Čapek’s")
    assert message["Message-ID"].strip("<>").split("@")[0] == file.stem
    assert message.get_body().get_content().splitlines() == ["Body with ü and €", "and a line."]
    assert deliver(lead) == Delivery()
    assert states(lead) == ["sent"]


def test_the_same_thing_is_queued_once(lead: Desk) -> None:
    queue(lead, "one")
    with pytest.raises(Refused, match="in the queue already"):
        queue(lead, "one")
    assert len(mail_queue(lead)) == 1


def test_a_subject_of_several_lines_is_no_header(lead: Desk) -> None:
    queue(lead, "one", "Subject\nBcc: thief@example.com")
    assert deliver(lead) == Delivery(sent=1)
    (file,) = lead.store.path.with_suffix(".outbox").iterdir()
    message = message_from_bytes(file.read_bytes(), policy=default)
    assert (message["Bcc"], message["Subject"]) == (None, "Subject Bcc: thief@example.com")


def test_a_folder_that_cannot_be_written_is_tried_later(store: Store, tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file")
    queue(sit(store), "one")
    assert deliver(sit(store, outbox=str(tmp_path / "taken"))) == Delivery(waiting=1)
    assert "can't be written" in mail_queue(sit(store))[0].error
    assert deliver(sit(store, outbox=str(tmp_path / "free"))) == Delivery(), "not yet"
    later = sit(store, NOW + PAUSES[0], outbox=str(tmp_path / "free"))
    assert deliver(later) == Delivery(sent=1)


def test_it_goes_to_a_mail_server(store: Store, smtp: str, mailbox: Mailbox) -> None:
    desk = sit(store, smtp_url=smtp, mail_from="care@northline.example")
    queue(desk, "one")
    queue(desk, "two")
    assert deliver(desk) == Delivery(sent=2)
    assert [message["From"] for message in mailbox.received] == ["care@northline.example"] * 2
    assert len({message["Message-ID"] for message in mailbox.received}) == 2


def test_a_passing_refusal_is_tried_again_and_a_final_one_is_not(store: Store, smtp: str, mailbox: Mailbox) -> None:
    desk = sit(store, smtp_url=smtp)
    queue(desk, "busy")
    queue(desk, "unknown")
    mailbox.recipient_answers = ["451 Try later", "550 No such mailbox"]
    assert deliver(desk) == Delivery(waiting=1, failed=1)
    assert "550 No such mailbox" in next(mail.error for mail in mail_queue(desk) if mail.key == "unknown")
    assert deliver(sit(store, NOW + timedelta(days=1), smtp_url=smtp)) == Delivery(sent=1)
    assert len(mailbox.received) == 1


def test_a_server_that_is_away_is_tried_with_longer_pauses_and_then_given_up(store: Store) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        nobody = f"smtp://127.0.0.1:{free.getsockname()[1]}"
    moment = NOW
    queue(sit(store), "one")
    for wait in PAUSES:
        assert deliver(sit(store, moment, smtp_url=nobody)) == Delivery(waiting=1)
        moment += wait
    desk = sit(store, moment, smtp_url=nobody)
    assert deliver(desk) == Delivery(failed=1)
    (mail,) = mail_queue(desk)
    assert mail.tries == len(PAUSES) + 1
    assert try_again(desk, mail.id).state is MailState.WAITING
    assert deliver(desk, Outbox(store.path.parent / "out")) == Delivery(sent=1)


def test_a_connection_that_breaks_at_the_end_is_not_repeated(store: Store, smtp: str, mailbox: Mailbox) -> None:
    desk = sit(store, smtp_url=smtp)
    queue(desk, "one")
    mailbox.answers = ["hang up"]
    assert deliver(desk) == Delivery(doubtful=1)
    assert deliver(sit(store, NOW + timedelta(days=2), smtp_url=smtp)) == Delivery()
    assert len(mailbox.received) == 1, "it had arrived: a second one would be one too many"
    (mail,) = mail_queue(desk)
    assert note_arrived(desk, mail.id).state is MailState.SENT
    with pytest.raises(Refused):
        try_again(desk, mail.id)


@dataclass
class Killed:
    """A carrier in whose hands Careline ends."""

    repeats_safely: bool

    def take(self, letter: Letter) -> None:
        raise KeyboardInterrupt


@pytest.mark.parametrize(("safely", "after"), [(True, Delivery(sent=1)), (False, Delivery(doubtful=1))])
def test_what_was_being_handed_over_when_careline_ended(store: Store, safely: bool, after: Delivery) -> None:
    desk = sit(store)
    queue(desk, "one")
    with pytest.raises(KeyboardInterrupt):
        deliver(desk, Killed(safely))
    again = replace(Outbox(store.path.parent / "out"), repeats_safely=safely)
    assert deliver(desk, again) == Delivery(), "somebody may still be at it"
    assert deliver(sit(store, NOW + timedelta(hours=1)), again) == after


def test_a_file_written_twice_is_one_file(tmp_path: Path) -> None:
    letter = Letter("<ab@careline.invalid>", "a@example.com", "b@example.com", "S", "B", NOW)
    for _ in range(2):
        Outbox(tmp_path).take(letter)
    assert [file.name for file in tmp_path.iterdir()] == ["ab.eml"]


def test_two_who_deliver_at_once_send_each_mail_once(store: Store) -> None:
    @dataclass
    class Counting:
        repeats_safely: bool = False
        taken: list[str] = field(default_factory=list)

        def take(self, letter: Letter) -> None:
            self.taken.append(letter.message_id)

    desk = sit(store)
    for number in range(12):
        queue(desk, f"mail {number}")
    carrier = Counting()
    threads = [threading.Thread(target=deliver, args=(sit(store), carrier)) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(carrier.taken) == len(set(carrier.taken)) == 12
    assert set(states(sit(store))) == {"sent"}


def test_who_may_not_send_does_not(desk: Desk, lead: Desk) -> None:
    queue(lead, "one")
    with pytest.raises(Refused, match="may not send mail"):
        deliver(desk)
    with pytest.raises(NotFound):
        try_again(lead, 99)


def test_an_address_that_is_none_is_told(store: Store) -> None:
    for wrong in ("mail.example.com", "http://mail.example.com", "smtp://"):
        with pytest.raises(Misused, match="CARELINE_SMTP_URL"):
            carrier_for(Connections(smtp_url=wrong), store.path)
    assert "secret" not in repr(Connections(smtp_url="smtp://me:secret@mail.example.com"))


def test_a_password_is_not_said_without_encryption(smtp: str, mailbox: Mailbox) -> None:
    letter = Letter("<ab@careline.invalid>", "a@example.com", "b@example.com", "S", "B", NOW)
    with pytest.raises(Exception, match="STARTTLS"):
        SmtpServer(smtp.replace("//", "//me:secret@")).take(letter)
    assert mailbox.received == []


def test_a_mail_that_went_stays_so() -> None:
    assert TRANSITIONS[MailState.SENT] == frozenset()
    assert MailState.SENT not in TRANSITIONS[MailState.FAILED]
    assert (pause(1), pause(len(PAUSES) + 1)) == (PAUSES[0], None)
