"""Calls that a test holds back, as a slow store does."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest


class Gate:
    """Holds calls back until it is opened, and counts them."""

    def __init__(self) -> None:
        self.calls: list[tuple[Any, ...]] = []
        self.shut = False
        self._open = threading.Event()

    def around(self, function: Callable[..., Any]) -> Callable[..., Any]:
        def held(*args: Any, **kwargs: Any) -> Any:
            self.calls.append(args[1:])
            if self.shut:
                self.shut = False
                self._open.wait(30)
            return function(*args, **kwargs)

        return held

    def let_go(self) -> None:
        self._open.set()


def gated(monkeypatch: pytest.MonkeyPatch, module: Any, name: str) -> Gate:
    gate = Gate()
    monkeypatch.setattr(module, name, gate.around(getattr(module, name)))
    return gate
