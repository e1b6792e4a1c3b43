"""The twin on a loopback port."""

from __future__ import annotations

import asyncio
import contextlib
import signal
import socket
import threading
from collections.abc import Callable, Iterator

import uvicorn

from bulkio.sandbox.application import create_application
from bulkio.sandbox.store import Store


def serve(
    store: Store,
    *,
    port: int = 0,
    host: str = "127.0.0.1",
    latency: float = 0.0,
    language: str = "en",
    on_ready: Callable[[str], None],
    verbose: bool = False,
) -> None:
    """Serve until SIGINT or SIGTERM; `on_ready` gets the root URL once connections are accepted.

    Port 0 takes any free port. Raises OSError when the port is taken.
    """
    with _bound(host, port) as listener:
        server = _Server(_configuration(store, latency, language, verbose), _root_of(host, listener), on_ready)
        asyncio.run(server.serve(sockets=[listener]))


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


def _configuration(store: Store, latency: float, language: str, verbose: bool) -> uvicorn.Config:
    return uvicorn.Config(
        create_application(store, latency=latency, language=language),
        log_level="info" if verbose else "critical",
        access_log=verbose,
        server_header=False,
        lifespan="off",
        ws="none",
        timeout_graceful_shutdown=5,
    )


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
