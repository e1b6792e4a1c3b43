"""A real store in a temporary folder, and a client that speaks to the twin over it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from bulkio.sandbox import Store, create_application

ROOT = "https://restapi.e-conomic.com"


def token_headers(store: Store) -> dict[str, str]:
    tokens = store.tokens
    return {"X-AppSecretToken": tokens.app_secret_token, "X-AgreementGrantToken": tokens.agreement_grant_token}


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store.open(tmp_path / "twin.db")
    yield opened
    opened.close()


@pytest.fixture
async def api(store: Store) -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(create_application(store))
    async with httpx.AsyncClient(transport=transport, base_url=ROOT, headers=token_headers(store)) as client:
        yield client


@pytest.fixture
async def danish_api(store: Store) -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(create_application(store, language="da"))
    async with httpx.AsyncClient(transport=transport, base_url=ROOT, headers=token_headers(store)) as client:
        yield client


@pytest.fixture
async def stranger(store: Store) -> AsyncIterator[httpx.AsyncClient]:
    """A client without tokens."""
    transport = httpx.ASGITransport(create_application(store))
    async with httpx.AsyncClient(transport=transport, base_url=ROOT) as client:
        yield client


@pytest.fixture
def customer() -> dict[str, Any]:
    """The smallest customer that the published schema lets in."""
    return {
        "name": "Møllers Tømmerhandel",
        "currency": "DKK",
        "customerGroup": {"customerGroupNumber": 1},
        "paymentTerms": {"paymentTermsNumber": 1},
        "vatZone": {"vatZoneNumber": 1},
    }


@pytest.fixture
def draft() -> dict[str, Any]:
    """A draft for customer 1 with one line."""
    return {
        "date": "2026-02-13",
        "currency": "DKK",
        "layout": {"layoutNumber": 19},
        "paymentTerms": {"paymentTermsNumber": 1},
        "customer": {"customerNumber": 1},
        "recipient": {"name": "Møllers Tømmerhandel", "vatZone": {"vatZoneNumber": 1}},
        "lines": [{"product": {"productNumber": "1"}, "quantity": 1, "unitNetPrice": 500}],
    }
