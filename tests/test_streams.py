"""However Careline's streams are: closed, full, or of a terminal that knows few signs. Never a traceback."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest


def doctor(
    store: Path, *, out: int = subprocess.PIPE, before: Callable[[], None] | None = None, **given: str
) -> tuple[int, str, str]:
    """The exit code of `careline doctor`, what it printed, and what it said on stderr."""
    words = [sys.executable, "-m", "console", "--store", str(store), "doctor"]
    done = subprocess.run(
        words, stdout=out, stderr=subprocess.PIPE, text=True, env=os.environ | given, preexec_fn=before, check=False
    )
    return done.returncode, done.stdout or "", done.stderr


def test_a_sign_that_the_terminal_does_not_know_is_spelled_out(empty_store_file: Path) -> None:
    code, printed, said = doctor(empty_store_file, PYTHONIOENCODING="ascii")
    assert (code, said) == (0, "")
    assert printed.startswith(r"\u2713 file")


@pytest.mark.skipif(sys.platform != "linux", reason="needs /dev/full")
def test_what_can_not_be_printed_for_want_of_room_is_told(empty_store_file: Path) -> None:
    with Path("/dev/full").open("w") as full:
        code, _, said = doctor(empty_store_file, out=full.fileno())
    assert (code, said) == (1, "There is no room for it: No space left on device. Free some space, and ask again.\n")


@pytest.mark.skipif(sys.platform == "win32", reason="closes what a child inherits")
def test_streams_that_are_closed_are_no_matter(empty_store_file: Path) -> None:
    def close() -> None:
        os.close(0)
        os.close(1)

    assert doctor(empty_store_file, before=close) == (0, "", "")
