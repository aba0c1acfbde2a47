"""Making the demo: how far it is, whole or not there, and what it may take the place of."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from data.demo import make_demo
from data.errors import Misused, Refused, StoreTrouble
from data.operators.actions import Founding, found_store
from data.store import open_store
from tests.conftest import NOW
from tests.stores import rows


def test_it_tells_how_far_it_is(tmp_path: Path) -> None:
    told: list[tuple[str, int, int]] = []
    make_demo(tmp_path / "demo", 60, now=NOW, progress=lambda *step: told.append(step))
    assert ("customers", 60, 60) in told
    assert ("search index", 60, 60) in told


def test_stopped_halfway_it_leaves_nothing(tmp_path: Path) -> None:
    def stop(what: str, done: int, total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        make_demo(tmp_path / "demo", 60, now=NOW, progress=stop)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("customers", [0, -1, 1_000_001])
def test_a_number_of_customers_that_cannot_be_is_refused(tmp_path: Path, customers: int) -> None:
    with pytest.raises(Misused):
        make_demo(tmp_path / "demo", customers)
    assert list(tmp_path.iterdir()) == []


def test_one_customer_is_enough(tmp_path: Path) -> None:
    store = make_demo(tmp_path / "demo", 1, now=NOW)
    assert rows(store, "SELECT count(*) FROM customer") == [(1,)]


def test_only_a_demo_is_replaced(tmp_path: Path) -> None:
    make_demo(tmp_path / "demo", 1, now=NOW, replace=True).close()
    with closing(make_demo(tmp_path / "demo", 2, now=NOW, replace=True)) as store:
        assert rows(store, "SELECT count(*) FROM customer") == [(2,)]
    found_store(tmp_path / "real", Founding()).close()
    before = (tmp_path / "real").read_bytes()
    with pytest.raises(Refused, match="not a demo"):
        make_demo(tmp_path / "real", 2, replace=True)
    assert (tmp_path / "real").read_bytes() == before
    assert {file.name for file in tmp_path.iterdir()} == {"demo", "real"}


def test_a_demo_stays_until_the_new_one_is_whole(tmp_path: Path) -> None:
    def stop(what: str, done: int, total: int) -> None:
        raise KeyboardInterrupt

    make_demo(tmp_path / "demo", 1, now=NOW).close()
    with pytest.raises(Misused):
        make_demo(tmp_path / "demo", 0, replace=True)
    with pytest.raises(KeyboardInterrupt):
        make_demo(tmp_path / "demo", 60, now=NOW, progress=stop, replace=True)
    with closing(open_store(tmp_path / "demo")) as store:
        assert rows(store, "SELECT count(*) FROM customer") == [(1,)]
    assert [file.name for file in tmp_path.iterdir()] == ["demo"]


def test_a_demo_that_someone_works_in_is_not_replaced(tmp_path: Path) -> None:
    with closing(make_demo(tmp_path / "demo", 1, now=NOW)) as store, store.raw() as connection:
        connection.execute("SELECT 1 FROM customer").fetchone()
        with pytest.raises(StoreTrouble, match="busy"):
            make_demo(tmp_path / "demo", 2, replace=True)
    assert (tmp_path / "demo").exists()
