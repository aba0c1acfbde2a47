"""The commands of `careline`: one module per capability, each thin: parse, call, print.

Each module has `register(app)`; importing it loads neither Textual nor SQLModel, so that `--help` is quick.
"""

from __future__ import annotations

from collections.abc import Callable

import typer

from console.commands import (
    access,
    accounts,
    agents,
    articles,
    auditing,
    backups,
    bills,
    calls,
    cases,
    complaints,
    credits,
    doctor,
    founding,
    importing,
    lifeline,
    mail,
    markets,
    promotions,
    quizzes,
    rules,
    search,
    tokens,
    verifying,
)

COMMANDS: tuple[Callable[[typer.Typer], None], ...] = (  # in the order in which they are met, as `--help` has them
    founding.register,
    importing.register,
    search.register,
    calls.register,
    verifying.register,
    accounts.register,
    lifeline.register,
    cases.register,
    promotions.register,
    bills.register,
    credits.register,
    complaints.register,
    articles.register,
    mail.register,
    quizzes.register,
    agents.register,
    access.register,
    tokens.register,
    rules.register,
    markets.register,
    auditing.register,
    backups.register,
    doctor.register,
)
