"""Compiles the catalogues: `python -m bulkio.language.compiling` after a .po file was edited.

The compiled files are kept in the tree, so that neither an installation nor a start needs Babel; a test holds them fresh.
"""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from bulkio.language.translation import CATALOGUES

UNDATED = datetime(2026, 1, 1, tzinfo=UTC)
"""Babel writes the time of compiling into the file, and the same words must make the same bytes."""


def compiled(source: Path) -> bytes:
    """The bytes of the .mo file of a .po file."""
    with source.open("rb") as stream:
        catalogue = read_po(stream, abort_invalid=True)
    catalogue.creation_date = catalogue.revision_date = UNDATED
    out = BytesIO()
    write_mo(out, catalogue)
    return out.getvalue()


def main() -> None:
    """Compile every catalogue in place."""
    for source in sorted(Path(CATALOGUES).glob("*/LC_MESSAGES/*.po")):
        source.with_suffix(".mo").write_bytes(compiled(source))


if __name__ == "__main__":
    main()
