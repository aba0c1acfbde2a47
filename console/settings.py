"""Where the store is, who sits here and how they like it: command line, then environment, then careline.toml."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from data.errors import Misused
from data.files import toml_in, unread

STORE_NAME = "careline.store"
DEMO_NAME = "demo.store"


@dataclass(frozen=True)
class Settings:
    """`store` and `agent` as given by --store/CARELINE_STORE and --agent/CARELINE_AGENT; None where not.

    `passphrase` and `token`: CARELINE_PASSPHRASE and CARELINE_TOKEN, what a script signs in with.
    `theme` and `keys` (binding name → keys, as docs/keys.md names them) are the person's, from careline.toml.
    """

    store: str | None = None
    agent: str | None = None
    theme: str | None = None
    keys: dict[str, str] = field(default_factory=dict)
    passphrase: str | None = field(default=None, repr=False)
    token: str | None = field(default=None, repr=False)

    @classmethod
    def given(cls, store: str | None = None, agent: str | None = None) -> Settings:
        """The settings of this run; the environment fills what the command line left out.

        Raises Misused where that is given and names nothing, as a script's variable that is not set does: it must not
        open another store than is meant, nor as somebody else.
        """
        for option, value in (("--store", store), ("--agent", agent)):
            if value is not None and not value.strip():
                raise Misused(f"{option} is given, and names nothing.", "Say a name after it, or leave it out.")
        return cls(
            store or os.environ.get("CARELINE_STORE") or None,
            agent or os.environ.get("CARELINE_AGENT") or None,
            passphrase=os.environ.get("CARELINE_PASSPHRASE") or None,
            token=os.environ.get("CARELINE_TOKEN") or None,
            **preferences(),
        )

    def real_store(self) -> str | Path:
        """Where `careline init` makes a store: as given, or in the platform's data folder."""
        return self.store or data_folder() / STORE_NAME

    def demo_store(self) -> str | Path:
        """Where `careline demo` makes a store: as given, or beside the real one."""
        return self.store or data_folder() / DEMO_NAME

    def open_store(self) -> str | Path:
        """The store to open: as given, else the real one, but for a demo that is there without a real one."""
        if self.store:
            return self.store
        real, demo = data_folder() / STORE_NAME, data_folder() / DEMO_NAME
        return demo if demo.exists() and not real.exists() else real

    def unlocked_store(self) -> str | Path:
        """The same; the passphrase of an encrypted one is asked for, where there is a terminal."""
        from console.unlocking import unlock

        unlock(where := self.open_store())
        return where


def data_folder() -> Path:
    """The platform's folder for an application's data; it need not exist yet."""
    from platformdirs import user_data_path

    return user_data_path("careline", appauthor=False)


def preferences_file() -> Path:
    """Where a person's own choices are kept."""
    from platformdirs import user_config_path

    return user_config_path("careline", appauthor=False) / "careline.toml"


def preferences() -> dict[str, Any]:
    """The `theme` and `keys` that the person chose. Raises Misused where their file can't be read."""
    import tomllib

    file = preferences_file()
    try:
        chosen = toml_in(file.read_text(encoding="utf-8"))
    except (FileNotFoundError, NotADirectoryError):
        return {}
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise unread(file, error, "Mend it or move it away.") from None
    theme, keys = chosen.get("theme"), chosen.get("keys", {})
    if not isinstance(theme, str | None) or not isinstance(keys, dict):
        raise Misused(f"{file}: `theme` is a name, `keys` a table of names and keys.", "Mend it or move it away.")
    return {"theme": theme, "keys": {str(name): str(key) for name, key in keys.items()}}


def keep_theme(theme: str) -> None:
    """Keeps the look that the person chose; the rest of their file stays as it is."""
    file = preferences_file()
    file.parent.mkdir(parents=True, exist_ok=True)
    lines = file.read_text(encoding="utf-8").splitlines() if file.exists() else []
    others = [line for line in lines if not line.replace(" ", "").startswith("theme=")]
    draft = file.with_suffix(".draft")
    draft.write_text("\n".join([f'theme = "{theme}"', *others, ""]), encoding="utf-8")
    draft.replace(file)
