"""A child process for what can't be undone in this one: mounting a small disk, and giving up root's rights."""

from __future__ import annotations

import ctypes
import os
import pickle
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

R = TypeVar("R")
NOBODY = 65_534
NEW_MOUNTS, REMOUNT, PRIVATE = 0x0002_0000, 0x20, 0x4_4000  # CLONE_NEWNS, MS_REMOUNT, MS_REC | MS_PRIVATE


def apart(do: Callable[[], R]) -> R:
    """What `do` returns, done by a child of this process; where it raises, so does this."""
    near, far = os.pipe()
    if (child := os.fork()) == 0:
        try:
            result: object = do()
        except BaseException as error:
            result = RuntimeError(repr(error))
        with os.fdopen(far, "wb") as out:
            pickle.dump(result, out)
        os._exit(0)
    os.close(far)
    with os.fdopen(near, "rb") as come:
        told = come.read()
    os.waitpid(child, 0)
    result = pickle.loads(told)
    if isinstance(result, RuntimeError):
        raise result
    return result  # type: ignore[return-value]


def is_root() -> bool:
    """Whether this process may take another's rights, and mount."""
    return sys.platform == "linux" and os.geteuid() == 0


def mount_disk(at: Path, size: int) -> bool:
    """Mounts an empty disk of `size` bytes at `at`, for this process alone; False where the machine won't have it."""
    libc = ctypes.CDLL(None)
    return (
        libc.unshare(NEW_MOUNTS) == 0
        and libc.mount(b"none", b"/", None, PRIVATE, None) == 0
        and libc.mount(b"tmpfs", bytes(at), b"tmpfs", 0, f"size={size}".encode()) == 0
    )


def resize_disk(at: Path, size: int) -> None:
    """Changes the size of the disk that was mounted at `at`."""
    if ctypes.CDLL(None).mount(b"tmpfs", bytes(at), b"tmpfs", REMOUNT, f"size={size}".encode()) != 0:
        raise RuntimeError("the disk can't be made larger")


def become_nobody() -> None:
    """Leaves root's rights behind, for good."""
    os.setgroups([])
    os.setgid(NOBODY)
    os.setuid(NOBODY)
