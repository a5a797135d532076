"""Sessions of signed-in people are rows; a visitor's is a signed cookie, so that a visit writes nothing.

A row is born at sign-in under a new key (nobody can fix it beforehand), dies at sign-out, and lasts one
working day whatever happens in between.
"""

from __future__ import annotations

from datetime import timedelta
from hashlib import sha256
from typing import Any

import msgspec
from flask import Flask, Request, Response
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface, SessionMixin
from flask_session.base import ServerSideSession, ServerSideSessionInterface
from sqlalchemy import Connection, delete, insert, select, update

from app.accounts.models import StoredSession
from app.extensions import WRITES, db
from app.kernel.clock import utcnow

LIFETIME = timedelta(hours=8)
COOKIE = "guichet_poste"
SIGNED_IN = "_user_id"
FORM_TOKEN = "csrf_token"  # noqa: S105  the name of a field
ID_LENGTH = 32


class Plain:
    """Bytes of a session: plain values only, nothing that could run when read back."""

    def encode(self, session: ServerSideSession) -> bytes:
        return msgspec.msgpack.encode(dict(session))

    def decode(self, body: bytes) -> dict[str, Any]:
        kept: dict[str, Any] = msgspec.msgpack.decode(body)
        return kept


class DeskSessions(ServerSideSessionInterface):
    def __init__(self, app: Flask) -> None:
        super().__init__(app, permanent=False, sid_length=ID_LENGTH)
        self.serializer = Plain()
        self.visitors = SecureCookieSessionInterface()

    def get_cookie_name(self, app: Flask) -> str:
        return COOKIE

    def open_session(self, app: Flask, request: Request) -> SessionMixin:
        sid = request.cookies.get(COOKIE)
        kept = self._retrieve_session_data(self._get_store_id(sid)) if sid else None
        if kept is not None:
            return ServerSideSession(kept, sid=sid)  # type: ignore[no-any-return]
        # None without a secret key: Flask then makes its null session itself.
        return self.visitors.open_session(app, request)  # type: ignore[return-value]

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        if SIGNED_IN in session:
            super().save_session(app, self._as_row(app, session, response), response)
        else:
            self.visitors.save_session(app, self._as_cookie(app, session, response), response)

    def _as_row(self, app: Flask, session: SessionMixin, response: Response) -> ServerSideSession:
        if isinstance(session, ServerSideSession):
            return session
        response.delete_cookie(self.visitors.get_cookie_name(app))
        row = ServerSideSession(sid=self._generate_sid(self.sid_length))
        # Nor can anybody know beforehand what the forms of the session will have to say.
        row.update({key: value for key, value in session.items() if key != FORM_TOKEN})
        row.new = True
        return row

    def _as_cookie(self, app: Flask, session: SessionMixin, response: Response) -> SecureCookieSession:
        if isinstance(session, SecureCookieSession):
            return session
        self._delete_session(self._get_store_id(session.sid))  # type: ignore[attr-defined]
        response.delete_cookie(COOKIE, samesite=self.get_cookie_samesite(app))
        cookie = SecureCookieSession()
        cookie.update({key: value for key, value in session.items() if key == "_flashes"})
        return cookie

    def _get_store_id(self, sid: str) -> str:
        return sha256(sid.encode("utf-8", "replace")).hexdigest()

    def _retrieve_session_data(self, store_id: str) -> dict[str, Any] | None:
        asked = select(StoredSession.body).where(
            StoredSession.key == store_id, StoredSession.expires_at > utcnow()
        )
        with db.engine.connect() as connection:
            body = connection.scalar(asked)
        return self.serializer.decode(body) if body is not None else None

    def _delete_session(self, store_id: str) -> None:
        with _writing() as connection, connection.begin():
            connection.execute(delete(StoredSession).where(StoredSession.key == store_id))

    def _upsert_session(self, _lifetime: timedelta, session: ServerSideSession, store_id: str) -> None:
        """Only a sign-in adds a row: a late answer must not bring back a session that was ended."""
        body = self.serializer.encode(session)
        born = insert(StoredSession).values(key=store_id, body=body, expires_at=utcnow() + LIFETIME)
        changed = update(StoredSession).where(StoredSession.key == store_id).values(body=body)
        with _writing() as connection, connection.begin():
            connection.execute(born if session.new else changed)


def _writing() -> Connection:
    """A connection apart from the request's own, which takes the write lock at once on SQLite."""
    return db.engine.connect().execution_options(**{WRITES: True})
