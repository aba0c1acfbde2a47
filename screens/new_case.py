"""Opening a case: what it is about, in a short form."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from data.cases.rules import Category
from data.errors import Invalid
from screens.form import Field, Form, Values

if TYPE_CHECKING:
    from data.desk import Desk


def new_case_form(account: str | None) -> Form:
    """A form that opens a case on `account` (its number), or on nobody's; it comes back with the case's number."""
    kinds = ", ".join(category.lower() for category in Category)
    fields = [
        Field("subject", "Subject: what the customer expects"),
        Field("category", "About", Category.OTHER.lower(), hint=kinds),
        Field("mdn", "Line, where it is about one", hint="its phone number"),
    ]
    return Form(f"New case on {account or 'the Orphan Account'}", fields, partial(_open, account))


def _open(account: str | None, desk: Desk, values: Values) -> str:
    from data.cases.actions import open_case

    about = category(values["category"])
    return open_case(desk, values["subject"], account=account, mdn=values["mdn"] or None, category=about).number


def category(text: str) -> Category:
    """The category that `text` begins. Raises Invalid with all of them where it begins none or several."""
    wanted = text.strip().lower()
    fitting = [one for one in Category if wanted and one.lower().startswith(wanted)]
    if len(fitting) != 1:
        known = ", ".join(one.lower() for one in Category)
        raise Invalid({"category": f"“{text.strip()[:30]}” is not what a case is about."}, f"Write one of {known}.")
    return fitting[0]
