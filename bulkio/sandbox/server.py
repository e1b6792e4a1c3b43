"""The twin on a loopback port."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import signal
import socket
import struct
import threading
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import uvicorn
from starlette.types import ASGIApp, Receive, Scope, Send

from bulkio.sandbox.application import create_application
from bulkio.sandbox.rate import Limits
from bulkio.sandbox.store import Store
from bulkio.sandbox.trouble.delivery import Cut
from bulkio.sandbox.trouble.schedules import Schedule

_NO_LINGER = struct.pack("ii", 1, 0)


def serve(
    store: Store,
    *,
    port: int = 0,
    host: str = "127.0.0.1",
    latency: float = 0.0,
    language: str = "en",
    trouble: Schedule | None = None,
    limits: Limits | None = None,
    page_key: str | None = None,
    on_ready: Callable[[str], None],
    verbose: bool = False,
) -> None:
    """Serve until SIGINT or SIGTERM; `on_ready` gets the root URL once connections are accepted.

    Port 0 takes any free port. Raises OSError when the port is taken. The rest is `create_application`'s.
    """
    application = create_application(
        store, latency=latency, language=language, trouble=trouble, limits=limits, page_key=page_key
    )
    if verbose:
        _log_calls()
    with _bound(host, port) as listener:
        wire = _Wire(application)
        server = _Server(_configuration(wire, verbose=verbose), _root_of(host, listener), on_ready)
        wire.connections = server.server_state.connections
        asyncio.run(server.serve(sockets=[listener]))


def _log_calls() -> None:
    """A line a call on stderr; uvicorn's own would go to stdout, and tell the page's key."""
    handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter("%(asctime)s %(message)s", "%H:%M:%S"))
    log = logging.getLogger("bulkio.sandbox.calls")
    log.setLevel(logging.INFO)
    log.addHandler(handler)


def _bound(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # asyncio turns Nagle's delay off only for sockets that name TCP; with it an answer costs 40 ms.
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
    except OSError:
        listener.close()
        raise
    return listener


def _root_of(host: str, listener: socket.socket) -> str:
    shown = f"[{host}]" if ":" in host else host
    return f"http://{shown}:{listener.getsockname()[1]}"


def _configuration(application: ASGIApp, *, verbose: bool) -> uvicorn.Config:
    return uvicorn.Config(
        application,
        log_level="warning" if verbose else "critical",
        access_log=False,
        server_header=False,
        lifespan="off",
        ws="none",
        timeout_graceful_shutdown=5,
    )


class _Wire:
    """The application on sockets: where it cuts a connection, the peer gets a real reset."""

    def __init__(self, application: ASGIApp) -> None:
        self._application = application
        self.connections: Iterable[Any] = ()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await self._application(scope, receive, send)
        except Cut:
            self._reset(scope["client"])
            # The server must hear of the loss before the call ends, or it answers for an application that did not.
            while (await receive())["type"] != "http.disconnect":
                pass

    def _reset(self, client: tuple[str, int]) -> None:
        for connection in [one for one in self.connections if one.client == client]:
            # Closing without lingering sends RST instead of FIN.
            connection.transport.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _NO_LINGER)
            connection.transport.abort()


class _Server(uvicorn.Server):
    """uvicorn's server, which tells when it accepts connections."""

    def __init__(self, config: uvicorn.Config, root: str, on_ready: Callable[[str], None]) -> None:
        super().__init__(config)
        self._root = root
        self._on_ready = on_ready

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Stop on SIGINT and SIGTERM; unlike uvicorn's own, let `serve` return instead of raising them again."""
        if threading.current_thread() is not threading.main_thread():
            yield
            return
        before = {number: signal.signal(number, self.handle_exit) for number in (signal.SIGINT, signal.SIGTERM)}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            self._on_ready(self._root)
