"""Who takes mail away: a folder of .eml files (the default), or an SMTP server."""

from __future__ import annotations

import os
import smtplib
import ssl
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from pathlib import Path
from typing import Protocol
from urllib.parse import unquote, urlsplit

from data.connections import Connections
from data.errors import Misused
from data.text import harmless

TIMEOUT = 20  # seconds
SENDER = "careline@localhost"


@dataclass(frozen=True)
class Letter:
    """What is handed over. `message_id` is the same however often it is tried."""

    message_id: str
    sender: str
    recipient: str
    subject: str
    body: str
    queued_at: datetime

    def __bytes__(self) -> bytes:
        message = EmailMessage(policy=SMTP)
        message["From"], message["To"] = harmless(self.sender), harmless(self.recipient)
        message["Subject"] = harmless(self.subject)  # no line end of anybody's begins a heading
        message["Date"], message["Message-ID"] = format_datetime(self.queued_at), self.message_id
        message.set_content(self.body)
        return message.as_bytes()


class NotTaken(Exception):
    """The mail certainly did not go. `passing`: whether it may go better later."""

    def __init__(self, reason: str, *, passing: bool) -> None:
        super().__init__(reason)
        self.passing = passing


class Uncertain(Exception):
    """The connection broke while the mail was handed over: nobody knows whether it went."""


class Carrier(Protocol):
    """Takes one mail away, or raises NotTaken or Uncertain. `repeats_safely`: the same mail twice arrives once."""

    @property
    def repeats_safely(self) -> bool: ...

    def take(self, letter: Letter) -> None: ...


@dataclass(frozen=True)
class Outbox:
    """Writes each mail into a folder as a .eml file named by its message id, whole or not at all."""

    folder: Path
    repeats_safely: bool = True

    def take(self, letter: Letter) -> None:
        path = self.folder / f"{letter.message_id.strip('<>').split('@')[0]}.eml"
        draft = path.with_suffix(".draft")
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            with draft.open("wb") as file:
                file.write(bytes(letter))
                file.flush()
                os.fsync(file.fileno())
            draft.replace(path)
        except OSError as error:
            raise NotTaken(f"{self.folder} can't be written: {error.strerror}.", passing=True) from None


@dataclass(frozen=True)
class SmtpServer:
    """Hands mail to the server at `url`: smtp://HOST:PORT (TLS where it offers that) or smtps://HOST.

    With a user and a password in the URL, nothing is said before TLS stands.
    """

    url: str
    repeats_safely: bool = False

    def take(self, letter: Letter) -> None:
        try:
            server = self._ready(letter)
        except smtplib.SMTPResponseException as error:
            raise _refused(error.smtp_code, error.smtp_error) from None
        except (OSError, smtplib.SMTPException) as error:
            raise NotTaken(f"The mail server did not take it: {error}.", passing=True) from None
        try:
            code, answer = server.data(bytes(letter))
        except smtplib.SMTPDataError as error:
            raise _refused(error.smtp_code, error.smtp_error) from None
        except (OSError, smtplib.SMTPException) as error:
            raise Uncertain(f"The connection broke while the mail was handed over: {error}.") from None
        finally:
            with suppress(OSError, smtplib.SMTPException):
                server.quit()
        if code != 250:
            raise _refused(code, answer)

    def _ready(self, letter: Letter) -> smtplib.SMTP:
        """A connection on which sender and recipient were accepted."""
        server = self._connected()
        try:
            for code, answer in (server.mail(letter.sender), server.rcpt(letter.recipient)):
                if code not in (250, 251):
                    raise smtplib.SMTPResponseException(code, answer)
        except BaseException:
            server.close()
            raise
        return server

    def _connected(self) -> smtplib.SMTP:
        at = urlsplit(self.url)
        host = at.hostname or "localhost"
        if at.scheme == "smtps":
            server: smtplib.SMTP = smtplib.SMTP_SSL(
                host, at.port or 465, timeout=TIMEOUT, context=ssl.create_default_context()
            )
        else:
            server = smtplib.SMTP(host, at.port or 25, timeout=TIMEOUT)
        try:
            server.ehlo()
            if at.scheme == "smtp" and (at.username or server.has_extn("starttls")):
                server.starttls(context=ssl.create_default_context())
                server.ehlo()
            if at.username:
                server.login(unquote(at.username), unquote(at.password or ""))
        except BaseException:
            server.close()
            raise
        return server


def carrier_for(connections: Connections, store: Path) -> Carrier:
    """Who takes mail away here. Raises Misused for an address that is none."""
    if not connections.smtp_url:
        return Outbox(Path(connections.outbox) if connections.outbox else store.with_suffix(".outbox"))
    at = urlsplit(connections.smtp_url)
    if at.scheme not in ("smtp", "smtps") or not at.hostname:
        raise Misused("CARELINE_SMTP_URL is not a mail server's address.", "Write smtp://HOST:PORT or smtps://HOST.")
    return SmtpServer(connections.smtp_url)


def _refused(code: int, answer: bytes | str) -> NotTaken:
    words = answer.decode("utf-8", "replace") if isinstance(answer, bytes) else answer
    return NotTaken(f"The mail server answered {code} {' '.join(words.split())[:160]}.", passing=400 <= code < 500)
