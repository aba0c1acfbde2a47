"""What was typed wrongly on the command line, in Careline's own words."""

from __future__ import annotations

import re
from difflib import get_close_matches
from typing import Any

from typer.exceptions import TyperException

from data.text import harmless

LIMITS = {
    "greater_than_equal": ("ge", "is less than {}"),
    "less_than_equal": ("le", "is more than {}"),
}
NUMBERS = {"int_parsing": "a whole number", "int_from_float": "a whole number", "float_parsing": "a number"}
CHOICES = re.compile(r"is not one of (.+?)\.?$")
MOST_SHOWN = 60  # signs of what was typed


def told(error: TyperException) -> str:
    """The error in sentences, with where to read more; a command without its subcommand is told its own help."""
    kind = type(error).__name__
    if kind == "NoArgsIsHelpError":
        return error.format_message()
    context = getattr(error, "ctx", None)
    command = getattr(context, "command_path", None) or "careline"
    return harmless(f"{_sentence(kind, error, context)} See `{command} --help`.")


def _sentence(kind: str, error: Any, context: Any) -> str:
    parameter = getattr(error, "param", None)
    if kind == "MissingParameter":
        return _missing(parameter)
    if kind == "BadParameter" and parameter is not None:
        return f"{_name(parameter)}: {_wrong(error.__cause__, parameter)}"
    if kind == "NoSuchOption":
        return f"There is no option {_quoted(error.option_name)}.{_nearest(error.possibilities)}"
    if kind == "BadOptionUsage":
        takes_none = "not take" in error.message
        return f"{error.option_name} {'takes no value' if takes_none else 'needs a value after it'}."
    if found := re.match(r"No such command '(.*?)'", error.message):
        names = list(getattr(context.command, "commands", {})) if context else []
        return f"There is no command {_quoted(found[1])}.{_nearest(get_close_matches(found[1], names, 1))}"
    if found := re.match(r"Got unexpected extra arguments?(?:\(s\))? \((.*)\)", error.message):
        return f"{_quoted(found[1])} is more than this command takes."
    if error.message.startswith("Missing command"):
        return "A command is missing."
    return f"{error.format_message().rstrip('.')}."


def _missing(parameter: Any) -> str:
    help_ = str(getattr(parameter, "help", "") or "").rstrip(".")
    return f"{_name(parameter)} is missing{': ' + help_[:1].lower() + help_[1:] if help_ else ''}."


def _wrong(cause: Any, parameter: Any) -> str:
    """What is the matter with a value; `cause` is the validation that it failed."""
    fault = cause.errors()[0] if hasattr(cause, "errors") else {}
    kind, value = fault.get("type", ""), _quoted(str(fault.get("input", "")))
    if kind in NUMBERS:
        return f"{value} is not {NUMBERS[kind]}."
    if kind in LIMITS:
        name, says = LIMITS[kind]
        limit = f"{fault['ctx'][name]:,}"
        return f"{value} {says.format(limit)}."
    if found := CHOICES.search(fault.get("msg", "")):
        return f"{value} is not one of {found[1].replace(chr(39), '')}."
    if "does not match the format" in fault.get("msg", ""):
        return f"{value} is not a day. Write it as {getattr(parameter, 'metavar', None) or 'MM-DD-YYYY'}."
    return f"{value} can't be used."


def _name(parameter: Any) -> str:
    """An option as it is typed; an argument as `--help` names it."""
    options = [option for option in getattr(parameter, "opts", ()) if option.startswith("-")]
    return str(options[0] if options else (parameter.metavar or parameter.name.upper()))


def _quoted(text: str) -> str:
    return f"“{text if len(text) <= MOST_SHOWN else text[:MOST_SHOWN] + '…'}”"


def _nearest(names: Any) -> str:
    return f" Did you mean {names[0]}?" if names else ""
