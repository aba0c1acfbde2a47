"""docs/credits.md can be followed, word for word, and says the limits as they are."""

from __future__ import annotations

from pathlib import Path

import pytest

from console.command_line import run
from data import money
from data.credits import authority
from data.credits.setup_fee import FEE
from data.desk import Desk
from tests.test_docs import commands

DOCUMENT = Path(__file__).parents[2] / "docs" / "credits.md"


def test_the_guide_can_be_followed_word_for_word(
    desk: Desk, case: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("CARELINE_SMTP_URL", "CARELINE_MAIL_FROM", "CARELINE_OUTBOX", "CARELINE_AGENT"):
        monkeypatch.delenv(name, raising=False)
    shown = commands(DOCUMENT)
    assert len(shown) > 25
    for words in shown:
        named = [] if "--agent" in words else ["--agent", "agent07"]
        code = run(["--store", str(desk.store.path), *named, *words])
        assert code == 0, f"careline {' '.join(words)}: {capsys.readouterr()}"
    assert (tmp_path / "agreement.pdf").read_bytes().startswith(b"%PDF-")


def test_the_guide_says_the_limits_as_they_are() -> None:
    text = DOCUMENT.read_text(encoding="utf-8")
    limits = (
        authority.USUAL_OWN_LIMIT,
        authority.BELOW_AGREEMENT,
        authority.AGREEMENT_FROM,
        authority.OCR_ABOVE + money.CENT,
        authority.OCR_BELOW - money.CENT,
        authority.OCR_BELOW,
    )
    assert all(money.show(limit) in text for limit in limits)
    assert FEE == 50
