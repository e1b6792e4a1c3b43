"""Addresses: links under the caller's own root, and keys read back out of links."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import quote, unquote, urlsplit

# The API's own way of writing reserved characters in `self` (restdocs 2019, section on self links).
_RESERVED = "<>*%:&/\\_ ?.#+"
_WRITTEN = {character: f"_{index}_" for index, character in enumerate(_RESERVED)}
_READ = {str(index): character for index, character in enumerate(_RESERVED)}
_CODE = re.compile(r"_(\d{1,2})_")


def encode_key(key: int | str) -> str:
    """A key as it stands in a `self` link: `2025/2026` is `2025_6_2026`."""
    if isinstance(key, int):
        return str(key)
    return quote("".join(_WRITTEN.get(character, character) for character in key))


def decode_key(written: str) -> str:
    """The key behind a path segment; a code that is none is left as it is."""
    return _CODE.sub(lambda match: _READ.get(match[1], match[0]), written)


@dataclass(frozen=True)
class Links:
    """Builds links that follow the address the caller used; `suffix` carries `?demo=true` along."""

    root: str
    suffix: str = ""

    def to(self, path: str) -> str:
        """The link to a path such as `customers/1`."""
        return f"{self.root}/{path}{self.suffix}"

    def to_key(self, path: str, key: int | str) -> str:
        """The link to one record of a collection."""
        return f"{self.root}/{path}/{encode_key(key)}{self.suffix}"


def demo_of(root: str, segments: tuple[str, ...], raw_query: str) -> str:
    """The same address in the demo, which every 401 names (documented: "a demo link to that exact resource")."""
    kept = [part for part in raw_query.split("&") if part and part.partition("=")[0].lower() != "demo"]
    path = "/".join(quote(segment, safe="") for segment in segments)
    return f"{root}/{path}?{'&'.join([*kept, 'demo=true'])}"


def key_in_link(link: str, path: str) -> str | None:
    """The key that a `self` link ends in when it points into the collection at `path`, else None."""
    try:
        path_of_link = urlsplit(link).path
    except ValueError:
        return None
    segments = [part for part in path_of_link.split("/") if part]
    collection = path.split("/")
    if segments[-len(collection) - 1 : -1] != collection or len(segments) <= len(collection):
        return None
    return decode_key(unquote(segments[-1]))
