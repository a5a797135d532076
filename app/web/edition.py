"""One edition of the static files: named after their content, compressed once, kept for pages still open elsewhere."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from threading import Lock
from typing import Any
from wsgiref.headers import Headers

from whitenoise import WhiteNoise
from whitenoise.compress import Compressor

PREFIX = "/static/"
FOR_EVER = 365 * 24 * 3600
COMPRESSED = frozenset({".css", ".js", ".svg"})


class Edition:
    """A WSGI application in front of another. Nothing is read or written before the first page."""

    def __init__(
        self, files: Mapping[str, tuple[Path, ...]], shelf: Path, application: Callable[..., Iterable[bytes]]
    ) -> None:
        self.files, self.shelf, self.application = files, shelf, application
        self._lock = Lock()

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        if environ.get("PATH_INFO", "").startswith(PREFIX):
            served: Iterable[bytes] = self._server(environ, start_response)
            return served
        return self.application(environ, start_response)

    @cached_property
    def name(self) -> str:
        digest = sha256()
        for name, paths in sorted(self.files.items()):
            digest.update(name.encode() + b"\0")
            for path in paths:
                digest.update(path.read_bytes())
        return digest.hexdigest()[:16]

    @property
    def _server(self) -> WhiteNoise:
        with self._lock:
            return self._published

    @cached_property
    def _published(self) -> WhiteNoise:
        return _Immutable(self.application, self._folder(), PREFIX, max_age=FOR_EVER, allow_all_origins=False)

    def _folder(self) -> Path:
        """The shelf of editions with this one on it; a temporary one when the instance is read-only."""
        try:
            return self._printed_on(self.shelf)
        except OSError:
            return self._printed_on(Path(tempfile.mkdtemp(prefix="guichet-static-")))

    def _printed_on(self, shelf: Path) -> Path:
        shelf.mkdir(parents=True, exist_ok=True)
        if not (shelf / self.name).is_dir():
            draft = Path(tempfile.mkdtemp(prefix=".static-", dir=shelf.parent))
            draft.chmod(0o755)
            self._print(draft)
            try:
                draft.rename(shelf / self.name)
            except OSError:  # another process was quicker
                shutil.rmtree(draft, ignore_errors=True)
        return shelf

    def _print(self, folder: Path) -> None:
        compressor = Compressor(use_gzip=True, use_brotli=True, quiet=True)
        for name, paths in self.files.items():
            target = folder / name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(b"\n".join(path.read_bytes() for path in paths))
            if target.suffix in COMPRESSED:
                list(compressor.compress(str(target)))


class _Immutable(WhiteNoise):
    def immutable_file_test(self, path: str, url: str) -> bool:
        return True

    def add_mime_headers(self, headers: Headers, path: str, url: str) -> None:
        super().add_mime_headers(headers, path, url)
        headers["X-Content-Type-Options"] = "nosniff"
        headers["Cross-Origin-Resource-Policy"] = "same-origin"
