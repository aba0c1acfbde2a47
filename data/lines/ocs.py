"""View OCS CSR: a line's status and every balance, as the online charging system (OCS) has them this moment.

The OCS stands behind a protocol: `EmbeddedOcs` answers offline from the store and is the default; `HttpOcs` in
ocs_http.py asks a real one.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from decimal import Decimal
from typing import Protocol

from data.desk import Desk
from data.errors import Refused
from data.identifiers import show_mdn
from data.lines.ocs_http import HttpOcs
from data.lines.queries import customer_of, line_in
from data.lines.rules import UNITS, BalanceKind, Bucket, LineStatus, Reading, Usage
from data.lines.views import BalanceView, LineView
from data.verification.rules import Field
from data.verification.sight import see


@dataclass(frozen=True)
class CsrView:
    """The OCS CSR of a line. `live`: whether a real OCS was asked, or this store answered for it."""

    mdn: str
    line_status: str
    balances: tuple[Bucket, ...]
    as_of: datetime
    live: bool


class Ocs(Protocol):
    """What an online charging system must answer."""

    @property
    def live(self) -> bool:
        """Whether the answer comes from outside this store."""

    def read(self, line: LineView) -> Reading:
        """The status and balances of a line that has a number. Raises Refused where there is no answer to be had."""


@dataclass(frozen=True)
class EmbeddedOcs:
    """Answers from the store, as of the last that it was told."""

    desk: Desk
    live: bool = False

    def read(self, line: LineView) -> Reading:
        return Reading(line.status.value, tuple(self._bucket(balance) for balance in line.balances))

    def _bucket(self, balance: BalanceView) -> Bucket:
        next_day = balance.period_end + timedelta(days=1)
        return Bucket(
            name=NAMES[balance.kind],
            usage=USAGES[balance.kind],
            unit=UNITS[balance.kind],
            remaining=None if balance.remaining is None else Decimal(balance.remaining),
            ends_at=datetime.combine(next_day, time.min, self.desk.agent.zone).astimezone(UTC),
        )


NAMES = {BalanceKind.VOICE: "Minutes", BalanceKind.TEXT: "Text messages", BalanceKind.DATA: "Data"}
USAGES = {BalanceKind.VOICE: Usage.VOICE, BalanceKind.TEXT: Usage.TEXT, BalanceKind.DATA: Usage.DATA}
BALANCES = "Go by the balances on the account."


def ocs_for(desk: Desk) -> Ocs:
    """The OCS that this desk is connected to: a real one where its address is known, else the embedded one."""
    if desk.connections.ocs_url is None:
        return EmbeddedOcs(desk)
    return HttpOcs(desk.connections.ocs_url, desk.connections.ocs_token)


def view_csr(desk: Desk, line_id: int, ocs: Ocs | None = None) -> CsrView:
    """What the OCS knows of that line now.

    Raises NotFound where there is no such line, Refused where no caller is verified, where it has no number, is no
    longer in service (its number may be somebody else's by now), where its carrier is not on the OCS, or the OCS gives
    no answer.
    """
    with desk.reading() as session:
        see(session, desk, customer_of(session, line_id), Field.BALANCES)
        line = line_in(session, line_id, desk.today())
    asked = ocs or ocs_for(desk)
    mdn = _askable(line)
    reading = asked.read(line)
    return CsrView(mdn, reading.status, reading.buckets, desk.now(), asked.live)


def _askable(line: LineView) -> str:
    """The number by which the OCS may be asked of that line. Raises Refused, in words, where it may not."""
    if line.mdn is None:
        raise Refused("This line has no number yet, so the charging system can't be asked.", BALANCES)
    if line.status is LineStatus.DISCONNECTED:
        raise Refused(
            f"{show_mdn(line.mdn)} is no longer in service on this account.",
            "Somebody else may have the number by now; search for it to see.",
        )
    if line.carrier is None or not line.carrier.ocs_enabled:
        who = line.carrier.name if line.carrier else "the carrier"
        raise Refused(f"{show_mdn(line.mdn)} can't be read live: {who} is not on the charging system.", BALANCES)
    return line.mdn
