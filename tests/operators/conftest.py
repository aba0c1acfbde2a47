"""The command line at a store that is yet to be founded."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.shell import typed

Told = Callable[..., tuple[int, str, str]]


@pytest.fixture
def careline(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Told:
    """Runs a command on this test's own store: its exit code, what it printed, and what it said on stderr."""
    return lambda *words: typed(capsys, "--store", str(tmp_path / "a.store"), *words)
