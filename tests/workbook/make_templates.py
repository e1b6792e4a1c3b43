"""Writes `templates/` anew after a change of the template: `python -m tests.workbook.make_templates`, then look at them."""

from __future__ import annotations

from pathlib import Path

from bulkio.model.kind import Kind
from bulkio.workbook.template import write_template
from tests.workbook.seed_snapshot import SEED

TEMPLATES = Path(__file__).parents[2] / "templates"
KEPT = {"en": "bulkio-template-en.xlsx", "da": "bulkio-skabelon-da.xlsx"}
"""The kept files, by language."""


def write_templates(folder: Path) -> None:
    """Write all of `templates/` from the seed agreement's look-ups."""
    folder.mkdir(exist_ok=True)
    for language, name in KEPT.items():
        write_template(folder / name, list(Kind), SEED, language)


if __name__ == "__main__":
    write_templates(TEMPLATES)
