"""A desk that dies in the middle of an edit leaves no difference between the rows and the index."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from data.desk import open_desk
from data.store import open_store
from tests.builders import add_customer
from tests.search.test_index import contents, differ

EDITS = """
import random, sys
from data.desk import open_desk
desk = open_desk(sys.argv[1])
rng = random.Random(sys.argv[2])
while True:
    with desk.store.writing() as session:
        connection = session.connection().connection.driver_connection
        for _ in range(3):
            name = "".join(rng.choice("abcdefgh") for _ in range(6))
            connection.execute("UPDATE customer SET last_name = ? WHERE id = ?", (name, rng.randint(1, 20)))
            connection.execute("UPDATE line SET mdn = ? WHERE id = ?", (f"212555{rng.randint(100, 199):04d}", 1))
        desk.search_engine.refresh(connection)
    print("saved", flush=True)
"""


@pytest.mark.parametrize("saved", [1, 4, 9])
def test_a_kill_leaves_no_difference(empty_store_file: Path, tmp_path: Path, saved: int) -> None:
    path = tmp_path / "killed.store"
    path.write_bytes(empty_store_file.read_bytes())
    store = open_store(path)
    desk = open_desk(store, "agent07")
    for number in range(20):
        add_customer(desk, f"SV{number:06d}", first_name="Ana", last_name=f"Before{number}", mdns=["2125550143"])
    store.close()
    child = subprocess.Popen([sys.executable, "-c", EDITS, path, str(saved)], stdout=subprocess.PIPE)
    assert child.stdout
    for _ in range(saved):
        assert child.stdout.readline() == b"saved\n"
    child.kill()
    child.wait()
    child.stdout.close()
    desk = open_desk(path, "agent07")
    assert differ(desk) == 0
    left = contents(desk.store)
    with desk.store.writing() as session:
        desk.search_engine.rebuild(session.connection().connection.driver_connection)
    assert contents(desk.store) == left
    desk.store.close()
