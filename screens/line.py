"""Service details of one line, and its OCS CSR where the carrier has one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import getters, on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from data.operators.functions import Place
from data.verification.rules import MASK, Field
from screens import functions, words
from screens.account_billing import AccountBilling
from screens.account_rows import WIDE
from screens.widgets.gauge import bar_row

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from data.lines.ocs import CsrView
    from data.lines.rules import Bucket
    from data.lines.views import LineView


ASK = "o asks the charging system for the status and balances of this moment."
ASK_LATER = "The charging system is asked once the caller is verified: v."
fact = partial(words.fact, width=words.LONG_LABEL)


class LineScreen(AccountBilling):
    """One line of the account `number`."""

    CSS_PATH = "line.tcss"
    HELP: ClassVar[str] = "The line as the store knows it. View OCS CSR asks the charging system for this moment."
    BINDINGS: ClassVar[list[BindingType]] = [
        *functions.bindings(Place.LINE),
        Binding("C", "new_case", "New case", id="line.new-case", tooltip="Open a case on this line"),
        Binding("p,ctrl+f6", "promotions", "Promotions", id="line.promotions", tooltip="What was promised here"),
        Binding("b,ctrl+f7", "bill", "Bill", id="line.bill", tooltip="The bill, beside what was quoted"),
        Binding("E,ctrl+f8", "eligibility", "Eligibility", id="line.eligibility", show=False,
                tooltip="Early upgrade, return by label, set-up fee, loyalty"),
        Binding("y", "copy", "Copy", id="line.copy", tooltip="Copy the phone number"),
    ]  # fmt: skip

    details = getters.query_one("#details", Static)
    device = getters.query_one("#device", Static)
    balances = getters.query_one("#balances", Static)
    csr = getters.query_one("#csr", Static)

    @dataclass
    class Loaded(Message):
        """The line came from the store."""

        line: LineView

    @dataclass
    class CsrCame(Message):
        """The OCS answered."""

        csr: CsrView

    def __init__(self, number: str, line_id: int) -> None:
        super().__init__()
        self.number = number
        self.line_id = line_id
        self.line: LineView | None = None

    @property
    def account_number(self) -> str:
        return self.number

    @property
    def masked(self) -> tuple[Field, ...]:
        return self.line.masked if self.line else ()

    def cover(self) -> None:
        from data.lines.queries import covered_line
        from data.verification.sight import ALL

        if self.line:
            self.show(self.Loaded(covered_line(self.line, ALL)))

    @property
    def line_number(self) -> str:
        return (self.line.mdn or "") if self.line else ""

    def compose_body(self) -> ComposeResult:
        yield Static("", id="line-title", classes="panel-title", markup=False)
        with Container(id="line"):
            with Vertical(classes="panel"):
                yield Static("Service", classes="panel-title")
                yield Static("", id="details", classes="facts", markup=False)
            with Vertical(classes="panel"):
                yield Static("Device", classes="panel-title")
                yield Static("", id="device", classes="facts", markup=False)
            with Vertical(classes="panel"):
                yield Static("What remains of this period", classes="panel-title")
                yield Static("", id="balances", classes="facts", markup=False)
            with Vertical(classes="panel", id="csr-panel"):
                yield Static("OCS CSR", classes="panel-title")
                yield Static("", id="csr", classes="facts", markup=False)

    def desk_came(self) -> None:
        self.load()

    @work(thread=True, exclusive=True, group="line")
    def load(self) -> None:
        from data.customers.queries import account

        with self.telling():
            lines = account(self.desk, self.number).lines
            self.post_message(self.Loaded(next(line for line in lines if line.id == self.line_id)))

    @on(Loaded)
    def show(self, message: Loaded) -> None:
        self.line = line = message.line
        heading = Content.assemble(words.phone(line.mdn), "  ", words.state(line.status), "  ", self.number)
        self.query_one("#line-title", Static).update(heading)
        room = panel_width(self.app.size.width)
        self.details.update(Content("\n").join(details(line, room)))
        self.device.update(Content("\n").join(device(line)))
        self.balances.update(Content("\n").join(remains(line)))
        self.query_one("#csr-panel").display = self.on_ocs
        masked = Field.BALANCES in line.masked
        self.csr.update(words.muted(ASK_LATER if masked else ASK))
        self.refresh_bindings()
        self.settle_focus()

    @property
    def on_ocs(self) -> bool:
        """Whether the line can be asked for live: its carrier is on the OCS, and it has a number."""
        return bool(self.line and self.line.mdn and self.line.carrier and self.line.carrier.ocs_enabled)

    def is_off(self, action: str) -> bool:
        masked = self.line is not None and Field.BALANCES in self.line.masked
        return action == "ocs" and (masked or not self.on_ocs)

    @work(thread=True, exclusive=True, group="csr")
    def action_ocs(self) -> None:
        from data.lines.ocs import view_csr

        with self.telling():
            self.post_message(self.CsrCame(view_csr(self.desk, self.line_id)))

    @on(CsrCame)
    def show_csr(self, message: CsrCame) -> None:
        self.csr.update(
            Content("\n").join(csr_rows(message.csr, self.desk.agent.zone, panel_width(self.app.size.width)))
        )
        self.call_after_refresh(self.query_one("#body").scroll_end, animate=False)

    def action_new_case(self) -> None:
        self.new_case(self.number, words.phone(self.line_number) if self.line_number else "")

    def action_copy(self) -> None:
        if self.line and self.line.mdn:
            self.copy(words.phone(self.line.mdn))


def panel_width(width: int) -> int:
    """The cells of a fact on a screen of `width` cells; from WIDE on, facts stand in two columns."""
    return (width - 6) // 2 - 2 if width >= WIDE else width - 6


def details(line: LineView, room: int) -> Iterator[Content]:
    """Telephone, carrier, plan, features; wrapped within `room` cells."""
    fact = partial(words.fact, width=words.LONG_LABEL, room=room)
    yield fact("Telephone", words.phone(line.mdn))
    if line.activated_on:
        yield fact("Active since", words.day(line.activated_on))
    yield fact("Carrier", carrier(line))
    if Field.PLAN in line.masked:
        yield fact("Plan", MASK)
        yield fact("Features", MASK)
        return
    yield fact("Plan", f"{line.plan.name}, {words.money(line.plan.monthly)} a month" if line.plan else "none")
    if line.plan:
        allowances = (line.plan.voice_minutes, line.plan.text_messages, line.plan.data_mb)
        shown = [f"{'unlimited' if much is None else f'{much:,}'} {unit}"
                 for much, unit in zip(allowances, ("min", "texts", "MB"), strict=True) if much != 0]  # fmt: skip
        yield fact("", ", ".join(shown))
    names = [f"{feature.name}, {words.money(feature.monthly)}" for feature in line.features]
    for place, name in enumerate(names or ["none"]):
        yield fact("" if place else "Features", name)


def carrier(line: LineView) -> str:
    """The carrier, and whether it is on the OCS."""
    if line.carrier is None:
        return "none"
    return f"{line.carrier.name} ({'on the OCS' if line.carrier.ocs_enabled else 'not on the OCS'})"


def device(line: LineView) -> Iterator[Content]:
    """Make and model, and each form of its numbers that a caller may read out."""
    if line.device is None:
        yield words.muted("No device is known for this line.")
        return
    yield fact("Handset", line.device.name or "unknown")
    if Field.DEVICE in line.masked:
        yield fact("Numbers", MASK)
    for label, text in line.device.forms:
        yield fact(label, text)


def remains(line: LineView) -> Iterator[Content]:
    """Each balance of the period, a bar a line, and the last day of the period."""
    if Field.BALANCES in line.masked:
        yield Content(MASK)
        yield words.muted("v verifies the caller, and this opens.")
        return
    for balance in line.balances:
        yield bar_row(balance)
    if line.balances:
        yield words.muted(f"through {words.day(line.balances[0].period_end)}")
    else:
        yield words.muted("Nothing is counted on this line in this period.")


def csr_rows(csr: CsrView, zone: ZoneInfo, room: int) -> Iterator[Content]:
    """The OCS's answer: the line's status, when that was said, and every balance; wrapped within `room` cells."""
    when = csr.as_of.astimezone(zone)
    source = "the charging system" if csr.live else "this store, offline"
    state = Content.assemble(words.state(csr.line_status), "  ")
    told = words.tucked(f"as of {when:%H:%M:%S}, from {source}", state.cell_length, room)
    yield Content.assemble(state, (told, "$muted"))
    for bucket in csr.balances:
        yield fact(bucket.name, bucket_text(bucket, zone))


def bucket_text(bucket: Bucket, zone: ZoneInfo) -> str:
    """ "712 min, through 11-30-2026" """
    amount = "unlimited" if bucket.remaining is None else f"{bucket.remaining:,} {bucket.unit}"
    reserved = f", {bucket.reserved:,} reserved" if bucket.reserved else ""
    odd = f" ({bucket.status})" if bucket.status != "active" else ""
    return f"{amount}{reserved}{through(bucket.ends_at, zone)}{odd}"


def through(ends_at: datetime | None, zone: ZoneInfo) -> str:
    """The last day before `ends_at`, the first moment when a balance no longer holds."""
    return f", through {words.day((ends_at - timedelta(seconds=1)).astimezone(zone).date())}" if ends_at else ""
