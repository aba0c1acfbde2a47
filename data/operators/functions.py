"""What an agent can reach on a customer, declared once: menus, palette and help are built from this table.

Resellers and MVNOs share most functions; `kinds` says whose a function is: resellers have Services as
a menu of its own, a Lifeline indicator, and company and agent name; MVNOs have a services area in the account.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from data.agents.rules import Permission, Role, may
from data.operators.rules import OperatorKind

BOTH = frozenset(OperatorKind)
RESELLER = frozenset({OperatorKind.RESELLER})
MVNO = frozenset({OperatorKind.MVNO})


class Form(StrEnum):
    """How a function stands on screen."""

    COMMAND = "command"  # something to do: in the palette, mostly with a key
    MENU = "menu"  # opens a list of its own
    AREA = "area"  # a part of the account that is simply there


class Place(StrEnum):
    """Where a function belongs; one that belongs on an account or a line needs one to be open."""

    ANYWHERE = "anywhere"
    ACCOUNT = "account"
    LINE = "line"


@dataclass(frozen=True)
class Function:
    """One function. `key`: a hint, the key that does it outside a text field ("" = none); `help`: one sentence."""

    id: str
    title: str
    help: str
    key: str = ""
    place: Place = Place.ACCOUNT
    form: Form = Form.COMMAND
    kinds: frozenset[OperatorKind] = BOTH
    needs: Permission = Permission.READ_ACCOUNTS


FUNCTIONS: tuple[Function, ...] = (
    Function(
        "find",
        "Find a customer",
        "Search by name, phone number, account or device number.",
        key="/",
        place=Place.ANYWHERE,
    ),
    Function(
        "recent",
        "Recently opened",
        "The accounts that you opened last.",
        place=Place.ANYWHERE,
        form=Form.AREA,
    ),
    Function(
        "due",
        "What needs someone",
        "Lifeline dates that are near, failed verifications and changes nobody has submitted.",
        key="d",
        place=Place.ANYWHERE,
    ),
    Function(
        "call",
        "Begin or end a call",
        "A call begins, or the one that goes on ends and everything private is masked.",
        key="f3",
        place=Place.ANYWHERE,
        needs=Permission.TAKE_CALLS,
    ),
    Function(
        "verify",
        "Verify the caller",
        "Ask who is on the line, prompt by prompt, so that what is masked opens.",
        key="v",
        place=Place.ANYWHERE,
        needs=Permission.TAKE_CALLS,
    ),
    Function(
        "reveal",
        "Show one masked field",
        "Show one masked field without a verified caller; it asks why, and keeps it.",
        key="V",
        place=Place.ANYWHERE,
        needs=Permission.TAKE_CALLS,
    ),
    Function(
        "important",
        "Important Information",
        "What matters first on this account, the most urgent on top.",
        form=Form.AREA,
    ),
    Function(
        "promotions",
        "Promotions",
        "Find what this customer was promised, and put it on the line where it fits.",
        key="p",
    ),
    Function(
        "edit",
        "Edit customer",
        "Correct the name, address, contacts or birth date.",
        key="e",
        needs=Permission.EDIT_CUSTOMERS,
    ),
    Function(
        "submit",
        "Submit customer information now",
        "Send this customer's changes to the Lifeline vendor without waiting for the daily submission.",
        key="s",
        needs=Permission.SUBMIT_LIFELINE,
    ),
    Function("cases", "Cases", "The cases of this account, those under way first.", key="c"),
    Function(
        "new-case",
        "New case",
        "Open a case on this account.",
        key="C",
        needs=Permission.WORK_CASES,
    ),
    Function(
        "credit",
        "Ask for a credit",
        "Ask the carrier or the dealer for a credit, on a case of this account or on a new one.",
        key="r",
        needs=Permission.REQUEST_CREDITS,
    ),
    Function(
        "credits",
        "Credits",
        "Every credit of this account with its result, and what they come to.",
        key="$",
    ),
    Function(
        "decide-credits",
        "Credits to decide",
        "The credits that wait for your word, On Call Resolutions first.",
        key="O",
        place=Place.ANYWHERE,
        form=Form.MENU,
        needs=Permission.DECIDE_CREDITS,
    ),
    Function(
        "complaints",
        "Dealer complaints",
        "Complaints about dealers that wait for review, and what became of the others.",
        key="Q",
        place=Place.ANYWHERE,
        form=Form.MENU,
        needs=Permission.REVIEW_COMPLAINTS,
    ),
    Function(
        "audit",
        "Audit",
        "The record of who did what, and whether it is whole.",
        key="L",
        place=Place.ANYWHERE,
        form=Form.MENU,
        needs=Permission.READ_AUDIT,
    ),
    Function("bill", "Bill", "The newest bill beside what was quoted, and the next one's estimate.", key="b"),
    Function(
        "eligibility",
        "Eligibility",
        "What this account may have now: early upgrade, return by label, set-up fee, loyalty.",
        key="E",
    ),
    Function("timeline", "Timeline", "What happened on this account, the latest first.", key="t"),
    Function(
        "business",
        "Business information",
        "The company and the agent that this account came through.",
        form=Form.AREA,
        kinds=RESELLER,
    ),
    Function(
        "lifeline",
        "Lifeline indicator",
        "Whether this customer has Lifeline, and with which vendor.",
        form=Form.AREA,
        kinds=RESELLER,
    ),
    Function(
        "services",
        "Services",
        "The lines of this account: plan, carrier, features and what remains.",
        key="l",
        form=Form.MENU,
        kinds=RESELLER,
    ),
    Function(
        "services-area",
        "Services",
        "The lines of this account stand in the account itself; this goes to them.",
        key="l",
        form=Form.AREA,
        kinds=MVNO,
    ),
    Function(
        "line",
        "Service details",
        "Telephone, carrier, plan, features, and the handset's numbers in every form.",
        key="enter",
        place=Place.LINE,
    ),
    Function(
        "ocs",
        "View OCS CSR",
        "The line's status and every balance, live from the charging system, where the carrier is on it.",
        key="o",
        place=Place.LINE,
    ),
)


def functions(
    kind: OperatorKind, role: Role, *, place: Place | None = None, form: Form | None = None
) -> Iterator[Function]:
    """The functions that an agent of `role` has with that kind of operator, in the table's order."""
    for function in FUNCTIONS:
        fits = (place is None or function.place is place) and (form is None or function.form is form)
        if fits and kind in function.kinds and may(role, function.needs):
            yield function


def has(kind: OperatorKind, function_id: str) -> bool:
    """Whether that kind of operator has the function at all, whoever asks."""
    return any(function.id == function_id and kind in function.kinds for function in FUNCTIONS)
