"""What the tests of notices share: an enrolment to vary, and finding one kind among the notices."""

from __future__ import annotations

from datetime import date
from typing import Any

from data.lifeline.rules import Enrolment, Notice, NoticeKind, Vendor

TODAY = date(2026, 11, 20)  # a Friday
EXPIRES = date(2026, 12, 3)  # a Thursday
FAR = date(2027, 9, 1)


def enrolment(**facts: Any) -> Enrolment:
    """An enrolment that needs nobody, but for `facts`."""
    return Enrolment(**{"vendor": Vendor.NLAD, "residence": "NY", "expires_on": FAR} | facts)


def only(kind: NoticeKind, found: tuple[Notice, ...]) -> Notice:
    """The one notice of `kind`."""
    (notice,) = [notice for notice in found if notice.kind is kind]
    return notice


def kinds(found: tuple[Notice, ...]) -> list[NoticeKind]:
    return [notice.kind for notice in found]
