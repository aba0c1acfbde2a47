"""The floors of the house: what each part may load, proven in a process of its own."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
LOADED = "import sys; print(*sorted(sys.modules), file=sys.stderr)"


def loaded_by(code: str, *words: str) -> set[str]:
    """The modules that a fresh Python has loaded after `code`."""
    script = f"import sys\ntry:\n    {code}\nexcept SystemExit:\n    pass\nfinally:\n    {LOADED}"
    run = subprocess.run([sys.executable, "-c", script, *words], cwd=ROOT, capture_output=True, text=True, check=True)
    return set(run.stderr.split())


def modules(floor: str) -> list[str]:
    """Every module of a floor, but for Alembic's own scripts, which only Alembic loads."""
    files = sorted((ROOT / floor).rglob("*.py"))
    names = [".".join(file.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__") for file in files]
    return [name for name in names if name != "data.migrations.env"]


def test_the_data_loads_nothing_of_the_screen() -> None:
    names = modules("data")
    assert len(names) > 30
    loaded = loaded_by(f"import {', '.join(names)}")
    assert set(names) <= loaded
    assert loaded & {"textual", "rich", "typer", "console", "screens"} == set()


@pytest.mark.parametrize("words", [["--version"], ["--help"], ["demo", "--help"], ["rule", "--help"]], ids=" ".join)
def test_what_must_start_quickly_loads_neither_the_screen_nor_the_store(words: list[str]) -> None:
    loaded = loaded_by("from console.__main__ import main; main()", *words)
    heavy = {"textual", "rich", "sqlmodel", "sqlalchemy", "alembic", "data.desk", "screens", "httpx"}
    assert loaded & heavy == set()


def test_the_version_needs_no_command_line() -> None:
    assert "typer" not in loaded_by("from console.__main__ import main; main()", "--version")


def test_importing_data_is_next_to_nothing() -> None:
    loaded = loaded_by("import data")
    assert {name for name in loaded if name.split(".")[0] == "data"} == {"data"}
    assert "sqlalchemy" not in loaded


def test_the_public_names_of_data_are_there() -> None:
    import data

    assert {name: getattr(data, name).__name__ for name in data.__all__} == {name: name for name in data.__all__}
    with pytest.raises(AttributeError):
        data.nothing_of_the_kind  # noqa: B018


def test_the_console_paints_before_it_loads_the_store() -> None:
    loaded = loaded_by("import console.app")
    assert "textual" in loaded
    assert loaded & {"sqlmodel", "sqlalchemy", "data.desk", "data.store"} == set()
