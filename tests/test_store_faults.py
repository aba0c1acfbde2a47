"""Files that can't be used as a store: each told in one clear sentence, with exit code 3, and left as it was found."""

from __future__ import annotations

import ctypes
import hashlib
import os
import resource
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
import sqlcipher3.dbapi2 as sqlite

from console.command_line import run
from data.demo import make_demo
from data.store_faults import SCHEMA_VERSION
from data.store_keys import MAGIC
from tests.conftest import NOW

ACCOUNT = "SV093001"
Spoil = Callable[[Path], None]


@pytest.fixture(scope="session")
def sound_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of some customers, closed."""
    path = tmp_path_factory.mktemp("sound") / "sound.store"
    make_demo(path, customers=60, now=NOW).close()
    return path


@pytest.fixture
def path(sound_file: Path, tmp_path: Path) -> Path:
    """A copy of it, alone in its folder, to spoil."""
    folder = tmp_path / "folder"
    folder.mkdir()
    return Path(shutil.copy(sound_file, folder / "some.store"))


def page_of(path: Path, table: str) -> slice:
    """Where the root page of `table` lies in the file."""
    with closing(sqlite.connect(path.as_posix())) as connection:
        size = connection.execute("PRAGMA page_size").fetchone()[0]
        page = connection.execute("SELECT rootpage FROM sqlite_schema WHERE name = ?", (table,)).fetchone()[0]
    return slice((page - 1) * size, page * size)


def overwrite(path: Path, part: slice, value: int = 0xA5) -> None:
    content = bytearray(path.read_bytes())
    content[part] = bytes([value]) * len(content[part])
    path.write_bytes(content)


def newer(path: Path) -> None:
    with closing(sqlite.connect(path.as_posix(), isolation_level=None)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")


def another_program(path: Path) -> None:
    path.unlink()
    with closing(sqlite.connect(path.as_posix())) as connection:
        connection.execute("CREATE TABLE songs (title)")


def letters(path: Path) -> None:
    content = path.read_bytes()
    assert content.count(SCHEMA_VERSION.encode()) >= 1
    path.write_bytes(content.replace(b"\x15" + SCHEMA_VERSION.encode(), b"\x15\xff" + SCHEMA_VERSION.encode()[1:]))


SPOILT: dict[str, tuple[Spoil, str]] = {
    "newer": (newer, "was made by a newer Careline (its version 9999"),
    "text": (lambda path: path.write_text("first_name,last_name\n" * 90) and None, "is not a Careline store"),
    "empty": (lambda path: path.write_bytes(b"") and None, "is not a Careline store"),
    "another program's": (another_program, "is not a Careline store"),
    "only a header": (lambda path: path.write_bytes(MAGIC) and None, "is not a Careline store"),
    "cut in the middle": (lambda path: os.truncate(path, path.stat().st_size // 2), "is damaged"),
    "cut within a page": (lambda path: os.truncate(path, path.stat().st_size // 2 + 100), "is damaged"),
    "first page": (lambda path: overwrite(path, slice(100, 4096)), "is damaged"),
    "header": (lambda path: overwrite(path, slice(16, 60)), "is damaged"),
    "letters that are none": (letters, "is damaged"),
    "a middle page": (lambda path: overwrite(path, page_of(path, "plan")), "is damaged"),
}


def contents(folder: Path) -> dict[str, str]:
    return {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in folder.iterdir()}


@pytest.mark.parametrize("fault", SPOILT)
@pytest.mark.parametrize("words", [["account", ACCOUNT], ["search", "maria"], ["doctor"]], ids=lambda words: words[0])
def test_a_spoilt_store_is_told_and_left_alone(
    fault: str, words: list[str], path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    spoil, sentence = SPOILT[fault]
    spoil(path)
    before = contents(path.parent)
    code = run(["--store", str(path), *words])
    told = capfd.readouterr()
    if fault == "a middle page" and words[0] == "search":
        assert (code, told.err) == (0, "")  # the search never needs that page: what is sound can still be read
    elif words[0] == "doctor":
        assert (code, told.err) == (3, "")
        assert "It needs mending" in told.out
    else:
        assert (code, told.out) == (3, "")
        assert sentence in told.err
        assert told.err.count("\n") == 1, "one line, and nothing of the driver's own"
    assert contents(path.parent)[path.name] == before[path.name]
    if fault != "a middle page":
        assert contents(path.parent) == before


@pytest.mark.parametrize("fault", SPOILT)
def test_the_doctor_says_what_to_do(fault: str, path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    SPOILT[fault][0](path)
    run(["--store", str(path), "doctor"])
    lines = capfd.readouterr().out.splitlines()
    [trouble] = [number for number, line in enumerate(lines) if line.startswith("!")]
    assert lines[trouble + 1].startswith(" " * 10), "a remedy stands below"


@pytest.mark.parametrize(
    ("where", "sentence"),
    [
        ("postgresql://floor:secret@db.example/care", "keeps its store in a SQLite file"),
        ("https://db.example/care.store", "keeps its store in a SQLite file"),
        ("sqlite://", "keeps its store in a SQLite file"),
        ("nonsense::://", "is not a store's address"),
        (".", "is not a file"),
        ("x" * 300, "can't be read"),
    ],
)
@pytest.mark.parametrize("words", [["account", ACCOUNT], ["doctor"]], ids=lambda words: words[0])
def test_an_address_that_is_no_file(
    where: str, sentence: str, words: list[str], capfd: pytest.CaptureFixture[str]
) -> None:
    assert run(["--store", where, *words]) == 3
    told = "".join(capfd.readouterr())
    assert sentence in told
    assert "secret" not in told


@pytest.mark.parametrize("words", [["account", ACCOUNT], ["doctor"], ["rule", "list"]], ids=lambda words: words[0])
def test_no_store_says_how_to_make_one(words: list[str], tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["--store", str(tmp_path / "none.store"), *words]) == 3
    assert "Make one with `careline init` or `careline demo`." in capfd.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_a_store_can_be_named_by_its_url(path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["--store", f"sqlite:///{path}", "account", ACCOUNT]) == 0
    assert "Maria Alvarez" in capfd.readouterr().out


CAPABILITIES = (1, 2)  # CAP_DAC_OVERRIDE and CAP_DAC_READ_SEARCH: what lets root pass over a file's mode


def as_anyone() -> None:
    """In a child process: obey file modes as everybody does, root too."""
    for capability in CAPABILITIES:
        ctypes.CDLL(None).prctl(24, capability, 0, 0, 0)  # PR_CAPBSET_DROP


def careline(path: Path, *words: str, before: Callable[[], None] | None = None) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "console", "--store", str(path), *words]
    return subprocess.run(command, capture_output=True, text=True, preexec_fn=before, stdin=subprocess.DEVNULL)


@pytest.mark.skipif(sys.platform != "linux", reason="drops capabilities as Linux has them")
@pytest.mark.parametrize("locked", ["file", "folder"])
def test_a_read_only_store_is_told_and_left_alone(locked: str, path: Path) -> None:
    before = contents(path.parent)
    target = path if locked == "file" else path.parent
    target.chmod(0o400 if locked == "file" else 0o500)
    probe = subprocess.run(["test", "-w", str(target)], preexec_fn=as_anyone)
    try:
        if probe.returncode == 0:
            pytest.skip("this machine lets root write whatever the mode says")
        told = careline(path, "account", ACCOUNT, before=as_anyone)
        made = careline(path.parent / "new.store", "init", "--yes", before=as_anyone)
    finally:
        path.parent.chmod(0o700)
        path.chmod(0o600)
    assert (told.returncode, told.stdout) == (3, "")
    assert told.stderr == f"The store at {path} is read-only. Make the file and its folder writable.\n"
    if locked == "folder":
        assert made.returncode == 3
        assert "No store can be made" in made.stderr
        assert contents(path.parent) == before


def test_a_disk_that_fills_while_a_store_is_made_leaves_nothing(tmp_path: Path) -> None:
    def little_room() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, 300_000))

    told = careline(tmp_path / "demo.store", "demo", "--customers", "300", before=little_room)
    assert told.returncode == 3
    assert told.stderr.count("\n") == 1
    assert "Nothing of this was saved" in told.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.fixture
def little_room(path: Path) -> Iterator[None]:
    """No file of this process may grow beyond half a megabyte, as on a disk that is full."""
    before, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (500_000, hard))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, (before, hard))


@pytest.mark.usefixtures("little_room")
@pytest.mark.parametrize(
    "words", ["backup {}/a.backup", "import customers {}/people.csv --dry-run", "store encrypt {}/b"]
)
def test_a_disk_that_fills_while_a_store_is_copied_is_told(
    words: str, path: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "people.csv").write_text("First Name,Last Name\nAna,Alvarez\n")
    monkeypatch.setenv("CARELINE_STORE_KEY", "correct horse battery staple")
    before = {*tmp_path.rglob("*"), *(path.with_name(f"{path.name}-{kind}") for kind in ("wal", "shm"))}
    assert run(["--store", str(path), "--agent", "admin01", *words.format(tmp_path).split()]) == 3
    assert "Nothing of this was saved" in capfd.readouterr().err
    assert {*tmp_path.rglob("*")} <= before
