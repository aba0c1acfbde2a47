"""Asking for a credit: while the form is filled it says which way the request will go, and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual import getters, on, work
from textual.app import ComposeResult
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Static

from data import money
from data.cases.rules import SUBJECT_LIMIT, Category
from data.credits.rules import ONCE_ONLY, AskedOf, CreditKind, CreditRequest, wrong_request
from data.errors import Invalid, Misused
from data.text import clean
from screens import credit_rows, words
from screens.form import Field, Form, Values
from screens.sheet import Sheet
from screens.widgets.one_of import OneOf

if TYPE_CHECKING:
    from decimal import Decimal

    from data.cases.views import CaseRow
    from data.credits.routing import Way
    from data.credits.views import WholeCredit
    from data.desk import Desk

NEW, NONE = "new", "none"  # instead of a case's number
TOLD = 72  # cells of what the form says below its fields
KINDS = (CreditKind.BILL_CREDIT, *(kind for kind in CreditKind if kind is not CreditKind.BILL_CREDIT))
ABOUT = {
    CreditKind.BILL_CREDIT: Category.BILLING,
    CreditKind.VZ_PROMO: Category.PROMOTION,
    CreditKind.ACCESSORY_COUPON: Category.SET_UP_FEE,
    CreditKind.SETUP_FEE: Category.SET_UP_FEE,
    CreditKind.OTHER: Category.OTHER,
}
"""What a case is about that is opened for a credit of that kind."""
DECISIVE = ("case", "kind", "amount", "months", "market")  # the fields that the way depends on
FIRST = "Type an amount: here stands which way the request will go, and why."
WALK = "A set-up fee is explained first, then an accessory coupon is offered. Saving walks you through it."


@dataclass
class CreditTarget:
    """Where a credit is asked for: on `case`, or on `account` and a case of it that the form names.

    `opened`: the number of the case that was opened for it, so that a second try opens no second one.
    """

    case: str = ""
    account: str = ""
    opened: str = ""

    def case_of(self, values: Values) -> str:
        """The number of the case that the form names; "" for none, and for a new one that is not opened yet."""
        named = values.get("case", self.case)
        return {NEW: self.opened, NONE: ""}.get(named, named)

    def request(self, values: Values) -> CreditRequest:
        """The request that the form holds. Raises Invalid or Misused for what can't be read."""
        kind, months = CreditKind(values["kind"]), values["months"].strip() or "1"
        if not months.isdecimal():
            raise Invalid({"months": "Over how many months is a number, such as 36."})
        asked_of = AskedOf(values["asked_of"])
        return CreditRequest(
            kind=kind,
            amount=_amount(values["amount"]),
            reason=values["reason"],
            case=self.case_of(values),
            account=self.account,
            months=1 if kind in ONCE_ONLY else int(months),
            asked_of=asked_of,
            dealer=values["dealer"] if asked_of is AskedOf.DEALER else "",
            related_to=values["related_to"],
            evidence=values["evidence"],
            market=values["market"],
        )

    def ask(self, desk: Desk, values: Values) -> WholeCredit:
        """Asks for what the form holds; opens the case first, where a new one is wanted."""
        from data.credits.actions import request_credit

        if values.get("case") == NEW and not self.opened:
            if wrong := wrong_request(self.request(values)):
                raise Invalid(wrong)
            self.opened = self._open_case(desk, values)
        return request_credit(desk, self.request(values))

    def _open_case(self, desk: Desk, values: Values) -> str:
        """Opens the case that the request will belong to; its number."""
        from data.cases.actions import open_case

        subject = clean(values["reason"] or values["related_to"] or values["kind"], SUBJECT_LIMIT)
        return open_case(desk, subject, account=self.account, category=ABOUT[CreditKind(values["kind"])]).number


def _amount(text: str) -> Decimal:
    """The amount that stands in its field. Raises Invalid, so that the field is marked."""
    try:
        return money.parse(text)
    except Misused as error:
        raise Invalid({"amount": error.reason}, error.remedy) from None


