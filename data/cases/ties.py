"""What a case is tied to: whose it is, the account behind it, other cases, tags."""

from __future__ import annotations

from sqlmodel import Session

from data.agents.finding import active_agent_row
from data.agents.rules import Permission
from data.agents.tables import Agent
from data.cases.free_text import refuse_secrets
from data.cases.rules import EntryKind, tag_text
from data.cases.tables import Case, CaseLink, CaseTag
from data.cases.views import CaseView
from data.cases.whose import behind
from data.cases.writing import case_row, change, tell, whole
from data.desk import Desk, action
from data.errors import Invalid, Misused, Refused
from data.text import clean


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


def owner_name(session: Session, row: Case) -> str:
    """The sign-in name of the case's owner, "" for nobody."""
    return session.get_one(Agent, row.owner_id).name if row.owner_id else ""
