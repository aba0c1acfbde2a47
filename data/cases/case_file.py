"""All that a case's screen shows, read in one snapshot: the case, its credits, and its complaints."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from data.cases.reading import case_in
from data.cases.views import CaseView
from data.complaints.queries import complaints_in
from data.credits.queries import credits_in
from data.desk import Desk

if TYPE_CHECKING:
    from data.complaints.views import ComplaintView
    from data.credits.views import CreditsView


@dataclass(frozen=True)
class CaseFile:
    """A case, its credits, and the complaints that were taken from it, the latest first."""

    case: CaseView
    credits: CreditsView
    complaints: tuple[ComplaintView, ...]


def case_file(desk: Desk, number: str) -> CaseFile:
    """The case of that number with its credits and complaints. Raises NotFound where there is none."""
    with desk.reading() as session:
        found = case_in(session, desk, number)
        return CaseFile(found, credits_in(session, found.id), complaints_in(session, found.id))
