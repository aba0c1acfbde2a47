"""Saving the form of a case: what others saved meanwhile stands, and where both changed the same, a person chooses."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from data.agents.finding import active_agent_row
from data.agents.rules import Permission
from data.cases.free_text import refuse_secrets
from data.cases.rules import FIELD_NAMES, SUBJECT_LIMIT, CaseEdit, EntryKind
from data.cases.tables import Case, CaseEntry
from data.cases.ties import give, owner_name, put_link, put_tags
from data.cases.views import CaseView
from data.cases.writing import case_row, change, whole
from data.customers.tables import Account
from data.desk import Desk, action
from data.errors import Invalid, Refused
from data.text import LIMIT, clean, refuse_long
from data.verification.rules import MASK, MASKED_VALUE, Field, without_numbers
from data.verification.sight import sight_in


@dataclass(frozen=True)
class Differing:
    """A field that two agents changed: what it held, what they made of it, and what you wanted."""

    field: str
    title: str
    before: Any
    theirs: Any
    yours: Any


class Overtaken(Refused):
    """Somebody saved the same fields first. Nothing of yours was saved, and nothing of theirs is lost.

    `fields`: both versions of each; `version`: what to save with, once it is settled which stays.
    """

    def __init__(self, number: str, agents: tuple[str, ...], fields: tuple[Differing, ...], version: int) -> None:
        who = " and ".join(agents) or "Somebody"
        what = " and ".join(field.title for field in fields)
        super().__init__(
            f"{who} changed {what} of case {number} while you were editing.",
            "Look at both, choose which stays, and save again.",
        )
        self.fields = fields
        self.version = version


@action("case.edit", needs=Permission.WORK_CASES)
def edit_case(desk: Desk, number: str, version: int, edit: CaseEdit) -> CaseView:
    """Saves what `edit` changes; `version` is the case's when the form was opened.

    Where others saved other fields since, both stand. Raises Overtaken where they saved the same ones to something
    else, Invalid for a field that can't be.
    """
    row = case_row(desk.session, number)
    wanted = _wanted(desk.session, edit)
    if version != row.version:
        _refuse_overtaking(desk, row, version, wanted)
    held = _held(desk.session, row, wanted)
    owner = wanted.pop("owner", held.get("owner"))
    changed = {field: [held[field], value] for field, value in wanted.items() if held[field] != value}
    for field, (_, value) in changed.items():
        setattr(row, field, value)
    if changed:
        names = ", ".join(FIELD_NAMES[field] for field in changed)
        plain = {field: [_plain(old), _plain(new)] for field, (old, new) in changed.items()}
        change(desk, row, EntryKind.EDITED, f"Edited: {names}", plain)
    if owner != held.get("owner"):
        give(desk, row, active_agent_row(desk.session, owner))
    _edit_tags_and_links(desk, row, edit)
    desk.event.tell(account_id=row.account_id, case=row.number)
    return whole(desk, row)


PLAIN_FIELDS = ("subject", "category", "priority", "contact", "device", "due_at")


def _wanted(session: Session, edit: CaseEdit) -> dict[str, Any]:
    """The fields that `edit` sets, cleaned."""
    wanted = {field: value for field in PLAIN_FIELDS if (value := getattr(edit, field)) is not None}
    refuse_long(SUBJECT_LIMIT, subject=wanted.get("subject", ""))
    refuse_long(LIMIT, **{field: wanted.get(field, "") for field in ("contact", "device")})
    for field in wanted.keys() & {"subject", "contact", "device"}:
        wanted[field] = clean(wanted[field], SUBJECT_LIMIT if field == "subject" else LIMIT)
        if MASK in wanted[field]:
            raise Invalid({field: MASKED_VALUE})
        if field != "device":
            refuse_secrets(**{field: wanted[field]})
    if wanted.get("subject") == "":
        raise Invalid({"subject": "A case needs a subject."})
    if edit.no_due:
        wanted["due_at"] = None
    if edit.owner is not None:
        wanted["owner"] = active_agent_row(session, edit.owner).name
    return wanted


def _held(session: Session, row: Case, wanted: dict[str, Any]) -> dict[str, Any]:
    """What the case holds of the fields in `wanted`."""
    return {field: owner_name(session, row) if field == "owner" else getattr(row, field) for field in wanted}


def _edit_tags_and_links(desk: Desk, row: Case, edit: CaseEdit) -> None:
    put_tags(desk, row, edit.add_tags)
    put_tags(desk, row, edit.drop_tags, untag=True)
    for other in edit.add_links:
        put_link(desk, row, other)
    for other in edit.drop_links:
        put_link(desk, row, other, unlink=True)


def _refuse_overtaking(desk: Desk, row: Case, version: int, wanted: dict[str, Any]) -> None:
    """Raises Overtaken where a field in `wanted` was changed after `version`, to something else."""
    session = desk.session
    before: dict[str, Any] = {}
    agents: dict[str, None] = {}
    entries = select(CaseEntry).where(CaseEntry.case_id == row.id, CaseEntry.detail != "").order_by(col(CaseEntry.id))
    for entry in session.exec(entries):
        detail = json.loads(entry.detail)
        if detail.get("version", 0) > version and (theirs := detail["changed"].keys() & wanted.keys()):
            before = {field: detail["changed"][field][0] for field in theirs} | before
            agents[entry.agent] = None
    held, seen = _held(session, row, wanted), _as_seen(desk, row)
    differing = tuple(
        Differing(
            field,
            FIELD_NAMES[field],
            seen(field, _as_kept(field, before[field])),
            seen(field, held[field]),
            wanted[field],
        )
        for field in wanted
        if field in before and held[field] != wanted[field]
    )
    if differing:
        raise Overtaken(row.number, tuple(agents), differing, row.version)


def _as_seen(desk: Desk, row: Case) -> Callable[[str, Any], Any]:
    """A field's name and what it holds → that as the agent may see it now."""
    account = desk.session.get(Account, row.account_id) if row.account_id else None
    hidden = sight_in(desk.session, desk).hidden(account.customer_id if account else None)
    private = {"contact": Field.CONTACTS, "device": Field.DEVICE}
    return lambda field, value: without_numbers(value) if private.get(field) in hidden else value


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime) else value


def _as_kept(field: str, value: Any) -> Any:
    return datetime.fromisoformat(value) if field == "due_at" and value else value
