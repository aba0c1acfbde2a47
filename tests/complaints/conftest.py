"""The same case as credits have, and a complaint taken from it."""

from __future__ import annotations

from datetime import date
from typing import Any

from data.complaints import actions
from data.complaints.rules import ComplaintForm, ComplaintReason
from data.complaints.views import ComplaintView
from data.desk import Desk
from tests.credits.conftest import case

__all__ = ["case"]

TODAY = date(2026, 11, 22)


def take(desk: Desk, case: str, **fields: Any) -> ComplaintView:
    """Takes a complaint; what `fields` of ComplaintForm leave out is filled in."""
    usual = {
        "dealer": "Harbor Wireless",
        "store": "Yonkers Main St",
        "rep": "Dana",
        "about": ComplaintReason.FEE,
        "promised": "No set-up fee",
        "happened": "Charged $50.00 on 11-02-2026",
    }
    return actions.take(desk, case, ComplaintForm(**usual | fields)).complaint
