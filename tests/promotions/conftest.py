"""What the tests of promotions and bills share: a small demo operator, and one to write to."""

from __future__ import annotations

import random
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from data.demo import make_demo
from data.desk import Desk, open_desk
from data.store import open_store
from tests.builders import put_on_line
from tests.conftest import NOW

JOHN, CAFE, THREE_RIVERS = "SV093004", "SV093022", "SV093021"


@pytest.fixture(scope="session")
def demo_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo operator with its cast only."""
    path = tmp_path_factory.mktemp("promotions") / "demo.store"
    make_demo(path, customers=25, now=NOW).close()
    return path


@pytest.fixture
def demo(demo_file: Path, tmp_path: Path) -> Iterator[Desk]:
    """agent07's desk at a demo of this test's own; John Smith is on the line, verified."""
    store = open_store(shutil.copy(demo_file, tmp_path / "demo.store"))
    desk = open_desk(store, "agent07", clock=lambda: NOW, random=random.Random(7))
    put_on_line(desk, JOHN)
    yield desk
    store.close()


@pytest.fixture
def lead(demo: Desk) -> Desk:
    """A lead's desk at the same store, with John Smith on the line as well."""
    desk = open_desk(demo.store, "lead03", clock=lambda: NOW, random=random.Random(8))
    put_on_line(desk, JOHN)
    return desk
