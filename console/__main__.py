"""The `careline` command. Without words it opens the console; with some, the command line reads them."""

from __future__ import annotations

import sys

from console.streams import drop_output, make_ready


def main() -> None:
    """Runs `careline`; what it may import is kept small, for a start that is not felt."""
    make_ready()
    words = sys.argv[1:]
    if words == ["--version"]:
        sys.exit(_tell_version())
    elif words:
        from console.command_line import run

        sys.exit(run(words))
    else:
        sys.exit(_open())


def _tell_version() -> int:
    from importlib.metadata import version

    try:
        print(f"careline {version('careline')}", flush=True)  # noqa: T201
    except OSError:
        drop_output()
        return 1
    return 0


def _open() -> int:
    from console.opening import open_on_screen
    from console.settings import Settings
    from data.errors import CarelineError
    from data.text import harmless

    try:
        return open_on_screen(Settings.given())
    except CarelineError as error:
        sys.stderr.write(f"{harmless(str(error))}\n")
        return error.exit_code
    except Exception as error:
        from console.report import write_report

        sys.stderr.write(f"{write_report(error)}\n")
        return 1


if __name__ == "__main__":
    main()
