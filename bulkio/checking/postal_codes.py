"""A Danish postal code of three digits has lost its zero, as spreadsheets take it from numbers: a warning, since the API takes it."""

from __future__ import annotations

from bulkio.checking.draft import Draft
from bulkio.checking.finding import Finding
from bulkio.checking.identifiers import is_danish

SHORT = 3
"""Danish codes have four digits; those that begin with a zero are Copenhagen's."""


def warn_of_postal_codes(table: Draft) -> None:
    """Warn of codes of three digits where the country is Denmark, or not named."""
    codes, countries = table.column("postal_code"), table.column("country")
    table.add(
        [
            Finding(row, "postal_code", "postal_code_short", {"whole": f"0{code}"})
            for row, code, country in zip(table.cells.rows, codes, countries, strict=True)
            if isinstance(code, str) and len(code) == SHORT and code.isdigit() and is_danish(str(country or ""))
        ]
    )
