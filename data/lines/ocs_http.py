"""An online charging system asked over HTTP: `GET bucket?logicalResource.id=MSISDN`, as tmf654.py reads it."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NoReturn

from data.errors import Misused, NotFound, Refused
from data.identifiers import show_mdn
from data.lines.rules import Bucket, Reading
from data.lines.tmf654 import Unreadable, buckets_of, line_status, listed_buckets, reason

if TYPE_CHECKING:
    import httpx

    from data.lines.views import LineView

PAGE = 100  # buckets asked for at a time
MOST_PAGES = 10
MOST_BYTES = 1_000_000  # of one answer
PASSING = frozenset({429, 502, 503, 504})  # answers that may be better in a moment
LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})
AGAIN = "Try again in a moment; until then, go by the balances on the account."
ADMINISTRATOR = "Go by the balances on the account, and tell an administrator."


@dataclass(frozen=True)
class Patience:
    """How long an agent may wait, in seconds: to connect, between two parts of an answer, for all of an answer.

    `tries`: how often it is asked in all; `pause`: before the second try, doubled before each further one.
    """

    connect: float = 2.0
    read: float = 4.0
    whole: float = 8.0
    tries: int = 3
    pause: float = 0.25


@dataclass(frozen=True)
class HttpOcs:
    """The OCS at `address`, the root of its TMF654 API. `token`: sent as a bearer token where there is one.

    Raises Misused where `address` is none, or where a token would cross the network in the clear.
    """

    address: str
    token: str | None = field(default=None, repr=False)
    patience: Patience = Patience()
    sleep: Callable[[float], None] = time.sleep
    live: bool = True

    def __post_init__(self) -> None:
        import httpx

        try:
            url = httpx.URL(self.address)
        except httpx.InvalidURL:
            url = httpx.URL("")
        if url.scheme not in ("http", "https") or not url.host:
            raise Misused(f"“{self.address}” is not the address of a charging system.", "Give an https address.")
        if self.token and url.scheme == "http" and url.host not in LOOPBACK:
            raise Misused("The charging system's token must not travel in the clear.", "Give an https address.")

    def read(self, line: LineView) -> Reading:
        """The status and balances of a line that has a number.

        Raises NotFound where the OCS does not know the number, Refused where it can't be reached, says no, or
        answers something unreadable.
        """
        mdn = line.mdn or ""
        try:
            buckets = self._all_buckets(mdn)
        except Unreadable as error:
            raise Refused(f"The charging system's answer can't be read: {error}.", ADMINISTRATOR) from None
        if not buckets:
            raise _unknown(mdn)
        return Reading(line_status(bucket.status for bucket in buckets), tuple(buckets))

    def _all_buckets(self, mdn: str) -> list[Bucket]:
        buckets: list[Bucket] = []
        seen = 0
        with self._client() as client:
            for _ in range(MOST_PAGES):
                listed, total = self._page(client, mdn, seen)
                buckets += buckets_of(mdn, listed)
                seen += len(listed)
                if not listed or seen >= total:
                    return buckets
        raise Unreadable("it never ends")

    def _client(self) -> httpx.Client:
        import httpx

        headers = {"Accept": "application/json"} | ({"Authorization": f"Bearer {self.token}"} if self.token else {})
        timeout = httpx.Timeout(self.patience.read, connect=self.patience.connect)
        return httpx.Client(headers=headers, timeout=timeout, follow_redirects=False)

    def _page(self, client: httpx.Client, mdn: str, offset: int) -> tuple[list[Any], int]:
        """One page of buckets, and how many there are in all."""
        response, body = self._ask(client, {"logicalResource.id": f"1{mdn}", "limit": PAGE, "offset": offset})
        if response.status_code == 404:
            raise _unknown(mdn)
        if response.status_code not in (200, 206):
            _refuse(response.status_code, body)
        listed = listed_buckets(body)
        total = response.headers.get("X-Total-Count", "")
        return listed, int(total) if total.isdecimal() else 0

    def _ask(self, client: httpx.Client, wanted: dict[str, Any]) -> tuple[httpx.Response, bytes]:
        """Asks until there is an answer, `patience.tries` times at most: asking changes nothing."""
        import httpx

        trouble = Refused("The charging system was not asked.", ADMINISTRATOR)
        for attempt in range(self.patience.tries):
            if attempt:
                self.sleep(self.patience.pause * 2 ** (attempt - 1))
            try:
                with client.stream("GET", f"{self.address.rstrip('/')}/bucket", params=wanted) as response:
                    body = self._body(response)
            except (httpx.TimeoutException, TimeoutError):
                trouble = Refused("The charging system did not answer in time.", AGAIN)
            except httpx.DecodingError:
                raise Unreadable("its encoding is broken") from None
            except httpx.HTTPError:
                trouble = Refused("The charging system can't be reached.", AGAIN)
            else:
                if response.status_code not in PASSING:
                    return response, body
                trouble = Refused(f"The charging system is too busy to answer ({response.status_code}).", AGAIN)
        raise trouble

    def _body(self, response: httpx.Response) -> bytes:
        """All of an answer; one that drips or swells without end is cut off."""
        until = time.monotonic() + self.patience.whole
        body = b""
        for part in response.iter_bytes():
            body += part
            if len(body) > MOST_BYTES:
                raise Unreadable("it is far too long")
            if time.monotonic() > until:
                raise TimeoutError
        return body


def _unknown(mdn: str) -> NotFound:
    return NotFound(
        f"The charging system does not know {show_mdn(mdn)}.", "Check with the carrier whether the line is in service."
    )


def _refuse(status: int, body: bytes) -> NoReturn:
    """Raises what an answer other than 200 means."""
    if status in (401, 403):
        raise Refused(f"The charging system does not accept this console's sign-in ({status}).", ADMINISTRATOR)
    why = reason(body)
    raise Refused(f"The charging system refused ({status}){': ' + why if why else ''}.", ADMINISTRATOR)
