"""Roles, and what each may do: the table in docs/security.md, "At the desk"."""

from __future__ import annotations

from enum import StrEnum

from data.text import with_article

INVITATION_DAYS = 45  # for which an invitation code opens at most, and unless fewer are asked for
TOKEN_DAYS, MOST_TOKEN_DAYS = 30, 365  # for which a token opens: left out, and at most


class Permission(StrEnum):
    """One thing that an agent may or may not do; the value is how a refusal names it."""

    READ_ACCOUNTS = "read accounts"
    EDIT_CUSTOMERS = "edit customers"
    SUBMIT_LIFELINE = "submit to the Lifeline vendor"
    IMPORT_CUSTOMERS = "import customers"
    TAKE_CALLS = "take calls"
    CONFIRM_LINKS = "note that customers opened their links"
    WORK_CASES = "work cases"
    LEAD_TEAM = "see and share out the team's work"
    REQUEST_CREDITS = "ask for credits"
    DECIDE_CREDITS = "decide about credits"
    REVIEW_COMPLAINTS = "review dealer complaints"
    SEND_MAIL = "send mail"
    APPLY_PROMOTIONS = "put promotions on lines"
    EDIT_PROMOTIONS = "change the promotions catalogue"
    FLAG_ARTICLES = "say what is wrong in an article"
    WRITE_ARTICLES = "write and publish articles"
    PLAY_QUIZ = "play and practice a quiz"
    RUN_QUIZ = "run quiz games and read everybody's results"
    BUILD_DECKS = "build quiz decks"
    KEEP_OWN_SIGN_IN = "keep their own way to sign in"
    DECIDE_ACCESS = "decide who gets access"
    READ_AUDIT = "read the audit"
    ADMINISTER = "administer the store"


class Role(StrEnum):
    """Who works here."""

    AGENT = "agent"
    LEAD = "lead"
    TRAINER = "trainer"
    ADMINISTRATOR = "administrator"


ONLY_BY_ROLE = frozenset({Permission.KEEP_OWN_SIGN_IN, Permission.DECIDE_ACCESS, Permission.ADMINISTER})
"""What nobody is granted by itself, whoever asks for it."""

EVERYONE = frozenset(
    {Permission.READ_ACCOUNTS, Permission.KEEP_OWN_SIGN_IN, Permission.PLAY_QUIZ, Permission.FLAG_ARTICLES}
)
CARE = EVERYONE | frozenset(
    {
        Permission.EDIT_CUSTOMERS,
        Permission.TAKE_CALLS,
        Permission.SUBMIT_LIFELINE,
        Permission.WORK_CASES,
        Permission.REQUEST_CREDITS,
        Permission.APPLY_PROMOTIONS,
    }
)

PERMISSIONS: dict[Role, frozenset[Permission]] = {
    Role.AGENT: CARE,
    Role.LEAD: CARE
    | {
        Permission.IMPORT_CUSTOMERS,
        Permission.LEAD_TEAM,
        Permission.DECIDE_CREDITS,
        Permission.REVIEW_COMPLAINTS,
        Permission.WRITE_ARTICLES,
        Permission.SEND_MAIL,
        Permission.EDIT_PROMOTIONS,
        Permission.DECIDE_ACCESS,
        Permission.READ_AUDIT,
    },
    Role.TRAINER: EVERYONE | {Permission.RUN_QUIZ, Permission.BUILD_DECKS},
    Role.ADMINISTRATOR: frozenset(Permission),
}


def may(role: Role, permission: Permission) -> bool:
    """Whether `role` includes `permission`."""
    return permission in PERMISSIONS[role]


def who_may(permission: Permission) -> str:
    """The roles that include `permission`, in words: "a lead or administrator"."""
    roles = [role.value for role in Role if may(role, permission)]
    return with_article(" or ".join(roles))
