"""Every word is there in both languages, with the same placeholders, compiled fresh."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from bulkio.cli.arguments import ARGPARSE, COMMANDS
from bulkio.cli.progress import REASONS
from bulkio.language.compiling import compiled
from bulkio.language.translation import CATALOGUES
from bulkio.language.wording import wordings
from bulkio.language.wordings.workbook import MESSAGE_HEADING, NUMBER_HEADING, STATUS_HEADING, STATUS_WORDS

ROOT = Path(__file__).parents[2] / "bulkio"
SOURCES = sorted(path for path in ROOT.rglob("*.py") if path.parts[-2] != "sandbox" and "sandbox" not in path.parts)
SPEAKING = {"_told", "_asked", "_yes"}
"""Methods of the linear mode that translate what they are given."""
HEADINGS = (STATUS_HEADING, NUMBER_HEADING, MESSAGE_HEADING)
DANISH = sorted(Path(CATALOGUES).glob("da/LC_MESSAGES/*.po"))
SAME_IN_DANISH = {
    "bulkio status",
    "Plan",
    "Dansk / English",
    "Email",
    "Import",
    "Layouts",
    "Type",
    "Status",
    "{sheet} {row}",
}


def danish() -> dict[str, str]:
    words: dict[str, str] = {}
    for source in DANISH:
        with source.open("rb") as stream:
            words |= {str(entry.id): str(entry.string) for entry in read_po(stream) if entry.id}
    return words


def shown_by_a_screen(node: ast.AST) -> Iterator[str]:
    """What a key does, and what a screen is for: English in the class, translated when it is shown."""
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Binding":
        yield ast.literal_eval(node.args[2])
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in SPEAKING:
        yield from (str(first.value) for first in node.args[:1] if isinstance(first, ast.Constant))
    if isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None:
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        if any(isinstance(target, ast.Name) and target.id == "ABOUT" for target in targets):
            yield ast.literal_eval(node.value)


def literals_translated() -> Iterator[tuple[str, str]]:
    """Each text given to `translate(...)`, `text(...)` of a command's summary, or marked by being a value of a words table."""
    for source in SOURCES:
        for node in ast.walk(ast.parse(source.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "translate":
                first = node.args[0]
                if isinstance(first, ast.Constant) and isinstance(first.value, str):
                    yield str(source.relative_to(ROOT)), first.value
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "add_command":
                summary = node.args[2]
                if isinstance(summary, ast.Constant):
                    yield str(source.relative_to(ROOT)), str(summary.value)
            yield from ((str(source.relative_to(ROOT)), text) for text in shown_by_a_screen(node))
    yield from (("commands", summary) for summary in COMMANDS.values())
    yield from (("argparse", text) for text in ARGPARSE)
    yield from (("headless progress", reason) for reason in REASONS.values())
    yield from (("results workbook", word) for word in (*STATUS_WORDS.values(), *HEADINGS))


@pytest.mark.parametrize("code", sorted(wordings()))
def test_a_code_is_worded_in_danish_too(code: str) -> None:
    words = danish()
    missing = [text for text in wordings()[code] if text and not words.get(text)]

    assert not missing


def test_every_text_shown_is_there_in_danish() -> None:
    words = danish()
    missing = sorted({(where, text) for where, text in literals_translated() if text and not words.get(text)})

    assert not missing


def test_what_is_the_same_in_danish_is_meant_to_be() -> None:
    same = {english for english, translated in danish().items() if english == translated}

    assert same <= SAME_IN_DANISH


def test_a_translation_fills_in_the_same_facts() -> None:
    differing = {
        english: translated
        for english, translated in danish().items()
        if sorted(set(re.findall(r"{\w+}", english))) != sorted(set(re.findall(r"{\w+}", translated)))
    }

    assert not differing


@pytest.mark.parametrize("source", DANISH, ids=lambda path: path.name)
def test_a_catalogue_is_compiled_fresh(source: Path) -> None:
    assert source.with_suffix(".mo").read_bytes() == compiled(source)
