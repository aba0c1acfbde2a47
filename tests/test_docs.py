"""The documents: every link of theirs leads somewhere, and every command they show is one that there is."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
import typer.main

from console.command_line import app

ROOT = Path(__file__).parent.parent
DOCUMENTS = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
HEADING = re.compile(r"^#+ +(.+?) *$", re.MULTILINE)
FENCE = re.compile(r"^```[^\n]*\n(.*?)^```", re.MULTILINE | re.DOTALL)
GLOBAL = {"--store", "--agent"}  # options before the command, each with a value


def anchors(document: Path) -> set[str]:
    """The names that a link can give to the document's headings."""
    headings = HEADING.findall(document.read_text(encoding="utf-8"))
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_link_leads_somewhere(document: Path) -> None:
    for link in LINK.findall(document.read_text(encoding="utf-8")):
        if re.match(r"[a-z]+:", link):
            continue
        name, _, anchor = link.partition("#")
        target = (document.parent / name).resolve() if name else document
        assert target.exists(), f"{document.name} links to {link}"
        assert target.is_relative_to(ROOT)
        if anchor and target.suffix == ".md":
            assert anchor in anchors(target), f"{document.name} links to {link}"


def commands(document: Path) -> list[list[str]]:
    """Each `careline …` that the document shows in a block, as words, without comments and what follows a pipe."""
    blocks = "\n".join(FENCE.findall(document.read_text(encoding="utf-8"))).replace("\\\n", " ")
    lines = [line.strip().removeprefix("$ ") for line in blocks.splitlines()]
    shown = [re.split(r" [|>&] | && | \| ", line)[0] for line in lines if re.match(r"(\S*/)?careline ", line)]
    return [shlex.split(line, comments=True)[1:] for line in shown]


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_command_shown_is_one_that_there_is(document: Path) -> None:
    root = typer.main.get_command(app)
    for words in commands(document):
        command, rest = root, list(words)
        while rest and rest[0] in GLOBAL:
            rest = rest[2:]
        while rest and (deeper := getattr(command, "commands", {}).get(rest[0])):
            command, rest = deeper, rest[1:]
        known = {option for parameter in command.params for option in (*parameter.opts, *parameter.secondary_opts)} | {
            "--help",
            "--version",
        }
        used = {word.split("=")[0] for word in rest if word.startswith("--")}
        assert used <= known, f"{document.name}: careline {' '.join(words)}"
        assert not getattr(command, "commands", None) or not rest or rest[0].startswith("-"), f"careline {words}"
