"""What a person installs: everything the program reads is in the wheel, and every version is pinned."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
import zipfile
from importlib.metadata import requires
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parent.parent
FLOORS = ("console", "screens", "data")


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from this source without the network."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    built = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert built.returncode == 0, built.stdout + built.stderr
    [file] = folder.glob("*.whl")
    return file


def source_files() -> set[str]:
    """Every file of the three floors, as a wheel names it."""
    files = (file for floor in FLOORS for file in (ROOT / floor).rglob("*") if file.is_file())
    return {file.relative_to(ROOT).as_posix() for file in files if "__pycache__" not in file.parts}


def test_the_wheel_carries_every_file_of_the_program(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = {name for name in archive.namelist() if ".dist-info/" not in name}
    assert names == source_files()


@pytest.mark.parametrize(
    "name",
    [
        "console/app.tcss",
        "data/demo/cast.toml",
        "data/demo/lists.toml",
        "data/migrations/script.py.mako",
        "data/migrations/versions/v0001_foundation.py",
        "data/operators/catalog.toml",
    ],
)
def test_files_that_are_not_python_are_in_it(wheel: Path, name: str) -> None:
    with zipfile.ZipFile(wheel) as archive:
        assert archive.read(name) == (ROOT / name).read_bytes()


def test_it_installs_the_command(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        [entries] = [name for name in archive.namelist() if name.endswith("entry_points.txt")]
        assert "careline = console.__main__:main" in archive.read(entries).decode()


def test_what_is_in_the_wheel_runs_by_itself(wheel: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path / "installed")
    environment = os.environ | {"PYTHONPATH": str(tmp_path / "installed"), "CARELINE_STORE": str(tmp_path / "a.store")}

    def python(*words: str) -> str:
        command = [sys.executable, *words]
        return subprocess.run(
            command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=True, stdin=subprocess.DEVNULL
        ).stdout

    assert python("-c", "import data; print(data.__file__)").startswith(str(tmp_path / "installed"))
    assert "All of it is fiction" in python("-m", "console", "demo", "--customers", "30")
    assert "All is well" in python("-m", "console", "doctor")


def pins() -> dict[str, str]:
    """constraints.txt: each project's name → its version."""
    lines = [line for line in (ROOT / "constraints.txt").read_text().splitlines() if not line.startswith("#")]
    found = [re.fullmatch(r"([a-z0-9-]+)==([0-9][\w.]*)( ; .+)?", line) for line in lines]
    assert all(found), "a pin is a name, == and a version, and never an address"
    return {match[1]: match[2] for match in found if match}


def test_every_dependency_is_pinned_within_its_bounds() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    extras = project["optional-dependencies"]
    wanted = [Requirement(text) for text in [*project["dependencies"], *extras["dev"], *extras["bench"]]]
    pinned = pins()
    for requirement in wanted:
        assert requirement.specifier.contains(pinned[canonicalize_name(requirement.name)]), requirement
        assert {"<", "=="} & {bound.operator for bound in requirement.specifier} or requirement.marker, requirement


def pulled_in(wanted: list[Requirement]) -> set[str]:
    """The projects that `wanted` bring along on this machine, and those that these bring along in their turn."""
    found: set[str] = set()
    while wanted:
        parent = wanted.pop()
        if (name := canonicalize_name(parent.name)) not in found:
            found.add(name)
            children = map(Requirement, requires(name) or ())
            wanted += [child for child in children if applies(child, parent.extras)]
    return found


def applies(requirement: Requirement, extras: set[str]) -> bool:
    """Whether it is wanted here, of a project that was asked for with these extras."""
    marker = requirement.marker
    return marker is None or any(marker.evaluate({"extra": extra}) for extra in (extras or {""}))


def test_what_dependencies_bring_along_is_pinned_too() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    direct = [Requirement(text) for text in [*project["dependencies"], *project["optional-dependencies"]["dev"]]]
    brought = pulled_in([one for one in direct if applies(one, set())])
    assert len(brought) > len(direct)
    assert brought <= pins().keys()
