"""The keys that work in every workspace."""

from __future__ import annotations

from textual.binding import Binding, BindingType

EVERYWHERE: list[BindingType] = [
    Binding("slash,f2", "find", "Find", id="find", tooltip="Go to the search box, from anywhere"),
    Binding("escape", "back", "Back", id="back", tooltip="One step back"),
    Binding("question_mark,f1", "help", "Help", id="help", tooltip="Every key that works here"),
    Binding("colon,ctrl+p", "app.command_palette", "Menu", id="command", tooltip="Do anything by its name"),
    Binding(
        "d,f9", "pending", "Pending", id="pending", show=False, tooltip="What waits for you, the most urgent first"
    ),
    Binding("u", "undo", "Undo", id="undo", show=False, tooltip="Take back the last thing that can be taken back"),
    Binding(
        "O,ctrl+l",
        "decide_credits",
        "To decide",
        id="decide-credits",
        show=False,
        tooltip="The credits that wait for your word, On Call Resolutions first",
    ),
    Binding(
        "Q,ctrl+g",
        "complaints",
        "Complaints",
        id="complaints",
        show=False,
        tooltip="Complaints about dealers that wait for review",
    ),
    Binding("f3", "call", "Call", id="call", tooltip="Begin a call, or end the one that goes on"),
    Binding(
        "v,ctrl+f5",
        "verify",
        "Verify",
        id="verify",
        show=False,
        tooltip="Verify who is on the line, so that what is masked opens",
    ),
    Binding(
        "V",
        "reveal",
        "Show masked",
        id="reveal",
        show=False,
        tooltip="Show one masked field without a verified caller; it asks why",
    ),
    Binding(
        "W,ctrl+b",
        "agents",
        "Who works here",
        id="agents",
        show=False,
        tooltip="Agents, access requests and invitation codes",
    ),
    Binding(
        "z,ctrl+t",
        "quiz",
        "Quiz",
        id="quiz",
        show=False,
        tooltip="Decks to practice and to play; class games and results for trainers",
    ),
    Binding(
        "L,ctrl+f10",
        "audit",
        "Audit",
        id="audit",
        show=False,
        tooltip="The record of who did what, and whether it is whole",
    ),
    Binding("h", "explain", "How", id="explain", show=False, tooltip="The article that explains this"),
    Binding(
        "I,ctrl+o",
        "knowledge",
        "Infomanager",
        id="knowledge",
        show=False,
        tooltip="Articles about plans, promotions, policies and procedures",
    ),
    Binding(
        "p,ctrl+f6",
        "promotions",
        "Promotions",
        id="promotions",
        show=False,
        tooltip="Look for what a customer was promised, and put it on the line",
    ),
    Binding("f5", "reload", "Reload", id="reload", show=False, tooltip="Read this again from the store"),
]
