"""`/app-roles`: the four roles that the published schema names."""

from __future__ import annotations

from bulkio.sandbox.answers import Answer, not_found
from bulkio.sandbox.calls import Room, whole_number
from bulkio.sandbox.classic.collection import Collection, listing
from bulkio.sandbox.links import Links
from bulkio.sandbox.published import schema
from bulkio.sandbox.shelves import Body, Shelf, dump

_ROLES: list[str] = schema("app-roles.get")["properties"]["collection"]["items"]["properties"]["name"]["enum"]
_TABLE = (
    "(SELECT key + 1 AS key, json_object('roleNumber', key + 1, 'name', value) AS body "  # noqa: S608
    f"FROM json_each('{dump(_ROLES)}'))"
)


def _show_role(links: Links, body: Body) -> Body:
    return body | {"requiredModules": [], "self": links.to(f"app-roles/{body['roleNumber']}")}


LIST = Collection(Shelf(_TABLE, "roleNumber", "app-roles"), _show_role, "/app-roles")


def list_roles(room: Room) -> Answer:
    """`GET /app-roles`."""
    return listing(room, LIST, "app-roles")


def read_role(room: Room, number: str) -> Answer:
    """`GET /app-roles/:n`."""
    record = LIST.shelf.get(room.connection, whole_number(number))
    if record is None:
        raise not_found()
    return Answer(200, _show_role(room.links, record))
