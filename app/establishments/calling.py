"""One question put to the register: bounded in time and size, tried twice, and not put at all while it is ill."""

from __future__ import annotations

import json
from dataclasses import dataclass
from threading import Lock
from time import monotonic
from typing import Any

import requests
import stamina
from pybreaker import CircuitBreaker, CircuitBreakerError
from urllib3.exceptions import HTTPError

from app.establishments.asked import Asked, Kind
from app.establishments.deadline import Deadline, WatchedAdapter
from app.establishments.found import Establishment
from app.establishments.schemas import Lies, establishments
from app.routing.facts import REGION

AGENT = "guichet-rh-occitanie"
LARGEST = 1024 * 1024
CHUNK = 16 * 1024
NOTHING = (400, 404)
"""The register's own « nothing found » for a question it does not understand."""


class Unavailable(RuntimeError):
    """No answer to rely on; the form goes on without."""


class Stumbled(Unavailable):
    """A failure that may pass within the second: worth one more try."""


@dataclass(frozen=True, slots=True)
class Patience:
    """Seconds to connect, between two bytes and in all; failures in a row before pausing, and for how long."""

    connect: float = 2.0
    read: float = 4.0
    budget: float = 5.0
    failures: int = 3
    pause: float = 60.0
    longest_pause: float = 600.0


class Register:
    """One question at a time for each process: the service accepts seven a second from one address."""

    def __init__(self, base: str, patience: Patience = Patience()) -> None:
        self.base, self.patience = base.rstrip("/"), patience
        self._breaker = CircuitBreaker(fail_max=patience.failures, reset_timeout=patience.pause)
        self._turn, self._quiet_until = Lock(), 0.0

    def ask(self, asked: Asked) -> tuple[Establishment, ...]:
        """Raises Unavailable, whatever went wrong."""
        deadline = Deadline(self.patience.budget)
        if monotonic() < self._quiet_until:
            raise Unavailable("asked to wait")
        if not self._turn.acquire(timeout=deadline.left):
            raise Unavailable("busy")
        try:
            if not deadline.left:
                raise Unavailable("too late")
            with deadline:
                found: tuple[Establishment, ...] = self._breaker.call(self._twice, asked, deadline)
                return found
        except CircuitBreakerError as error:
            raise Unavailable("paused") from error
        finally:
            self._turn.release()

    def _twice(self, asked: Asked, deadline: Deadline) -> tuple[Establishment, ...]:
        waits = {"wait_initial": 0.1, "wait_max": 0.3, "wait_jitter": 0.1}
        for attempt in stamina.retry_context(on=Stumbled, attempts=2, timeout=deadline.left, **waits):
            with attempt:
                return self._once(asked, deadline)
        raise Unavailable("not tried")

    def _once(self, asked: Asked, deadline: Deadline) -> tuple[Establishment, ...]:
        times = (min(self.patience.connect, deadline.left), min(self.patience.read, deadline.left))
        if not deadline.left:
            raise Unavailable("too late")
        try:
            with requests.Session() as session:
                for scheme in ("http://", "https://"):
                    session.mount(scheme, WatchedAdapter(deadline))
                with self._opened(session, asked, times) as answer:
                    return self._read(answer, asked, deadline)
        except Lies as error:
            raise Unavailable("lies") from error
        except (requests.RequestException, HTTPError, OSError, ValueError, RecursionError) as error:
            raise Stumbled(type(error).__name__) from error

    def _opened(
        self, session: requests.Session, asked: Asked, times: tuple[float, float]
    ) -> requests.Response:
        headers = {"Accept": "application/json", "Accept-Encoding": "identity", "User-Agent": AGENT}
        return session.get(
            f"{self.base}/search",
            params=_question(asked),
            headers=headers,
            timeout=times,
            stream=True,
            allow_redirects=False,
        )

    def _read(self, answer: requests.Response, asked: Asked, deadline: Deadline) -> tuple[Establishment, ...]:
        if answer.status_code in NOTHING:
            return ()
        if answer.status_code == requests.codes.too_many_requests:
            self._be_quiet(answer.headers.get("Retry-After", ""))
            raise Unavailable("asked to wait")
        if answer.status_code >= requests.codes.internal_server_error:
            raise Stumbled(str(answer.status_code))
        if answer.status_code != requests.codes.ok or not _is_plain_json(answer):
            raise Unavailable(f"unexpected answer {answer.status_code}")
        return establishments(json.loads(_body(answer, deadline)), asked)

    def _be_quiet(self, seconds: str) -> None:
        """As long as the service asks, within reason; a date instead of seconds is our own pause."""
        told = float(seconds) if seconds.isascii() and seconds.isdigit() else self.patience.pause
        self._quiet_until = monotonic() + min(told, self.patience.longest_pause)


def _question(asked: Asked) -> dict[str, Any]:
    """Only what the form uses is asked: no director, no accounts."""
    wanted: dict[str, Any] = {
        "q": asked.text,
        "per_page": 10,
        "limite_matching_etablissements": 10,
        "minimal": "true",
        "include": "siege,matching_etablissements",
    }
    if asked.kind is not Kind.SIRET:
        wanted |= {"region": REGION}
    if asked.kind is Kind.NAME:
        wanted |= {"etat_administratif": "A"}
    return wanted


def _is_plain_json(answer: requests.Response) -> bool:
    """Compression was refused: a few bytes that swell into gigabytes are not even opened."""
    kind = answer.headers.get("Content-Type", "").partition(";")[0].strip().lower()
    return kind == "application/json" and answer.headers.get("Content-Encoding", "identity") == "identity"


def _body(answer: requests.Response, deadline: Deadline) -> bytes:
    body = b""
    for chunk in answer.raw.stream(CHUNK, decode_content=False):
        body += chunk
        if len(body) > LARGEST:
            raise Unavailable("too long")
    if not deadline.left:
        raise Unavailable("too late")
    return body
