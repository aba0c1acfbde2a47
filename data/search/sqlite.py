"""The search engine that lives inside the SQLite store."""

from __future__ import annotations

from typing import Any

from data.search.engine import Progress


class SqliteSearch:
    def refresh(self, connection: Any) -> None: ...
    def rebuild(self, connection: Any, progress: Progress | None = None) -> None: ...
    def differences(self, connection: Any) -> int:
        return 0
