"""The command line: which commands there are, and how each ends.

Exit codes: 0 done, 1 refused or not found, 2 misused, 3 store trouble, 130 stopped. No traceback reaches a person.
"""

from __future__ import annotations

import errno
import sys
from typing import Annotated

import typer
from typer.exceptions import TyperException

from console.ctrl_c import INTERRUPTED
from console.misuse import told
from console.on_demand import CommandsOnDemand
from console.settings import Settings
from console.streams import drop_output
from data.errors import MEND, CarelineError
from data.text import harmless

app = typer.Typer(
    name="careline",
    cls=CommandsOnDemand,
    help="The console of a telecom care agent. Without a command it opens on the screen.",
    no_args_is_help=False,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


def _show_version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        typer.echo(f"careline {version('careline')}")
        raise typer.Exit


@app.callback(invoke_without_command=True)
def start(
    context: typer.Context,
    store: Annotated[str | None, typer.Option(help="The store: a path or sqlite:///PATH. [CARELINE_STORE]")] = None,
    agent: Annotated[str | None, typer.Option(help="Who sits here. [CARELINE_AGENT]")] = None,
    version: Annotated[
        bool, typer.Option("--version", help="Show the version.", callback=_show_version, is_eager=True)
    ] = False,
) -> None:
    context.obj = Settings.given(store, agent)
    if context.invoked_subcommand is None:
        from console.opening import open_on_screen

        raise typer.Exit(open_on_screen(context.obj))


def run(words: list[str]) -> int:
    """Runs one command and returns its exit code; every error is told in words on stderr."""
    try:
        code = _run(words)
        sys.stdout.flush()
    except CarelineError as error:
        return _tell(f"{_at_a_shell(error)}{_how_to_ask(error)}", error.exit_code)
    except TyperException as error:
        return _tell(told(error), error.exit_code)
    except (typer.Abort, KeyboardInterrupt):
        return _tell("Stopped.", INTERRUPTED)
    except (BrokenPipeError, SystemExit) as ended:
        return _leave_quietly(ended)
    except Exception as error:
        if isinstance(error, OSError) and error.errno == errno.ENOSPC:
            drop_output()
            return _tell(f"There is no room for it: {error.strerror}. Free some space, and ask again.", 1)
        from console.report import write_report

        return _tell(write_report(error), 1)
    return code


def _run(words: list[str]) -> int:
    try:
        code = app(words, prog_name="careline", standalone_mode=False)
    except typer.Exit as ended:
        return ended.exit_code
    return code if isinstance(code, int) else 0


def _at_a_shell(error: CarelineError) -> str:
    """The error in sentences; what is said of a form's fields is left to forms."""
    return f"{error.reason} Nothing was changed." if error.remedy == MEND else str(error)


def _how_to_ask(error: CarelineError) -> str:
    """Where a permission is missing that can be asked for, the command that asks for it."""
    wanted = getattr(error, "permission", "")
    return f' Or ask for it: careline access request "{wanted}" --reason WHY' if wanted else ""


def _leave_quietly(ended: BaseException) -> int:
    """Ends without a word where whoever read the output has gone (`| head`): they have what they wanted."""
    if isinstance(ended, SystemExit) and not isinstance(ended.__context__, BrokenPipeError):
        raise ended
    drop_output()
    return 0


def _tell(sentence: str, code: int) -> int:
    """Says it on stderr; what was typed, or stood in a file, may be part of it."""
    print(*map(harmless, sentence.split("\n")), sep="\n", file=sys.stderr)  # noqa: T201
    return code
