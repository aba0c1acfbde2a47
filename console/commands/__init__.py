"""The commands of `careline`: one module per capability, each thin: parse, call, print.

Each module has `register(app)`, and is loaded when one of its commands is called: `--help` needs only this table.
"""

from __future__ import annotations

from typing import NamedTuple


class Listed(NamedTuple):
    """A command as `--help` lists it. `module`: which module of this package registers it."""

    module: str
    help: str


COMMANDS = {  # in the order in which they are met
    "init": Listed("founding", "Found an operator: make its empty store."),
    "demo": Listed("founding", "Make a demo operator with made-up customers."),
    "import": Listed("importing", "Bring in customers from another system's file."),
    "search": Listed("search", "Find customers by a name, a number, or both."),
    "call": Listed("calls", "The call that goes on."),
    "verify": Listed("verifying", "Verify who is on the line."),
    "account": Listed("accounts", "Show one account."),
    "lifeline": Listed("lifeline", "Lifeline: submit, see what is due, enroll, recertify, end."),
    "case": Listed("cases", "Cases: open, find, work, close, clone."),
    "promo": Listed("promotions", "Promotions: find, apply, keep the catalogue."),
    "bill": Listed("bills", "Bills: show, explain beside a quote, estimate, mail."),
    "eligibility": Listed("bills", "Show what an account may have now."),
    "label": Listed("bills", "Return labels: ask, follow."),
    "credit": Listed("credits", "Credits: route, ask, decide, agree, issue."),
    "complaint": Listed("complaints", "Complaints about dealers."),
    "article": Listed("articles", "Infomanager: find, read and keep articles."),
    "quiz": Listed("quizzes", "Quiz decks: play, practice, results."),
    "mail": Listed("mail", "Mail on its way out."),
    "agent": Listed("agents", "Who works here, and how they sign in."),
    "access": Listed("access", "Ask for a permission, and decide what others ask for."),
    "token": Listed("tokens", "What scripts sign in with."),
    "rule": Listed("rules", "The operator's custom rules."),
    "market": Listed("markets", "The carrier's Markets."),
    "audit": Listed("auditing", "The record of who did what."),
    "backup": Listed("backups", "Copy the store into a file, while others work in it."),
    "restore": Listed("backups", "Make a backup a store again, where nothing is yet."),
    "store": Listed("stores", "The store's file: encrypt it, or take it out of encryption."),
    "doctor": Listed("doctor", "Look the store over: is it sound, and what is to be done?"),
}
