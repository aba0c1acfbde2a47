"""The `careline` command. Without words it opens the console; with some, the command line reads them."""

from __future__ import annotations

import sys


def main() -> None:
    """Runs `careline`; what it may import is kept small, for a start that is not felt."""
    words = sys.argv[1:]
    if words == ["--version"]:
        from importlib.metadata import version

        sys.stdout.write(f"careline {version('careline')}\n")
    elif words:
        from console.command_line import run

        sys.exit(run(words))
    else:
        sys.exit(_open())


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


if __name__ == "__main__":
    main()
