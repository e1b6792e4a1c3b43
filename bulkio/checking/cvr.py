"""A Danish CVR number with a wrong check digit is doubtful: a warning, since the API takes it."""

from __future__ import annotations

from bulkio.checking.draft import Draft
from bulkio.checking.finding import Finding
from bulkio.checking.identifiers import is_danish, is_wrong_cvr


def warn_of_cvr(customers: Draft) -> None:
    """Warn of wrong check digits where the customer is Danish, or names no country."""
    numbers, countries = customers.column("cvr_number"), customers.column("country")
    customers.add(
        [
            Finding(row, "cvr_number", "cvr_check_digit")
            for row, number, country in zip(customers.cells.rows, numbers, countries, strict=True)
            if isinstance(number, str) and is_wrong_cvr(number) and is_danish(str(country or ""))
        ]
    )
