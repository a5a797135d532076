"""A published file comes to a folder: bounded in time and size, resumed where cut, asked again only if it changed."""

from __future__ import annotations

import json
import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import requests
import stamina
import urllib3

from app.officials.manifest import OfficialSource

AGENT = "guichet-rh (telechargement de donnees ouvertes)"
PIECE = 1 << 16
MEGABYTE = 1024 * 1024
PAGE_OF_A_SITE = (b"<!doctype html", b"<html")
VALIDATORS = {"etag": "ETag", "modified": "Last-Modified"}
PARTIAL, UNCHANGED, PAST_THE_END = 206, 304, 416


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds to reach the server, between two pieces, and in all; how often a cut file is taken up again."""

    connect: float = 4
    read: float = 20
    total: float = 3600
    attempts: int = 4
    pause: float = 2
    redirects: int = 5


class FetchFailed(Exception):
    """The file could not be had; the sentence says why and what to look at, in French."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class NoNetwork(FetchFailed):
    """Nobody answers at that address."""


class _Cut(Exception):
    """The answer stopped before its end: what came is kept, the rest is asked for."""


@dataclass(frozen=True, slots=True)
class Fetched:
    path: Path
    unchanged: bool


def fetch(source: OfficialSource, folder: Path, limits: Limits = Limits()) -> Fetched:
    """The file of this source, in its own folder. Raises FetchFailed."""
    return _Download(source, folder / source.kind, limits).run()


class _Download:
    def __init__(self, source: OfficialSource, folder: Path, limits: Limits) -> None:
        self.source, self.limits = source, limits
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.whole = folder / (Path(source.name).name or "fichier")
        self.part, self.notes = folder / "part", folder / "notes.json"
        self.until = time.monotonic() + limits.total
        self.session = requests.Session()
        self.session.max_redirects = limits.redirects

    def run(self) -> Fetched:
        try:
            for attempt in self._attempts():
                with attempt:
                    return self._once()
        except _Cut:
            raise FetchFailed(
                "Le fichier arrive coupé, plusieurs fois de suite. Relancez : il reprendra."
            ) from None
        except requests.TooManyRedirects:
            raise FetchFailed(f"L’adresse tourne en rond. {self._look()}") from None
        except requests.RequestException:
            raise NoNetwork("Aucune réponse à cette adresse : réseau absent, ou adresse changée.") from None
        raise AssertionError("stamina always returns or raises")

    def _attempts(self) -> Iterable[stamina.Attempt]:
        return stamina.retry_context(
            on=_Cut,
            attempts=self.limits.attempts,
            timeout=None,
            wait_initial=self.limits.pause,
            wait_max=60,
            wait_jitter=0,
        )

    def _look(self) -> str:
        return f"Vérifiez-la sur {self.source.page}."

    def _once(self) -> Fetched:
        options = {"stream": True, "timeout": (self.limits.connect, self.limits.read)}
        with self.session.get(self.source.address, headers=self._asked(), **options) as answer:  # type: ignore[arg-type]
            if answer.status_code == UNCHANGED and self.whole.is_file():
                return Fetched(self.whole, unchanged=True)
            if answer.status_code == PAST_THE_END:
                self.part.unlink(missing_ok=True)
                raise _Cut
            self._refuse(answer)
            self._receive(answer)
        return Fetched(self.whole, unchanged=False)

    def _asked(self) -> dict[str, str]:
        """The rest of a part whose origin is known; otherwise the file, if it is not the one we have."""
        headers = {"User-Agent": AGENT, "Accept-Encoding": "identity"}
        notes = self._noted()
        if self.part.is_file() and self.part.stat().st_size and notes.get("part"):
            return headers | {"Range": f"bytes={self.part.stat().st_size}-", "If-Range": notes["part"]}
        self.part.unlink(missing_ok=True)
        if self.whole.is_file() and notes.get("address") == self.source.address:
            if notes.get("etag"):
                headers["If-None-Match"] = notes["etag"]
            if notes.get("modified"):
                headers["If-Modified-Since"] = notes["modified"]
        return headers

    def _refuse(self, answer: requests.Response) -> None:
        status = answer.status_code
        if status >= 500:
            raise FetchFailed(f"Le serveur répond {status} : il est en panne. Essayez plus tard.")
        if status not in (200, PARTIAL):
            raise FetchFailed(f"Le serveur répond {status} : l’adresse a changé. {self._look()}")
        if answer.headers.get("Content-Type", "").lower().startswith("text/html"):
            raise FetchFailed(f"L’adresse donne une page de site, pas le fichier. {self._look()}")

    def _receive(self, answer: requests.Response) -> None:
        resumed = answer.status_code == PARTIAL
        have = self.part.stat().st_size if resumed else 0
        if resumed and not answer.headers.get("Content-Range", "").startswith(f"bytes {have}-"):
            self.part.unlink()
            raise _Cut
        announced = _length(answer.headers)
        if announced is not None and have + announced > self.source.largest * MEGABYTE:
            raise FetchFailed(self._too_large())
        self._note(part=_validator(answer.headers))
        with self.part.open("ab" if resumed else "wb") as file:
            came = 0
            for piece in _pieces(answer):
                came += len(piece)
                self._bound(have + came, piece if have + came == len(piece) else b"")
                file.write(piece)
        if announced is not None and came != announced:
            raise _Cut
        self.part.replace(self.whole)
        kept = {key: answer.headers.get(name, "") for key, name in VALIDATORS.items()}
        self._note(part="", address=self.source.address, **kept)

    def _bound(self, size: int, start: bytes) -> None:
        if start.lstrip()[:16].lower().startswith(PAGE_OF_A_SITE):
            raise FetchFailed(f"L’adresse donne une page de site, pas le fichier. {self._look()}")
        if size > self.source.largest * MEGABYTE:
            self.part.unlink()
            raise FetchFailed(self._too_large())
        if time.monotonic() > self.until:
            raise FetchFailed("Le téléchargement est trop lent : il est arrêté. Relancez : il reprendra.")

    def _too_large(self) -> str:
        return f"Le fichier dépasse {self.source.largest} Mo : ce n’est sans doute pas le bon. {self._look()}"

    def _noted(self) -> dict[str, str]:
        try:
            return {str(key): str(value) for key, value in json.loads(self.notes.read_text("utf-8")).items()}
        except (OSError, ValueError, AttributeError):
            return {}

    def _note(self, **facts: str) -> None:
        self.notes.write_text(json.dumps(self._noted() | facts), "utf-8")


def _validator(headers: Mapping[str, str]) -> str:
    """What tells that the rest belongs to the same file; without one a cut file begins again."""
    etag = headers.get("ETag", "")
    return etag if etag and not etag.startswith("W/") else headers.get("Last-Modified", "")


def _length(headers: Mapping[str, str]) -> int | None:
    text = headers.get("Content-Length", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 16 else None


def _pieces(answer: requests.Response) -> Iterator[bytes]:
    """What came so far, however little: a server that trickles is seen by the clock of the whole."""
    try:
        while piece := answer.raw.read1(PIECE, decode_content=False):
            yield piece
    except (urllib3.exceptions.HTTPError, OSError):
        raise _Cut from None
