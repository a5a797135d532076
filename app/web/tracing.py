"""One log line per request, as JSON, with a request id and no personal data (no query, no body, no address)."""

from __future__ import annotations

import re
import secrets
import sys
import time
import traceback
from types import TracebackType

import structlog
from flask import Flask, Response, g, request

GIVEN_ID = re.compile(r"^[A-Za-z0-9-]{8,64}$")
MOST_FRAMES = 12
log = structlog.get_logger("guichet")


def install_tracing(app: Flask) -> None:
    """Number each request and log its route (never its path: a secret link would be in it)."""
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        logger_factory=structlog.PrintLoggerFactory(file=sys.stderr),
    )
    app.log_exception = _note_bug  # type: ignore[method-assign, assignment]
    app.before_request(_number)
    app.after_request(_note)


def _number() -> None:
    given = request.headers.get("X-Request-Id", "")
    g.request_id = given if GIVEN_ID.match(given) else secrets.token_hex(8)
    g.started = time.perf_counter()
    structlog.contextvars.clear_contextvars()
    structlog.contextvars.bind_contextvars(request_id=g.request_id)


def _note(response: Response) -> Response:
    if "request_id" in g:
        response.headers["X-Request-Id"] = g.request_id
        if request.endpoint not in {"static", "health.healthz"}:
            log.info(
                "request",
                method=request.method,
                endpoint=request.endpoint,
                status=response.status_code,
                ms=round((time.perf_counter() - g.started) * 1000, 1),
            )
    return response


def _note_bug(failure: tuple[type, BaseException, TracebackType] | tuple[None, None, None]) -> None:
    """Where our mistake is, without the path nor the message: a secret link or what was typed would be in them."""
    kind, _error, trace = failure
    frames = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(trace)]
    log.error(
        "bug",
        error=kind.__name__ if kind else None,
        method=request.method,
        endpoint=request.endpoint,
        frames=frames[-MOST_FRAMES:],
    )
