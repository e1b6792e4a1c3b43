"""The lines of a draft invoice, judged and completed from their products."""

from __future__ import annotations

from typing import Any

from bulkio.sandbox.calls import Room
from bulkio.sandbox.classic import references as refer
from bulkio.sandbox.classic.pricing import Terms, priced_line
from bulkio.sandbox.classic.values import at_most_two_decimals, moderate
from bulkio.sandbox.faults import Faults, Path
from bulkio.sandbox.shelves import Body

_FIGURES = ("quantity", "unitNetPrice", "discountPercentage", "unitCostPrice")
_PLAIN = ("description", "accrual")


def read_lines(room: Room, lines: list[Any], terms: Terms, faults: Faults) -> list[Body]:
    """All lines, priced; faults are noted under the index of their line."""
    read = [_line(room, line, index, faults) for index, line in enumerate(lines)]
    return [] if faults.found else [priced_line(line, terms) for line in read]


def _line(room: Room, line: Body, index: int, faults: Faults) -> Body:
    path: Path = ("lines", index)
    for name in _FIGURES:
        at_most_two_decimals(line, name, path, faults)
        moderate(line, name, path, faults)
    body: Body = {"lineNumber": line.get("lineNumber") or index + 1, "sortKey": line.get("sortKey") or index + 1}
    body |= {name: line[name] for name in _PLAIN if line.get(name)}
    if "unit" in line:
        unit = refer.resolve(room, refer.UNIT, line["unit"], (*path, "unit"), faults)
        body["unit"] = unit.record if unit else {}
    return body | _sold(room, line, path, faults)


def _sold(room: Room, line: Body, path: Path, faults: Faults) -> Body:
    if "product" not in line:
        _needs_product(line, path, faults)
        return {}
    found = refer.resolve(room, refer.PRODUCT, line["product"], (*path, "product"), faults)
    if found is None:
        return {}
    if found.record.get("barred"):
        message = f"Product '{found.key}' is barred."
        faults.add((*path, "product"), message, "E06600", found.key, "Use a product that is not barred.")
    return _completed(line, found)


def _needs_product(line: Body, path: Path, faults: Faults) -> None:
    for name in ("quantity", "unitNetPrice"):
        if name in line:
            message = f"Property product must have a value when {name} is set."
            faults.add((*path, "product"), message, "E04730", hint="Include a product.")


def _completed(line: Body, product: refer.Resolved) -> Body:
    record = product.record
    return {
        "description": line.get("description") or record["name"],
        "product": {"productNumber": product.key},
        "quantity": _figure(line, "quantity", 1),
        "unitNetPrice": _figure(line, "unitNetPrice", record.get("salesPrice")),
        "discountPercentage": _figure(line, "discountPercentage", 0),
        "unitCostPrice": _figure(line, "unitCostPrice", record.get("costPrice")),
    }


def _figure(line: Body, name: str, usual: float | None) -> float:
    return float(line.get(name, usual or 0))
