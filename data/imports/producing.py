"""A file's rows, read and made ready: here, or by a second process while this one writes.

The second process only reads the file and computes; it knows no store. It sends a batch at a time and waits until that
is taken, so that no more than a few batches are ever in memory.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from itertools import islice
from multiprocessing.connection import Connection

from data.errors import Refused
from data.imports import reading
from data.imports.reading import BATCH, Table
from data.imports.rows import Context, Rows, prepare

WORTHWHILE = 3 * BATCH  # rows; for fewer, the second process begins too late
MEANWHILE = 1  # batches that are made ready here while the second process starts


def ready_rows(table: Table, context: Context, *, share: bool) -> Generator[Rows]:
    """Every batch of `table`, made ready; with `share`, a second process does it where that is worthwhile."""
    if not (share and table.rows_about > WORTHWHILE and _processors() > 1):
        yield from (prepare(batch, context) for batch in table.batches())
        return
    with _second_process(table, context) as receiver:
        yield from (prepare(batch, context) for batch in islice(table.batches(), MEANWHILE))
        while (rows := _receive(receiver)) is not None:
            yield rows


@contextmanager
def no_search_for_cycles() -> Iterator[None]:
    """While batches go through, Python does not look for garbage in cycles: they make none, and have much to look at.

    It takes a fifth of the time otherwise.
    """
    looks = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if looks:
            gc.enable()


@contextmanager
def _second_process(table: Table, context: Context) -> Iterator[Connection]:
    """A process that sends every batch but the first few; gone when this ends."""
    spawning = multiprocessing.get_context("spawn")  # a fork would take the store's connections and threads along
    receiver, sender = spawning.Pipe(duplex=False)
    process = spawning.Process(target=_send_all, args=(table, context, reading.BATCH, sender), daemon=True)
    with _without_interrupts():
        process.start()
    sender.close()
    try:
        yield receiver
    finally:
        receiver.close()
        process.terminate()
        process.join()


def _send_all(table: Table, context: Context, at_once: int, sender: Connection) -> None:
    """What the second process does: sends Rows, then None; or the error that kept it from going on."""
    gc.disable()
    try:
        for batch in islice(table.batches(at_once), MEANWHILE, None):
            sender.send(prepare(batch, context))
        sender.send(None)
    except BrokenPipeError:
        pass  # nobody wants more
    except Exception as error:
        sender.send(error)


def _receive(receiver: Connection) -> Rows | None:
    try:
        sent = receiver.recv()
    except EOFError:
        raise Refused("The process that reads the file has ended.", "What was read is kept; import it again.") from None
    if isinstance(sent, Exception):
        raise sent
    return sent  # type: ignore[no-any-return]


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
