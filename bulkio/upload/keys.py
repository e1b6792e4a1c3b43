"""Idempotency keys: a function of what is meant, so that the same intent can never go out under two of them."""

from __future__ import annotations

from hashlib import sha256
from uuid import UUID, uuid5

_OURS = UUID("8b7f2a52-6d0e-5b57-9c6e-0d7a4a1f3c11")


def key_of(agreement: int, run: str, attempt: int, identity: str, method: str, path: str, body: bytes) -> str:
    """The key of a request. Each attempt of a run is a new generation: an earlier one's request is replayed under its own key, or not at all."""
    parts = (str(agreement), run, str(attempt), identity, method, path, sha256(body).hexdigest())
    return str(uuid5(_OURS, "\n".join(parts)))
