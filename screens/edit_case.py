"""Editing what a case says of itself: subject, category, priority, due time, owner, contact, tags, links."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from data.cases.due import HINT, due_text, read_due
from data.cases.rules import CaseEdit, Category, Priority, tag_text
from data.errors import Invalid
from data.identifiers import parse_case
from screens.editing import EditingScreen, Line
from screens.new_case import begun
from screens.words import fillable

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from data.cases.views import CaseView

CATEGORIES, PRIORITIES = [one.value for one in Category], [one.value for one in Priority]
LINES = (
    Line("subject", "subject"),
    Line("category", "category", ", ".join(CATEGORIES), CATEGORIES),
    Line("priority", "priority", ", ".join(PRIORITIES), PRIORITIES),
    Line("due_at", "due time", HINT),
    Line("owner", "owner", "a sign-in name"),
    Line("contact", "contact", "whom to reach, and how"),
    Line("device", "handset"),
    Line("tags", "tags", "commas between"),
    Line("links", "linked cases", "case numbers, commas between"),
)
PRIVATE = ("contact", "device")


class EditCaseScreen(EditingScreen):
    """The fields of `case`."""

    def __init__(self, case: CaseView, zone: ZoneInfo) -> None:
        super().__init__(f"Edit case {case.number}", LINES, values(case, zone), case.version)
        self.number, self.case, self.zone = case.number, case, zone

    @property
    def works_on(self) -> str:
        return self.number

    def cover(self) -> None:
        """What was typed stays; what only stood there is masked as the case is now."""
        from data.cases.reading import covered_case
        from data.verification.sight import ALL

        held = values(covered_case(self.case, ALL), self.zone) if self.case.account else self.before
        for name in PRIVATE:
            if (place := self.place(name)).value.strip() == self.before[name]:
                place.value = self.before[name] = held[name]

    def keep(self, changed: dict[str, str]) -> EditingScreen.Saved | EditingScreen.Overtaken:
        from data.cases.editing import Overtaken, edit_case
        from data.cases.queries import case

        edit = self.edit_of(changed)
        try:
            edit_case(self.desk, self.number, self.version, edit)
        except Overtaken as overtaken:
            view = case(self.desk, self.number)
            now = values(view, self.desk.agent.zone)
            return self.Overtaken(overtaken.reason, now, view.version, merged=self.merged(edit, now))
        return self.Saved()

    def edit_of(self, changed: dict[str, str]) -> CaseEdit:
        """What was typed, as the action takes it. Raises Invalid with a sentence for each field that can't be read."""
        wanted: dict[str, Any] = {}
        wrong: dict[str, str] = {}
        for name, typed in changed.items():
            try:
                wanted |= self.read(name, typed)
            except ValueError as error:
                wrong[name] = str(error)
        if wrong:
            raise Invalid(wrong)
        return CaseEdit(**wanted)

    def read(self, name: str, typed: str) -> dict[str, Any]:
        """A field as typed → what of CaseEdit it sets. Raises ValueError with a sentence."""
        if name in ("category", "priority"):
            return {name: begun(Category if name == "category" else Priority, typed)}
        if name == "due_at":
            due = read_due(typed, self.desk.now(), self.desk.agent.zone)
            return {"due_at": due, "no_due": due is None}
        if name in ("tags", "links"):
            one = tag_text if name == "tags" else case_number
            was, now = ([one(part) for part in parts(text)] for text in (self.before[name], typed))
            return {f"add_{name}": _without(now, was), f"drop_{name}": _without(was, now)}
        if name == "owner" and not typed.strip():
            raise ValueError("A case is somebody's: write who has it.")
        return {name: typed}

    def merged(self, edit: CaseEdit, now: dict[str, str]) -> dict[str, str]:
        """Tags and links as they stand, with what was added and dropped here."""
        return {
            name: ", ".join((*_without(list(parts(now[name])), [*added, *dropped]), *added))
            for name, added, dropped in (
                ("tags", edit.add_tags, edit.drop_tags),
                ("links", edit.add_links, edit.drop_links),
            )
        }


def values(case: CaseView, zone: ZoneInfo) -> dict[str, str]:
    """What each field of the form holds at first."""
    return fillable(
        {
            "subject": case.subject,
            "category": case.category,
            "priority": case.priority,
            "due_at": due_text(case.due_at, zone),
            "owner": case.owner,
            "contact": case.contact,
            "device": case.device,
            "tags": ", ".join(case.tags),
            "links": ", ".join(link.number for link in case.links if link.how == "linked"),
        }
    )


def parts(text: str) -> Iterator[str]:
    """What stands between the commas."""
    return (part.strip() for part in text.split(",") if part.strip())


def case_number(text: str) -> str:
    """A case number as typed, in eight digits. Raises ValueError where it is none."""
    if number := parse_case(text):
        return number
    raise ValueError(f"“{text[:30]}” is no case number: it has eight digits.")


def _without(those: list[str], others: Sequence[str]) -> tuple[str, ...]:
    return tuple(one for one in dict.fromkeys(those) if one not in others)
