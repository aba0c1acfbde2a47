"""Commands as they are typed at a shell."""

from __future__ import annotations

import pytest

from console.command_line import run


def typed(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    """Types `careline WORDS`: its exit code, what it printed, and what it said on stderr."""
    capsys.readouterr()
    code = run([*words])
    told = capsys.readouterr()
    return code, told.out, told.err
