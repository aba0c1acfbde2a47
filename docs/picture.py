"""Makes docs/careline.svg, the picture in the README, from the real console: `python docs/picture.py`."""

from __future__ import annotations

import asyncio
import re
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from console.app import CarelineApp
from console.settings import Settings
from data.demo import make_demo
from data.desk import open_desk

NOW = datetime(2026, 11, 22, 15, 0, tzinfo=UTC)
PICTURE = Path(__file__).parent / "careline.svg"


async def picture(store: Path) -> str:
    """The account of a Lifeline customer at 110×30, as SVG without the fonts that it would fetch."""
    app = CarelineApp(Settings(), desk=open_desk(make_demo(store, now=NOW), "agent07", clock=lambda: NOW))
    app.animation_level = "none"
    async with app.run_test(size=(110, 30)) as pilot:
        while app.desk is None:
            await pilot.pause()
        app.screen.open_account("SV093001")
        for _ in range(3):
            await app.workers.wait_for_complete()
            await pilot.pause()
        return re.sub(r"@font-face \{.*?\}\s*", "", app.export_screenshot(), flags=re.DOTALL)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        PICTURE.write_text(asyncio.run(picture(Path(folder) / "demo.store")), encoding="utf-8")
