"""Changing what a case says of itself: its fields, owner, tags, links, and the account behind it."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from data.agents.finding import active_agent_row
from data.agents.rules import Permission
from data.agents.tables import Agent
from data.cases.free_text import refuse_secrets
from data.cases.rules import FIELD_NAMES, SUBJECT_LIMIT, CaseEdit, EntryKind, tag_text
from data.cases.tables import Case, CaseEntry, CaseLink, CaseTag
from data.cases.views import CaseView
from data.cases.whose import behind
from data.cases.writing import case_row, change, tell, whole
from data.customers.tables import Account
from data.desk import Desk, action
from data.errors import Invalid, Misused, Refused
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


@action("case.reassign", needs=Permission.WORK_CASES)
def reassign(desk: Desk, number: str, owner: str) -> CaseView:
    """Gives a case to another agent, or to oneself. Raises NotFound; Refused where it is theirs already."""
    row = case_row(desk.session, number)
    give(desk, row, active_agent_row(desk.session, owner))
    return whole(desk, row)


@action("case.attach", needs=Permission.WORK_CASES)
def attach(desk: Desk, number: str, account: str | None = None, mdn: str | None = None) -> CaseView:
    """Puts a case of the Orphan Account on a real account, with all that happened in it so far.

    `account`: its number; with an `mdn` alone it is that line's. Raises Misused where neither is given,
    Refused where an account is behind it already, NotFound where account or line is not there.
    """
    row = case_row(desk.session, number)
    if row.account_id is not None:
        raise Refused("An account is behind this case already.", "Open a new case on the other account, and link both.")
    whose, line = behind(desk.session, account, mdn)
    if whose is None:
        raise Misused("No account is named.", "Give its number, or the telephone number of one of its lines.")
    row.account_id = whose.id
    row.line_id = line.id if line else None
    change(desk, row, EntryKind.EDITED, f"Attached to account {whose.number}", {"account": [None, whose.number]})
    return whole(desk, row)


@action("case.link", needs=Permission.WORK_CASES)
def link(desk: Desk, number: str, other: str, *, unlink: bool = False) -> CaseView:
    """Links two cases that belong together, or lets go of the link. Raises NotFound, Misused, Refused as put_link."""
    row = case_row(desk.session, number)
    put_link(desk, row, other, unlink=unlink)
    return whole(desk, row)


@action("case.tag", needs=Permission.WORK_CASES)
def tag(desk: Desk, number: str, *tags: str, untag: bool = False) -> CaseView:
    """Adds tags to a case, or takes them away. Raises Invalid for a tag without a letter or figure."""
    row = case_row(desk.session, number)
    put_tags(desk, row, tags, untag=untag)
    return whole(desk, row)


def give(desk: Desk, row: Case, owner: Agent) -> None:
    """Makes `owner` the case's owner, for the actions that do. Raises Refused where it is theirs already."""
    before = owner_name(desk.session, row)
    if before == owner.name:
        raise Refused(f"Case {row.number} is {owner.name}'s already.", "There is nothing to change.")
    row.owner_id = owner.id
    change(desk, row, EntryKind.OWNER, f"Given to {owner.name}", {"owner": [before, owner.name]})


def put_link(desk: Desk, row: Case, other: str, *, unlink: bool = False) -> None:
    """Links a case to the one of the number `other`, or lets go of the link, for the actions that do.

    Raises NotFound without the other, Misused for a case and itself, Refused where it is so already.
    """
    its_other = case_row(desk.session, other)
    assert row.id is not None
    assert its_other.id is not None
    if row.id == its_other.id:
        raise Misused("A case is not linked to itself.", "Give the number of another case.")
    pair = tuple(sorted((row.id, its_other.id)))
    found = desk.session.get(CaseLink, pair)
    if unlink == (found is None):
        state = "are not linked" if unlink else "are linked already"
        raise Refused(f"{row.number} and {its_other.number} {state}.", "There is nothing to change.")
    if found is not None:
        desk.session.delete(found)
    else:
        desk.session.add(CaseLink(case_id=pair[0], other_id=pair[1]))
    how = "Link taken away" if unlink else "Linked"
    tell(desk, its_other, EntryKind.LINK, f"{how}: {row.number}")
    tell(desk, row, EntryKind.LINK, f"{how}: {its_other.number}")


def put_tags(desk: Desk, row: Case, tags: tuple[str, ...], *, untag: bool = False) -> None:
    """Adds `tags` to a case or takes them away, for the actions that do; what is so already stays so.

    Raises Invalid for a tag without a letter or figure.
    """
    assert row.id is not None
    changed = []
    for text in tags:
        if not (word := tag_text(text)):
            raise Invalid({"tag": f"“{clean(text, 30)}” is no tag: it has neither letters nor figures."})
        if not untag:
            refuse_secrets(tag=word)
        found = desk.session.get(CaseTag, (row.id, word))
        if untag and found is not None:
            desk.session.delete(found)
            changed.append(word)
        elif not untag and found is None:
            desk.session.add(CaseTag(case_id=row.id, tag=word))
            changed.append(word)
        desk.session.flush()
    if changed:
        tell(desk, row, EntryKind.TAG, f"{'Untagged' if untag else 'Tagged'}: {', '.join(changed)}")


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


def owner_name(session: Session, row: Case) -> str:
    """The sign-in name of the case's owner, "" for nobody."""
    return session.get_one(Agent, row.owner_id).name if row.owner_id else ""


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
