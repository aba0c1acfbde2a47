"""Opening a case: what it is about, in a short form."""

from __future__ import annotations

from enum import StrEnum
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from data.cases.rules import Category
from screens.form import Field, Form, Values

if TYPE_CHECKING:
    from data.desk import Desk

One = TypeVar("One", bound=StrEnum)


def new_case_form(account: str | None, line: str = "") -> Form:
    """A form that opens a case on `account` (its number), or on nobody's; it comes back with the case's number.

    `line`: the telephone number of the line that it is likely about.
    """
    kinds = tuple((category.value, category.lower()) for category in Category)
    fields = [
        Field("subject", "Subject: what the customer expects"),
        Field("category", "About; left and right choose", Category.OTHER, options=kinds),
        Field("mdn", "Line, where it is about one", line, hint="its phone number, or the last four digits"),
    ]
    return Form(f"New case on {account or 'the Orphan Account'}", fields, partial(_open, account), "Open")


def _open(account: str | None, desk: Desk, values: Values) -> str:
    from data.cases.actions import open_case

    about = Category(values["category"])
    return open_case(desk, values["subject"], account=account, mdn=values["mdn"] or None, category=about).number


def begun(kind: type[One], text: str) -> One:
    """The member of `kind` that `text` begins. Raises ValueError with all of them where it begins none or several."""
    wanted = text.strip().lower()
    fitting = [one for one in kind if wanted and one.lower().startswith(wanted)]
    if len(fitting) != 1:
        raise ValueError(f"“{text.strip()[:30]}” is none of {', '.join(one.lower() for one in kind)}.")
    return fitting[0]
