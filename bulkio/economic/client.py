"""The client of both hosts: one session, one try a call for writes, patient reading for everything else."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Collection, Mapping
from datetime import date
from types import TracebackType
from typing import TYPE_CHECKING, Self

from bulkio import __version__
from bulkio.economic import listings
from bulkio.economic.answers import Accepted, Answer, Forbidden, Rejected, Unanswered, read_answer
from bulkio.economic.facts import AgreementFacts, read_agreement, read_choices, read_lookups, read_snapshot
from bulkio.economic.policy import Again, Stop, decide
from bulkio.economic.requests import Request, collection_path
from bulkio.economic.target import Target
from bulkio.economic.throttling import Rate, read_rate
from bulkio.errors import BulkioError, NoConnection, NoPermission
from bulkio.model.kind import Kind
from bulkio.model.snapshot import Choice, Lookup, Snapshot

if TYPE_CHECKING:  # httpx and aiohttp cost 0.3 s to import; only a client that is opened pays it
    from bulkio.economic.transport import ASGIApp, Transport

CONNECTIONS = 100
"""The most at once; the upload engine holds its own, lower bound."""
_TRIES_BEFORE_FIRST_CONTACT = 3
"""A host that never answered in this session is more likely misspelt or down than hiccuping."""


class Economic:
    """An agreement, reached. Use as an async context manager, on one event loop.

    `app` is an ASGI application in this process to speak to instead of the network. Reading waits, retries by the one policy and raises
    NoConnection, NoPermission or QuotaUsedUp; `send` tries once and gives back whatever came as an `Answer`. `sleep` is how it waits.
    """

    def __init__(
        self,
        target: Target,
        app: ASGIApp | None = None,
        *,
        connections: int = CONNECTIONS,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self.target = target
        self.rate: Rate | None = None
        self._app = app
        self._connections = connections
        self._sleep = sleep
        self._calls: Counter[str] = Counter()
        self._reached = False
        self._transport: Transport | None = None
        self._headers = {
            "X-AppSecretToken": target.app_secret_token.reveal().strip(),
            "X-AgreementGrantToken": target.agreement_grant_token.reveal().strip(),
            "Content-Type": "application/json",
            "Accept": "application/json",
            "Accept-Encoding": "gzip, deflate",
            "User-Agent": f"bulkio/{__version__}",
        }

    async def __aenter__(self) -> Self:
        from bulkio.economic.transport import open_transport  # costs 0.3 s, see above

        self._transport = open_transport(self._app, connections=self._connections, local=self.target.is_local)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._transport is not None:
            await self._transport.close()
            self._transport = None

    @property
    def calls(self) -> Mapping[str, int]:
        """How many requests were sent, by method, tries included."""
        return dict(self._calls)

    async def send(self, request: Request) -> Answer:
        """One try of a write on the classic host; no retry."""
        return await self._try(request, self.target.rest_url, {"Idempotency-Key": request.key})

    async def read(self, path: str, *, newer: bool = False) -> Mapping[str, object] | None:
        """A resource of the classic or the newer host, with retries; None where there is none (404).

        Raises NoConnection (`no_connection`, `no_answer`, `unexpected_answer`), NoPermission (`wrong_tokens`, `no_permission`), QuotaUsedUp.
        """
        request = Request("GET", path, b"", "")
        answer = await self._ask(request, self.target.openapi_url if newer else self.target.rest_url)
        if isinstance(answer, Accepted):
            return answer.body
        if isinstance(answer, Forbidden):
            raise NoPermission("no_permission", host=self.target.host, text=answer.text, path=path.partition("?")[0])
        if isinstance(answer, Rejected) and answer.status == 404 and self._reached:
            return None
        raise self._unexpected(answer, path)

    async def agreement(self) -> AgreementFacts:
        """Which agreement the tokens open."""
        return read_agreement(await self._must("/self"), self.target.host)

    async def snapshot(self) -> Snapshot:
        """The agreement's look-ups and customer numbers as they are now. A look-up that the grant may not see is left out."""
        return await read_snapshot(self)

    async def lookups(self) -> Mapping[str, list[dict[str, object]]]:
        """Every look-up and the customer groups, whole, by path. A look-up that the grant may not see is left out."""
        return await read_lookups(self)

    async def choices(self, lookups: Collection[Lookup]) -> Mapping[Lookup, tuple[Choice, ...]]:
        """The entries of these look-ups. One that the grant may not see is left out."""
        return await read_choices(self, lookups)

    async def customer_groups(self, condition: str = "") -> list[dict[str, object]]:
        """Every customer group, whole, by number. Here and below, `condition` is a filter in the API's own language."""
        query = listings.filter_query(condition)
        return await listings.pages(self, "/customer-groups", "customerGroupNumber", sort=True, query=query)

    async def customers(self, condition: str = "") -> list[dict[str, object]]:
        """Every customer, whole, by number."""
        query = listings.filter_query(condition)
        return await listings.pages(self, "/customers", "customerNumber", sort=True, query=query)

    async def contacts(self, condition: str = "") -> list[dict[str, object]]:
        """Every contact that is not deleted, in the classic shape, by id; a thousand a call, from the newer host."""
        return await listings.contacts(self, condition)

    async def delivery_locations(self, condition: str = "") -> list[dict[str, object]]:
        """Every delivery location in the classic shape, by id; a thousand a call, from the newer host."""
        return await listings.delivery_locations(self, condition)

    async def booked_invoices(
        self, first: date | None = None, last: date | None = None, condition: str = ""
    ) -> list[dict[str, object]]:
        """The heads of the invoices booked from `first` to `last`, both included, by number; all where both are None."""
        query = listings.filter_query(listings.narrowed(listings.dated(first, last), condition))
        return await listings.pages(self, "/invoices/booked", "bookedInvoiceNumber", sort=True, query=query)

    async def draft_invoices(
        self, first: date | None = None, last: date | None = None, condition: str = ""
    ) -> list[dict[str, object]]:
        """The heads of the drafts dated from `first` to `last`, both included, by number."""
        query = listings.filter_query(listings.narrowed(listings.dated(first, last), condition))
        return await listings.pages(self, "/invoices/drafts", "draftInvoiceNumber", sort=True, query=query)

    async def record(self, kind: Kind, number: int, customer_number: int | None = None) -> Mapping[str, object] | None:
        """One record as the classic host holds it now, or None."""
        return await self.read(f"{collection_path(kind, customer_number)}/{number}")

    async def _must(self, path: str) -> Mapping[str, object]:
        found = await self.read(path)
        if found is None:
            raise NoConnection("unexpected_answer", host=self.target.host, status=404, path=path, text="")
        return found

    async def _ask(self, request: Request, root: str) -> Answer:
        """A read, tried until the policy is satisfied or gives up."""
        posted, attempt = time.monotonic(), 1
        while True:
            answer = await self._try(request, root, {})
            decision = decide(answer, attempt, posted, time.monotonic(), left=False)
            if isinstance(decision, Stop):
                raise decision.error
            if not isinstance(decision, Again) or self._hopeless(answer, attempt):
                return answer
            attempt += decision.counts
            await self._sleep(decision.after)

    def _hopeless(self, answer: Answer, attempt: int) -> bool:
        return isinstance(answer, Unanswered) and not self._reached and attempt >= _TRIES_BEFORE_FIRST_CONTACT

    async def _try(self, request: Request, root: str, headers: Mapping[str, str]) -> Answer:
        assert self._transport is not None, "opened with `async with`"
        self._calls[request.method] += 1
        url = root.rstrip("/") + request.path
        response = await self._transport.send(request.method, url, {**self._headers, **headers}, request.body)
        if isinstance(response, Unanswered):
            return Unanswered(response.reason, response.status, left=response.left, host=self.target.host)
        self.rate = read_rate(response.headers) or self.rate
        answer = read_answer(request, response.status, response.headers, response.content, self.target.host)
        self._reached = self._reached or isinstance(answer, Accepted)
        return answer

    def _unexpected(self, answer: Answer, path: str) -> BulkioError:
        host, path = self.target.host, path.partition("?")[0]
        if isinstance(answer, Unanswered) and answer.reason == "no_connection":
            return NoConnection("no_connection", host=host)
        if isinstance(answer, Unanswered) and answer.status is None:
            return NoConnection("no_answer", host=host, path=path, reason=answer.reason)
        status = getattr(answer, "status", None)
        text = answer.faults[0].text if isinstance(answer, Rejected) else ""
        return NoConnection("unexpected_answer", host=host, path=path, status=status, text=text)
