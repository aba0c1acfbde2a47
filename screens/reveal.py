"""Showing one masked field without a verified caller: which, and why."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from data.verification.rules import REVEALED_ONE_BY_ONE, Field
from screens import form

if TYPE_CHECKING:
    from collections.abc import Sequence

    from data.desk import Desk


def reveal_form(number: str, masked: Sequence[Field]) -> form.Form:
    """Asks which of `masked` to show of the account `number`, and why."""
    options = tuple((field.value, field.value) for field in masked if field in REVEALED_ONE_BY_ONE)
    fields = [
        form.Field("field", "Show one field; left and right choose", options[0][0], options=options),
        form.Field("why", "Why do you need to see it? This is kept with your name"),
    ]
    return form.Form(f"Masked on {number}", fields, partial(_reveal, number), "Show")


def _reveal(number: str, desk: Desk, values: form.Values) -> str:
    from data.verification.actions import reveal

    reveal(desk, number, Field(values["field"]), values["why"])
    return values["field"]
