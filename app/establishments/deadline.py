"""A connection that is cut when its time is up, whatever the other side does: hangs, or drips a byte a second.

The time-outs of a socket begin again with each byte received; only closing it bounds the whole exchange. Names are
resolved by the system before any socket exists: its own time-out bounds that (docs/operating.md).
"""

from __future__ import annotations

import socket
from contextlib import suppress
from threading import Timer
from time import monotonic
from types import TracebackType
from typing import Any, Self

from requests.adapters import HTTPAdapter
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.connection import HTTPConnection, HTTPSConnection


class Deadline:
    """Entered before the exchange, left after it."""

    def __init__(self, seconds: float) -> None:
        self.ends = monotonic() + seconds
        self._sockets: list[socket.socket] = []
        self._timer = Timer(seconds, self._cut)
        self._timer.daemon = True

    @property
    def left(self) -> float:
        return max(0.0, self.ends - monotonic())

    def watch(self, opened: socket.socket | None) -> None:
        if opened is not None:
            self._sockets.append(opened)

    def _cut(self) -> None:
        for opened in self._sockets:
            with suppress(OSError):
                opened.shutdown(socket.SHUT_RDWR)

    def __enter__(self) -> Self:
        self._timer.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._timer.cancel()


class WatchedAdapter(HTTPAdapter):
    """Opens connections that the deadline can cut."""

    def __init__(self, deadline: Deadline) -> None:
        self._deadline = deadline
        super().__init__()

    def init_poolmanager(self, *args: Any, **options: Any) -> None:
        super().init_poolmanager(*args, **options)
        self.poolmanager.pool_classes_by_scheme = {
            "http": _watched(HTTPConnectionPool, HTTPConnection, self._deadline),
            "https": _watched(HTTPSConnectionPool, HTTPSConnection, self._deadline),
        }


def _watched(pool: Any, connection: Any, deadline: Deadline) -> Any:
    def connect(self: Any) -> None:
        connection.connect(self)
        deadline.watch(self.sock)

    watched = type(f"Watched{connection.__name__}", (connection,), {"connect": connect})
    return type(f"Watched{pool.__name__}", (pool,), {"ConnectionCls": watched})
