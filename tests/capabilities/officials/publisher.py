"""A publisher on this machine, who does all that publishers do: slow, cut, moved, in circles."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any


class Publisher(BaseHTTPRequestHandler):
    """Each path behaves in its own way; `server.asked` remembers (path, headers)."""

    server: Any

    def log_message(self, *_: object) -> None:
        pass

    def do_GET(self) -> None:
        self.server.asked.append((self.path, dict(self.headers)))
        getattr(self, self.path.strip("/").split("/")[0])()

    def answer(self, status: int, body: bytes = b"", **headers: Any) -> None:
        self.send_response(status)
        for name, value in ({"Content_Length": str(len(body))} | headers).items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    @property
    def tag(self) -> str:
        return f'"{hashlib.sha256(self.server.content).hexdigest()[:12]}"'

    def whole(self) -> None:
        if self.headers.get("If-None-Match") == self.tag:
            self.answer(304, ETag=self.tag)
        else:
            self.answer(200, self.server.content, ETag=self.tag, Content_Type="text/csv")

    def cut(self) -> None:
        """Half of what is left each time; the rest on demand, when it is the same file."""
        content, start = self.server.content, 0
        if self.headers.get("If-Range") == self.tag:
            start = int(self.headers["Range"].removeprefix("bytes=").rstrip("-"))
        left = content[start:]
        sent = left[: len(left) // 2] if len(left) > 40 else left
        where = {"Content_Range": f"bytes {start}-{len(content) - 1}/{len(content)}"} if start else {}
        self.answer(206 if start else 200, sent, Content_Length=str(len(left)), ETag=self.tag, **where)
        self.close_connection = True

    def always_cut(self) -> None:
        self.answer(200, self.server.content[:30], Content_Length="5000")
        self.close_connection = True

    def trickle(self) -> None:
        self.answer(200, Content_Length="100000")
        try:
            for _ in range(200):
                self.wfile.write(b"a")
                self.wfile.flush()
                time.sleep(0.05)
        except OSError:
            pass

    def silent(self) -> None:
        time.sleep(2)

    def huge(self) -> None:
        self.answer(200, Content_Length=str(10**12))

    def endless(self) -> None:
        self.send_response(200)
        self.end_headers()
        try:
            for _ in range(40):
                self.wfile.write(b"a;b\n" * 20_000)
        except OSError:
            pass

    def gone(self) -> None:
        self.answer(404)

    def broken(self) -> None:
        self.answer(503)

    def circle(self) -> None:
        self.answer(302, Location="/circle")

    def moved(self) -> None:
        self.answer(302, Location="/whole")

    def page(self) -> None:
        self.answer(200, b"<html>Choisissez</html>", Content_Type="text/html; charset=utf-8")

    def disguised(self) -> None:
        self.answer(200, b"\n<!DOCTYPE html><p>Choisissez", Content_Type="text/csv")


@contextmanager
def publishing(content: bytes) -> Iterator[Any]:
    server: Any = ThreadingHTTPServer(("127.0.0.1", 0), Publisher)
    server.daemon_threads = True
    server.content, server.asked = content, []
    server.address = f"http://127.0.0.1:{server.server_address[1]}"
    Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
