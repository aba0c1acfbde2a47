"""A file's rows, read and made ready: here, or by a second process while this one writes.

The second process only reads the file and computes; it knows no store. It sends a batch at a time and waits until that
is taken, so that no more than a few batches are ever in memory.
"""

from __future__ import annotations

import gc
import os
import pickle
import signal
import subprocess
import sys
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from itertools import islice
from typing import IO, cast

from data.errors import Refused
from data.imports import reading
from data.imports.reading import BATCH, Table
from data.imports.rows import Context, Rows, prepare

WORTHWHILE = 3 * BATCH  # rows; for fewer, the second process begins too late
MEANWHILE = 1  # batches that are made ready here while the second process starts
ROOM = 1 << 20  # bytes that may wait between the two
RUN = f"import sys; sys.path[:] = sys.argv[1:]; from {__name__} import send_all; send_all()"


def ready_rows(table: Table, context: Context, *, share: bool) -> Generator[Rows]:
    """Every batch of `table`, made ready; with `share`, a second process does it where that is worthwhile."""
    if not (share and table.rows_about > WORTHWHILE and _processors() > 1 and _may_start()):
        yield from (prepare(batch, context) for batch in table.batches())
        return
    with _second_process(table, context) as sent:
        yield from (prepare(batch, context) for batch in islice(table.batches(), MEANWHILE))
        while (rows := _receive(sent)) is not None:
            yield rows


@contextmanager
def _second_process(table: Table, context: Context) -> Iterator[IO[bytes]]:
    """A process that sends every batch but the first few; gone when this ends."""
    with _without_interrupts():
        process = subprocess.Popen(
            [sys.executable, "-c", RUN, *sys.path],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            pipesize=ROOM,
        )
    with process:
        try:
            told, sent = cast(IO[bytes], process.stdin), cast(IO[bytes], process.stdout)
            pickle.dump((table, context, reading.BATCH), told)
            told.flush()
            yield sent
        finally:
            process.kill()


def send_all() -> None:
    """What the second process does: sends Rows, then None; or the error that kept it from going on."""
    gc.disable()
    told, sent = sys.stdin.buffer, sys.stdout.buffer
    table, context, at_once = pickle.load(told)
    try:
        for batch in islice(table.batches(at_once), MEANWHILE, None):
            _send(prepare(batch, context), sent)
        _send(None, sent)
    except BrokenPipeError:
        pass  # nobody wants more
    except Exception as error:
        _send(error, sent)


def _send(what: Rows | Exception | None, sent: IO[bytes]) -> None:
    pickle.dump(what, sent, protocol=pickle.HIGHEST_PROTOCOL)
    sent.flush()


def _receive(sent: IO[bytes]) -> Rows | None:
    try:
        what = pickle.load(sent)
    except (EOFError, pickle.UnpicklingError):
        raise Refused("The process that reads the file has ended.", "What was read is kept; import it again.") from None
    if isinstance(what, Exception):
        raise what
    return cast(Rows | None, what)


@contextmanager
def _without_interrupts() -> Iterator[None]:
    """A process that is started now never hears of Ctrl-C: this one decides when to stop."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _processors() -> int:
    """How many this process may use."""
    affinity = getattr(os, "sched_getaffinity", None)
    return len(affinity(0)) if affinity else os.cpu_count() or 1


def _may_start() -> bool:
    """Whether this is a Python that another one can be started as."""
    return bool(sys.executable) and not getattr(sys, "frozen", False)
