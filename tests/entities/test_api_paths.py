"""Every path that an entity names exists in the API's published schemas, with the length that we promise."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bulkio.entities import ENTITIES, Field
from bulkio.model.kind import Kind

ROOT = Path(__file__).parents[2]
PLACES = (ROOT / "bulkio/sandbox/data/schemas", ROOT / "../shared/reference/schemas")
SCHEMAS = {
    Kind.CUSTOMER_GROUPS: ("customer-groups.post", "customer-groups.customergroupnumber.put"),
    Kind.CUSTOMERS: ("customers.post", "customers.customerNo.put"),
    Kind.CONTACTS: (
        "customers.customerNumber.contacts.post",
        "customers.customerNumber.contacts.contactNumber.get",
    ),
    Kind.DELIVERY_LOCATIONS: ("customers.customerNumber.delivery-locations.post",),
}
"""The contact's own numbers are the server's, so only the answer's schema names them."""


def schemas(kind: Kind) -> Iterator[dict[str, Any]]:
    folder = next((place for place in PLACES if place.is_dir()), None)
    if folder is None:
        pytest.skip("no published schemas beside this checkout")
    for name in SCHEMAS[kind]:
        yield json.loads((folder / f"{name}.schema.json").read_text(encoding="utf-8"))


def published(kind: Kind, path: str) -> list[dict[str, Any]]:
    """What the schemas say about a dotted path; empty where none names it."""
    found = []
    for schema in schemas(kind):
        node: dict[str, Any] | None = schema
        for part in path.split("."):
            node = (node or {}).get("properties", {}).get(part)
        found += [node] if node is not None else []
    return found


def sent(kind: Kind) -> list[Field]:
    return [field for field in ENTITIES[kind].fields if field.api]


@pytest.mark.parametrize("kind", list(Kind))
def test_every_path_is_published(kind: Kind) -> None:
    for field in sent(kind):
        assert published(kind, field.api), field.api


@pytest.mark.parametrize("kind", list(Kind))
def test_lengths_are_the_published_ones(kind: Kind) -> None:
    for field in sent(kind):
        lengths = {said["maxLength"] for said in published(kind, field.api) if "maxLength" in said}
        own = field.max_length or field.exact_length

        assert not lengths or own in lengths, (field.name, own, lengths)


@pytest.mark.parametrize("kind", list(Kind))
def test_least_values_are_the_published_ones(kind: Kind) -> None:
    for field in sent(kind):
        least = {said["minimum"] for said in published(kind, field.api) if "minimum" in said}

        assert field.minimum is None or not least or field.minimum in least, (field.name, least)


def test_the_words_of_email_copies_are_the_published_ones() -> None:
    said = published(Kind.CONTACTS, "emailNotifications")[0]["items"]["enum"]

    assert [word for word, _ in ENTITIES[Kind.CONTACTS].field("email_copies").options] == said
