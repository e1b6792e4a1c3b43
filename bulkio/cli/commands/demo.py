"""`bulkio demo`: the main job on a sample, against a fresh twin in this process, with nothing configured."""

from __future__ import annotations

from argparse import ArgumentParser

from bulkio.cli.arguments import add_json
from bulkio.language import Language


def add(command: ArgumentParser, language: Language) -> None:
    """Declare its options."""
    add_json(command, language)
    command.set_defaults(run="demo", shape="import")
