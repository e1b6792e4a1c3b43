"""Shape A: all business faults of a request, gathered and then laid out in the shape of the request."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from bulkio.sandbox.answers import Refused
from bulkio.sandbox.inventions import invented
from bulkio.sandbox.wording import worded

Path = tuple[str | int, ...]


@dataclass(frozen=True)
class Leaf:
    """One fault at one property, as the API words it."""

    property_name: str
    message: str
    code: str
    value: Any
    hint: str = ""

    def laid_out(self, language: str) -> dict[str, Any]:
        """The leaf as it stands in a body; a missing value is left out."""
        shown: dict[str, Any] = {
            "propertyName": self.property_name,
            "errorMessage": worded(self.message, language),
            "errorCode": self.code,
        }
        if self.value is not None:
            shown["inputValue"] = self.value
        return shown | {"developerHint": self.hint}


@dataclass
class Faults:
    """Collects faults while a request is judged; `refuse_if_any` ends the request with all of them."""

    language: str
    found: list[tuple[Path, Leaf]] = field(default_factory=list)

    def add(self, path: Path, message: str, code: str, value: Any = None, hint: str = "") -> None:
        """Note a fault at the property that the path ends in."""
        name = next(str(part) for part in reversed(path) if isinstance(part, str))
        self.found.append((path, Leaf(name, message, code, value, hint)))

    def add_invented(self, path: Path, name: str, value: Any = None) -> None:
        """Note a fault whose code and words come from the table of inventions."""
        entry = invented(name)
        self.add(path, entry.message.format(value=value, name=path[-1]), entry.code, value, entry.hint)

    def refuse_if_any(self) -> None:
        """End the request when something was found; all of it goes into one answer."""
        if self.found:
            raise Refused(400, _validation_failed(self))


def _validation_failed(faults: Faults) -> dict[str, Any]:
    count = len(faults.found)
    return {
        "message": f"Validation failed. {count} error{'s' if count > 1 else ''} found.",
        "errorCode": "E04300",
        "developerHint": "Inspect validation errors and correct your request.",
        "errors": _tree(faults),
        "errorCount": count,
    }


def _tree(faults: Faults) -> dict[str, Any]:
    tree: dict[str, Any] = {}
    for path, leaf in faults.found:
        node = _descend(tree, path)
        node.setdefault("errors", []).append(leaf.laid_out(faults.language))
    return tree


def _descend(tree: dict[str, Any], path: Path) -> dict[str, Any]:
    node = tree
    for part in path:
        node = _item(node, part) if isinstance(part, int) else node.setdefault(part, {})
    return node


def _item(node: dict[str, Any], index: int) -> dict[str, Any]:
    # Bodies of 2026 give an array both an empty "errors" and its "items" (samples, vouchers-account-2026).
    node.setdefault("errors", [])
    items: list[dict[str, Any]] = node.setdefault("items", [])
    for item in items:
        if item["arrayIndex"] == index:
            return item
    items.append({"arrayIndex": index})
    return items[-1]
