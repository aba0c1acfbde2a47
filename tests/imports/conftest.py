"""The command that imports customers, at the administrator's store."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from console.command_line import run
from data.desk import Desk

Careline = Callable[..., int]


@pytest.fixture
def careline(admin: Desk) -> Careline:
    """Runs `careline … import customers …`."""

    def import_customers(*words: str | Path) -> int:
        return run(["--store", str(admin.store.path), "import", "customers", *map(str, words)])

    return import_customers
