"""What all writable records share: reading plain values, finding a record, answering a creation."""

from __future__ import annotations

from bulkio.sandbox.answers import Answer, not_found
from bulkio.sandbox.calls import Room, whole_number
from bulkio.sandbox.links import Links, encode_key
from bulkio.sandbox.published import plain_properties
from bulkio.sandbox.shelves import Body, Key, Shelf

_NEVER_PLAIN = ("self", "eInvoicingDisabledByDefault")


def plain_values(payload: Body, schema: str) -> Body:
    """The texts, numbers and booleans that a body may set; empty texts and `false` are as good as absent."""
    values = {name: payload[name] for name in plain_properties(schema) if name in payload and name not in _NEVER_PLAIN}
    return {name: value for name, value in values.items() if value is not False and value not in (None, "")}


def found(room: Room, shelf: Shelf, key: str) -> Body:
    """The record under a number in the path, or 404."""
    record = shelf.get(room.connection, whole_number(key))
    if record is None:
        raise not_found()
    return record


def created(path: str, links: Links, key: Key, body: Body) -> Answer:
    """201 with the whole record and its address (economic-rest, 1.4)."""
    return Answer(201, body, (("Location", f"{links.root}/{path}/{encode_key(key)}"),))


def deleted() -> Answer:
    """204 with nothing in it."""
    return Answer(204)


def linked(links: Links, path: str, reference: Body, key_name: str) -> Body:
    """A reference as answers show it: with its `self` link."""
    return {**reference, "self": links.to_key(path, reference[key_name])}


def link_known(links: Links, body: Body, name: str, path: str, key_name: str) -> None:
    """Give the reference `name` of a body its link, when the body has it."""
    if name in body:
        body[name] = linked(links, path, body[name], key_name)
