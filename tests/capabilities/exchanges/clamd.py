"""An antivirus that speaks clamd's protocol over a socket: finds EICAR, or goes away."""

from __future__ import annotations

import socketserver
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager

EICAR = b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE"


class _Answer(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        assert self.rfile.readline().strip() in (b"nINSTREAM", b"zINSTREAM", b"INSTREAM")
        data = b""
        while (length := struct.unpack(">I", self.rfile.read(4))[0]) > 0:
            data += self.rfile.read(length)
        found = b"stream: Eicar-Signature FOUND" if EICAR in data else b"stream: OK"
        self.wfile.write(found + b"\n")


@contextmanager
def clamd() -> Iterator[str]:
    """Its address, for as long as it runs."""
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), _Answer) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        yield f"127.0.0.1:{server.server_address[1]}"
        server.shutdown()
        thread.join()
