"""What happens when Careline itself is at fault: a short report in a file, a sentence for the person."""

from __future__ import annotations

import traceback
from datetime import UTC, datetime

from console.settings import data_folder


def write_report(error: BaseException) -> str:
    """Writes where `error` happened (no values, so no customer's data) and returns the sentence to show."""
    sentence = f"Careline made a mistake ({type(error).__name__}); what was saved is safe."
    where = data_folder() / "reports" / f"{datetime.now(UTC):%Y%m%d-%H%M%S}.txt"
    try:
        where.parent.mkdir(parents=True, exist_ok=True)
        frames = traceback.extract_tb(error.__traceback__)
        lines = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames]
        where.write_text("\n".join([type(error).__name__, *lines, ""]), encoding="utf-8")
    except OSError:
        return f"{sentence} Please tell whoever keeps Careline for you."
    return f"{sentence} Where it happened is in {where}; please send that file to whoever keeps Careline for you."
