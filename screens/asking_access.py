"""Asking for a permission: what for, in a sentence; a lead or administrator decides."""

from __future__ import annotations

from typing import TYPE_CHECKING

from screens.form import Field, Form, Values

if TYPE_CHECKING:
    from data.desk import Desk


def access_form(permission: str) -> Form:
    """A form that asks for `permission`; it comes back with a sentence."""

    def ask(desk: Desk, values: Values) -> str:
        from data.agents.access import request_access
        from data.agents.rules import Permission

        asked = request_access(desk, Permission(permission), values["reason"])
        return f"Asked for, as request {asked.id}: {asked.permission}. A lead or administrator decides."

    return Form(f"Ask for access: {permission}", [Field("reason", "What you need it for")], ask, "Ask")
