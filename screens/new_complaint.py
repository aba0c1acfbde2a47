"""Taking a complaint about a dealer from a case."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from data.complaints.rules import ComplaintForm, ComplaintReason
from screens.form import Field, Values
from screens.sheet import Sheet

if TYPE_CHECKING:
    from data.complaints.views import WholeComplaint
    from data.desk import Desk


def complaint_form(case: str) -> Sheet:
    """A form that takes a complaint from the case of that number; it comes back with the complaint."""
    fields = [
        Field("dealer", "Dealer", hint="its name"),
        Field("store", "Store", hint="where"),
        Field("rep", "Rep", hint="who served the customer"),
        Field("about", "About", ComplaintReason.CREDIT, options=tuple((one, one) for one in ComplaintReason)),
        Field("promised", "Promised", long=True),
        Field("happened", "What happened", long=True),
        Field("evidence", "Evidence", hint="what shows it"),
        Field("market", "Market", hint="left empty, the one where the customer lives"),
    ]
    return Sheet(f"Complaint about a dealer, from case {case}", fields, partial(_take, case), "Take")


def _take(case: str, desk: Desk, values: Values) -> WholeComplaint:
    from data.complaints.actions import take

    about = ComplaintReason(values["about"])
    return take(desk, case, ComplaintForm(**{**values, "about": about}))  # type: ignore[arg-type]
