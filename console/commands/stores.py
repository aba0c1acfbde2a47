"""`careline store`: a store into an encrypted file, and back into a plain one."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from console.desks import desk_of
from console.passphrases import new_passphrase
from console.printing import Json, tell

NewFile = Annotated[Path, typer.Argument(metavar="NEWFILE", help="Where to; nothing may be there yet.")]


def register(app: typer.Typer) -> None:
    """Adds the commands to `app`."""
    group = typer.Typer(help="The store's file: encrypt it, or take it out of encryption.", no_args_is_help=True)
    group.command("encrypt", help="Write the store into a new file, encrypted with a passphrase.")(encrypt)
    group.command("decrypt", help="Write an encrypted store into a new, plain file.")(decrypt)
    app.add_typer(group, name="store")


def encrypt(context: typer.Context, file: NewFile, as_json: Json = False) -> None:
    from data.backups.encrypting import encrypt as write
    from data.store_keys import VARIABLE

    path = write(desk_of(context), file, new_passphrase(VARIABLE, "Passphrase for the new file: "))
    how = f"Open it with its passphrase, asked for on a terminal or given in {VARIABLE}. Without it, it is lost."
    _tell(path, [f"The store is written to {path}, encrypted.", how], as_json, encrypted=True)


def decrypt(context: typer.Context, file: NewFile, as_json: Json = False) -> None:
    from data.backups.encrypting import decrypt as write

    path = write(desk_of(context), file)
    _tell(path, [f"The store is written to {path}, readable to whoever can read the file."], as_json, encrypted=False)


def _tell(path: Path, lines: list[str], as_json: bool, *, encrypted: bool) -> None:
    tell(
        {"file": str(path), "encrypted": encrypted},
        [*lines, "The old file is as it was: put it away, or delete it, once the new one works."],
        as_json,
    )
