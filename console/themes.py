"""The three looks: light, dark, and a high contrast that is a design of its own."""

from __future__ import annotations

from textual.theme import Theme

DEFAULT = "careline-dark"

THEMES = (
    Theme(
        name="careline-dark",
        dark=True,
        primary="#6cb6d9",
        secondary="#8fa7b8",
        accent="#e6b566",
        foreground="#d7dee4",
        background="#12181d",
        surface="#182026",
        panel="#202b33",
        success="#7fc99a",
        warning="#e6b566",
        error="#ef8a80",
        variables={"muted": "#8b9aa5", "keys-key": "bold #6cb6d9", "input-selection-background": "#6cb6d9 35%"},
    ),
    Theme(
        name="careline-light",
        dark=False,
        primary="#0f5f87",
        secondary="#4a6373",
        accent="#8a5a00",
        foreground="#1b262d",
        background="#f6f4ef",
        surface="#fdfcf9",
        panel="#e9e5dc",
        success="#1d6b3c",
        warning="#8a5a00",
        error="#a8261a",
        variables={"muted": "#5d6b74", "keys-key": "bold #0f5f87", "input-selection-background": "#0f5f87 25%"},
    ),
    Theme(
        name="careline-contrast",
        dark=True,
        primary="#ffffff",
        secondary="#ffffff",
        accent="#ffff00",
        foreground="#ffffff",
        background="#000000",
        surface="#000000",
        panel="#000000",
        success="#00ff66",
        warning="#ffff00",
        error="#ff9d9d",
        variables={
            "muted": "#ffffff",
            "keys-key": "bold #ffff00",
            "text-muted": "#ffffff",
            "border": "#ffffff",
            "border-blurred": "#ffffff",
            "block-cursor-background": "#ffff00",
            "block-cursor-foreground": "#000000",
            "block-cursor-blurred-background": "#000000",
            "block-cursor-blurred-foreground": "#ffff00",
            "input-selection-background": "#ffff00",
            "input-selection-foreground": "#000000",
        },
    ),
)
