"""Where the store is and who sits here: the command line first, then the environment, then the defaults."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

STORE_NAME = "careline.store"
DEMO_NAME = "demo.store"


@dataclass(frozen=True)
class Settings:
    """`store` and `agent` as given by --store/CARELINE_STORE and --agent/CARELINE_AGENT; None where not."""

    store: str | None = None
    agent: str | None = None
    theme: str | None = None

    @classmethod
    def given(cls, store: str | None = None, agent: str | None = None) -> Settings:
        """The settings of this run; the environment fills what the command line left out."""
        return cls(
            store or os.environ.get("CARELINE_STORE") or None,
            agent or os.environ.get("CARELINE_AGENT") or None,
        )

    def real_store(self) -> str | Path:
        """Where `careline init` makes a store: as given, or in the platform's data folder."""
        return self.store or data_folder() / STORE_NAME

    def demo_store(self) -> str | Path:
        """Where `careline demo` makes a store: as given, or beside the real one."""
        return self.store or data_folder() / DEMO_NAME

    def open_store(self) -> str | Path:
        """The store to open: as given, else the real one where it exists, else the demo's."""
        if self.store:
            return self.store
        real = data_folder() / STORE_NAME
        return real if real.exists() else data_folder() / DEMO_NAME


def data_folder() -> Path:
    """The platform's folder for an application's data; it need not exist yet."""
    from platformdirs import user_data_path

    return user_data_path("careline", appauthor=False)
