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
from bulkio.sandbox.trouble.delivery import Killed
from bulkio.sandbox.trouble.schedules import Schedule

_LONGEST_HEAD = 1024 * 1024
"""A filter of some length is refused by the API in its own shape, not by the server in plain text."""
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
        wire.server = server
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
        h11_max_incomplete_event_size=_LONGEST_HEAD,
        timeout_graceful_shutdown=5,
    )


def _reset(transport: asyncio.Transport) -> None:
    # Closing without lingering sends RST instead of FIN.
    transport.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _NO_LINGER)
    transport.abort()


class _Wire:
    """The application on sockets: where it cuts a connection, the peer gets a real reset."""

    def __init__(self, application: ASGIApp) -> None:
        self._application = application
        self.server: _Server | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        assert self.server is not None, "set before it serves"
        try:
            await self._application(scope, receive, send)
        except Killed as death:
            self.server.die(death.seconds)
        except ConnectionError:
            self.server.reset(scope["client"])
        else:
            return
        # The server must hear of the loss before the call ends, or it answers for an application that did not.
        while (await receive())["type"] != "http.disconnect":
            pass


class _Server(uvicorn.Server):
    """uvicorn's server, which tells when it accepts connections."""

    def __init__(self, config: uvicorn.Config, root: str, on_ready: Callable[[str], None]) -> None:
        super().__init__(config)
        self._root = root
        self._on_ready = on_ready
        self._return: asyncio.Task[None] | None = None

    def reset(self, client: tuple[str, int]) -> None:
        """Reset the connection of one peer."""
        for connection in [one for one in self._connections() if one.client == client]:
            _reset(connection.transport)

    def die(self, seconds: float) -> None:
        """Be gone as a killed process is: every connection is reset and the port closed; come back after some seconds."""
        address = self.servers[-1].sockets[0].getsockname()
        for server in self.servers:
            server.close()
        for connection in list(self._connections()):
            _reset(connection.transport)
        self._return = asyncio.create_task(self._come_back(address[0], address[1], seconds))

    def _connections(self) -> Iterable[Any]:
        return self.server_state.connections

    async def _come_back(self, host: str, port: int, seconds: float) -> None:
        await asyncio.sleep(seconds)
        if not self.should_exit:
            loop = asyncio.get_running_loop()
            self.servers.append(await loop.create_server(self._protocol, sock=_bound(host, port)))

    def _protocol(self) -> asyncio.Protocol:
        kind: Any = self.config.http_protocol_class
        made: asyncio.Protocol = kind(self.config, self.server_state, self.lifespan.state)
        return made

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
