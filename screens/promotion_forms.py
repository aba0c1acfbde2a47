"""The forms about promotions: correcting what was understood, and writing a revision."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from data import money
from data.errors import Invalid, Misused
from screens.days import HINT, read_day
from screens.form import Field, Form, Values
from screens.sheet import Sheet
from screens.words import day

if TYPE_CHECKING:
    from data.desk import Desk
    from data.promotions.rules import Terms
    from data.promotions.views import Found

UNSAID = ("", "nobody said")


def correcting(found: Found) -> Form:
    """A form that corrects the facts of a question; it comes back with the facts that were changed."""
    from data.promotions.rules import Kind, Shape

    facts = found.facts
    amount = str(money.from_cents(facts.amount)) if facts.amount is not None else ""
    fields = [
        Field("on", "Bought on", day(facts.on) if facts.on else "", hint=HINT),
        Field("device", "Device", facts.device or ""),
        Field("trade_in", "Traded in", facts.trade_in or ""),
        Field("shape", "Condition", facts.shape or "", options=(UNSAID, *((one, one) for one in Shape))),
        Field("plan", "Plan", facts.plan or ""),
        Field("kind", "What it was", facts.kind or "", options=(UNSAID, *((one, one) for one in Kind))),
        Field("loyalty", "Loyalty", {True: "yes", False: "no", None: ""}[facts.loyalty],
              options=(UNSAID, ("yes", "in the loyalty program"), ("no", "not loyalty"))),
        Field("amount", "Promised", amount, hint="dollars in all"),
    ]  # fmt: skip
    before = {field.name: field.value for field in fields}
    return Sheet("What the customer says", fields, lambda desk, values: _corrected(before, values))


def _corrected(before: Values, values: Values) -> dict[str, Any]:
    """The facts that were changed; one that was emptied is None."""
    from data.promotions.rules import Kind, Shape

    given: dict[str, Any] = {}
    for name, value in values.items():
        text = value.strip()
        if text == before[name]:
            continue
        if name == "on" and text:
            given["on"] = read_day(values, "on")
        elif name == "amount" and text:
            try:
                given["amount"] = money.to_cents(money.parse(text))
            except Misused as error:
                raise Invalid({"amount": str(error)}) from None
        else:
            given[name] = _value(name, text, {"shape": Shape, "kind": Kind})
    return given


def _value(name: str, text: str, kinds: dict[str, Any]) -> Any:
    if not text:
        return None
    if name == "loyalty":
        return text == "yes"
    return kinds[name](text) if name in kinds else text


def editing(terms: Terms | None, today: date) -> Form:
    """A form that writes a revision: a new promotion, or new terms of one from today on. It comes back with its OST."""
    from data.promotions.records import cells_of
    from data.promotions.rules import Gives, Loyalty

    cells = cells_of(terms) if terms else {"gives": Gives.MONTHLY.value, "months": "36", "loyalty": "either"}
    if terms:
        until = terms.valid_to if terms.valid_to and terms.valid_to >= today else None
        cells |= {"valid_from": day(today), "valid_to": day(until) if until else ""}

    def field(name: str, label: str, hint: str = "", **more: Any) -> Field:
        return Field(name, label, cells.get(name, ""), hint=hint, **more)

    fields = [
        field("ost", "OST number"),
        field("name", "Name"),
        field("gives", "Gives", options=tuple((one, one) for one in Gives)),
        field("amount", "Amount", "dollars in all, such as 1000.00"),
        field("percent", "Percent", "of the device's price"),
        field("months", "Months", "1 where it is given at once"),
        field("valid_from", "Bought from", HINT),
        field("valid_to", "Bought until", f"{HINT}; empty: until further notice"),
        field("devices", "Devices", "any; else Galaxy S25 | Galaxy S25 Ultra"),
        field("trade_ins", "Trade-ins", "none; else Galaxy S21: good 800.00, cracked 400.00 | …"),
        field("plans", "Plans", "any; else Unlimited Plus | Unlimited Ultimate"),
        field("kinds", "For", "anybody; else new line | upgrade | port-in"),
        field("loyalty", "Loyalty", options=tuple((one, one) for one in Loyalty)),
        field("current", "Must be current", "yes"),
        field("stacks", "Stacks", "no"),
        field("tenure_days", "Days in use", "of the traded-in phone, such as 60"),
        field("arrival_days", "Days to arrive", "such as 30"),
        field("begins", "Begins on bill", "1-2"),
        field("ends", "Ended by", "plan change | line canceled"),
        field("notes", "Read out"),
    ]
    title = f"New revision of OST {terms.ost}" if terms else "New promotion"
    return Sheet(title, fields, _save)


def _save(desk: Desk, values: Values) -> str:
    from data.promotions.actions import save_promotion

    return save_promotion(desk, {name: text for name, text in values.items() if text.strip()}).terms.ost
