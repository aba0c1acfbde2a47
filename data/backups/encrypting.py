"""A store into an encrypted file, and back into a plain one: always a new file, the old one is left as it is."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from data.agents.rules import Permission
from data.audit.verifying import look_over
from data.backups.copying import check_copy
from data.desk import Desk, action, permit
from data.errors import Misused, Refused, StoreTrouble
from data.store import connect, store_path
from data.store_faults import APPLICATION_ID
from data.store_keys import LEAST, is_encrypted, new_key
from data.store_making import drafting

PLAIN = ""


def encrypt(desk: Desk, file: Path, passphrase: str) -> Path:
    """Writes the store into the new file, encrypted with `passphrase`; returns where it is.

    Raises Misused for too short a passphrase, Refused where a file is there, or the agent may not.
    """
    permit(desk, Permission.ADMINISTER)
    if len(passphrase) < LEAST:
        raise Misused(f"The passphrase is too short: {LEAST} characters are the least.", "Take a sentence of yours.")
    return _export(desk, file, new_key(passphrase))


def decrypt(desk: Desk, file: Path) -> Path:
    """Writes the encrypted store into the new file as a plain one. Raises Refused where it is plain already."""
    permit(desk, Permission.ADMINISTER)
    if not is_encrypted(desk.store.path):
        raise Refused("This store is not encrypted.", "To copy it, say careline backup FILE.")
    return _export(desk, file, PLAIN)


@action("store.export", needs=Permission.ADMINISTER)
def note_export(desk: Desk, path: Path, *, encrypted: bool) -> None:
    """Keeps on the record that everything was written into another file."""
    desk.event.tell(file=str(path), encrypted=encrypted)


def _export(desk: Desk, file: Path, key: str) -> Path:
    path = store_path(file)
    with drafting(path, named_with="") as draft:
        with closing(connect(desk.store.path)) as connection:
            given = f"x'{key}'" if key else ""
            connection.execute("ATTACH DATABASE ? AS new KEY ?", (str(draft), given))
            connection.execute("BEGIN IMMEDIATE")  # nothing is saved between one table and the next
            connection.execute("SELECT sqlcipher_export('new')").fetchall()
            connection.execute(f"PRAGMA new.application_id = {APPLICATION_ID}")
            connection.execute("COMMIT")
            connection.execute("DETACH DATABASE new")
        check_copy(draft, thoroughly=True)
        with closing(connect(draft)) as connection:
            problems = look_over(connection).problems
        note_export(desk, path, encrypted=bool(key))  # before it has its name, as a backup
    if problems:
        raise StoreTrouble(f"{path} is written, but its audit is not whole: {problems[0]}", "Look with audit verify.")
    return path
