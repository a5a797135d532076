"""Failures as pages in French, or as problems in JSON for the API; a value nothing can hold is never a 500."""

from __future__ import annotations

from typing import Any

import structlog
from flask import Flask, Response, current_app, g, jsonify, make_response, render_template, request
from flask_login import current_user
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import (
    DataError,
    IntegrityError,
    InterfaceError,
    OperationalError,
    ProgrammingError,
    SQLAlchemyError,
)
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException, InternalServerError

from app.extensions import db
from app.rulebooks.queries import NoRulebook
from app.web.error_words import EXPIRED, UNPREPARED, Words, words_for

API, PAGE = "/api/", "errors/page.html"
BUSY = (OperationalError, InterfaceError, PoolTimeout)
NO_SUCH_TABLE = "42P01"
"""What PostgreSQL answers when the schema was never created."""
KEPT_HEADERS = ("Allow", "Retry-After", "WWW-Authenticate")
SOON = "30"
"""Seconds before trying again a database that was busy."""
log = structlog.get_logger("guichet")


def install_errors(app: Flask) -> None:
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(CSRFError, _expired)
    for unusable in (DataError, OverflowError, UnicodeError):
        app.register_error_handler(unusable, _unusable)
    for busy in BUSY:
        app.register_error_handler(busy, _busy)
    app.register_error_handler(ProgrammingError, _misread)
    app.register_error_handler(NoRulebook, _without_rules)
    for overtaken in (IntegrityError, StaleDataError):
        app.register_error_handler(overtaken, _overtaken)


def _http(error: HTTPException) -> Any:
    code = error.code or 500
    if code < 400 or error.response is not None:
        return error
    if isinstance(error, InternalServerError):
        # A session that could not be read fails before any page is chosen: it arrives here wrapped.
        if isinstance(error.original_exception, BUSY):
            return _busy(error.original_exception)
        _forget_transaction()
    answer = _answer(code, words_for(code))
    for name, value in error.get_headers():
        if name in KEPT_HEADERS:
            answer.headers[name] = value
    return answer


def _expired(_error: CSRFError) -> Response:
    return _answer(400, EXPIRED)


def _unusable(error: Exception) -> Response:
    """A number too large for a column, half a character, a null: nothing is named so."""
    log.warning("unusable_value", error=type(error).__name__, endpoint=request.endpoint)
    _forget_transaction()
    code = 404 if request.method in ("GET", "HEAD") else 400
    return _answer(code, words_for(code))


def _busy(error: SQLAlchemyError) -> Response:
    """The database is locked, full or away: say so, and when to come back."""
    # The cause alone: the whole message would hold what was being written.
    cause = str(getattr(error, "orig", "") or "")[:200]
    log.error("database", error=type(error).__name__, cause=cause, endpoint=request.endpoint)
    _forget_transaction()
    answer = _answer(503, UNPREPARED if "no such table" in cause else words_for(503))
    answer.headers["Retry-After"] = SOON
    return answer


def _misread(error: ProgrammingError) -> Response:
    """A table that was never created is the set-up's business; any other mistake is ours."""
    log.error("database", error=type(error.orig).__name__, endpoint=request.endpoint)
    _forget_transaction()
    if getattr(error.orig, "sqlstate", None) == NO_SUCH_TABLE:
        return _answer(503, UNPREPARED)
    return _answer(500, words_for(500))


def _without_rules(_error: NoRulebook) -> Response:
    """The rules were never loaded: the set-up's business, like a missing table."""
    return _answer(503, UNPREPARED)


def _overtaken(error: IntegrityError | StaleDataError) -> Response:
    """Two people wrote the same thing at once, and the table kept the first."""
    cause = getattr(error, "orig", None) or error
    log.error("conflict", error=type(cause).__name__, endpoint=request.endpoint)
    _forget_transaction()
    return _answer(409, words_for(409))


def _forget_transaction() -> None:
    """The page of an error may ask the database a question: not in a transaction that failed."""
    try:
        db.session.rollback()
    except SQLAlchemyError:
        db.session.remove()


def _answer(code: int, words: Words) -> Response:
    if request.path.startswith(API):
        return _problem(code, words)
    answer = make_response(_page(code, words), code)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _page(code: int, words: Words) -> str:
    said = {"code": code, "words": words}
    if code < 500:
        return render_template(PAGE, frame=_frame(), **said)
    # Without what extensions add to every page: it asks for the session, whose database may be the trouble.
    return current_app.jinja_env.get_template(PAGE).render(frame="errors/frame.html", **said)


def _problem(code: int, words: Words) -> Response:
    detail = f"{words.happened} {words.do}" if code >= 500 else words.happened
    answer = jsonify(
        type="about:blank", status=code, title=words.title, detail=detail, request_id=g.get("request_id")
    )
    answer.status_code = code
    answer.mimetype = "application/problem+json"
    return answer


def _frame() -> str:
    """An adviser keeps their menu."""
    return "desk.html" if current_user and current_user.is_authenticated else "company.html"