def credit_form(case: str = "", *, account: str = "", cases: Sequence[CaseRow] = (), kind: str = "") -> CreditForm:
    """A form that asks for a credit on a case, or on an account whose open `cases` one may choose from."""
    target = CreditTarget(case, account)
    where = f"case {case}" if case else f"account {account}"
    fields = [
        Field("kind", "What", kind or CreditKind.BILL_CREDIT, options=tuple((one, one) for one in KINDS)),
        Field("amount", "Amount", hint="dollars and cents, all months together"),
        Field("months", "Months", "1", hint="1 is all at once"),
        Field("reason", "Reason", hint="why the customer is to have it"),
        Field("evidence", "Evidence", hint="what shows it"),
        Field("related_to", "Related to", hint="the issue; left empty, what is asked for"),
        Field("asked_of", "Asked of", AskedOf.CARRIER, options=tuple((one, f"the {one}") for one in AskedOf)),
        Field("dealer", "Dealer", hint="its name"),
        Field("market", "Market", hint="where the customer lives"),
    ]
    if account:
        open_cases = [(row.number, f"{row.number} {row.subject}") for row in cases if row.closed_at is None]
        options = (*open_cases, (NEW, "new case, opened with this request"), (NONE, "none, the account itself"))
        fields.insert(0, Field("case", "Case", options[0][0], options=options))
    return CreditForm(f"Credit on {where}", fields, target)


class CreditForm(Sheet):
    """The form; it comes back with the credit that was asked for."""

    HELP: ClassVar[str] = "Below the fields stands which way the request will go. Nothing is asked for before you save."

    told = getters.query_one("#way", Static)

    @dataclass
    class WayCame(Message):
        """The store said which way. `turn`: which state of the form was asked about; `why_not`: why none is known."""

        turn: int
        way: Way | None
        why_not: str = ""

    def __init__(self, title: str, fields: list[Field], target: CreditTarget) -> None:
        super().__init__(title, fields, target.ask, "Ask")
        self.target = target
        self._asked_about: list[str] = []
        self._turn = 0
        self._way = self.WayCame(0, None, FIRST)

    def compose_fields(self) -> ComposeResult:
        yield from super().compose_fields()
        yield Static(Content.styled(FIRST, "$muted"), id="way", classes="told")

    def on_mount(self) -> None:
        self.show_field("market", False)
        self.look()

    @on(Input.Changed)
    @on(OneOf.Changed)
    def look(self) -> None:
        """Shows the fields that this kind has, and asks which way it would go."""
        values = self.values()
        self.show_field("months", CreditKind(values["kind"]) not in ONCE_ONLY)
        self.show_field("dealer", values["asked_of"] == AskedOf.DEALER)
        decisive = [values.get(name, "") for name in DECISIVE]
        if decisive == self._asked_about:
            return
        self._asked_about = decisive
        self._turn += 1
        if values["amount"].strip() and self.app.desk is not None:
            self.find_way(self.app.desk, values, self._turn)
        else:
            self.post_message(self.WayCame(self._turn, None, FIRST))

    @work(thread=True, group="way")
    def find_way(self, desk: Desk, values: Values, turn: int) -> None:
        from data.credits.routing import way_of

        try:
            self.post_message(self.WayCame(turn, way_of(desk, self.target.request(values))))
        except Exception as error:
            self.post_message(self.WayCame(turn, None, str(self.app.in_words(error))))

    @on(WayCame)
    def show_way(self, message: WayCame) -> None:
        """Shows which way it goes; an answer about what stood there before comes too late."""
        if message.turn != self._turn:
            return
        self._way = message
        self._tell_way()
        if message.way and (message.way.wants_market or self.values()["market"]):
            self.show_field("market", True)

    def _tell_way(self) -> None:
        """Says it once: what is wrong with a marked field stands at the foot already."""
        found, why_not = self._way.way, self._way.why_not
        if self._marked.intersection(DECISIVE) and why_not != FIRST:
            why_not = ""
        told = credit_rows.way(found, TOLD) if found else words.muted(words.hang(why_not, TOLD, "", ""))
        walks = self.values()["kind"] == CreditKind.SETUP_FEE and self.values().get("case") != NONE
        self.told.update(Content.assemble(told, "\n", words.hang(WALK, TOLD, "", "")) if walks else told)

    def _mark(self, names: frozenset[str]) -> None:
        super()._mark(names)
        self._tell_way()

    @on(Form.Wrong)
    def walk_first(self, message: Form.Wrong) -> None:
        """A set-up fee that was not explained yet: walks through it, then goes on."""
        from data.credits.actions import WalkFirst

        if isinstance(message.error, WalkFirst):
            from screens.setup_fee import SetUpFeeWalk

            self.app.push_screen(SetUpFeeWalk(message.error.case), self.go_on_after_walk)

    def go_on_after_walk(self, taken: bool | None) -> None:
        """Asks for the coupon that the customer takes, or for the fee itself."""
        self.wrong.display = False
        if taken:
            self.query_one("#form-kind", OneOf).value = CreditKind.ACCESSORY_COUPON
            self.query_one("#form-related_to", Input).value = CreditKind.SETUP_FEE
            self.query_one("#form-amount", Input).value = ""
            self.query_one("#form-amount", Input).focus()
        elif taken is False:
            self.action_save()
