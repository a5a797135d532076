"""The ground every capability stands on: nothing opened at boot, SQLite set for safety, logs without people."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import event, text
from structlog.testing import capture_logs

from app import create_app
from app.extensions import UnsavedChanges, db, transaction
from app.territory.models import Commune
from tests.conftest import test_config
from tests.web.company.baker import CONTACT, ready, send

NOWHERE = "postgresql+psycopg://nobody@127.0.0.1:1/nothing"


def test_booting_opens_no_database_and_writes_no_file(tmp_path: Path) -> None:
    folder = tmp_path / "instance"
    app = create_app(test_config(folder, NOWHERE))
    assert app.test_client().get("/healthz").json == {"status": "ok"}
    assert not folder.exists()


def test_sqlite_waits_keeps_and_checks(context: Flask) -> None:
    if db.engine.dialect.name != "sqlite":
        pytest.skip("speaks of SQLite")
    with db.engine.connect() as connection:
        told = {
            name: connection.execute(text(f"PRAGMA {name}")).scalar()
            for name in ("journal_mode", "synchronous", "busy_timeout", "foreign_keys")
        }
    assert told == {"journal_mode": "wal", "synchronous": 2, "busy_timeout": 10_000, "foreign_keys": 1}


def test_a_writer_takes_its_turn_at_once(context: Flask) -> None:
    if db.engine.dialect.name != "sqlite":
        pytest.skip("speaks of SQLite")
    said: list[str] = []
    event.listen(db.engine, "before_cursor_execute", lambda *args: said.append(args[2]))
    with transaction():
        pass
    with db.engine.connect() as connection:
        connection.execute(text("SELECT 1"))
    assert said[0] == "BEGIN IMMEDIATE" and "BEGIN" in said[1:]


def test_rows_changed_elsewhere_are_not_forgotten(context: Flask) -> None:
    db.session.add(Commune(code="34142", name="Lodève", departement="34", population=7400))
    with pytest.raises(UnsavedChanges), transaction():
        pass
    db.session.rollback()


def test_the_log_names_routes_and_nobody(seeded: Flask) -> None:
    client = seeded.test_client()
    with capture_logs() as lines:
        answer = send(client, ready(client))
        page = client.get(answer.location, headers={"X-Request-Id": "essai-12345678"})
    assert page.headers["X-Request-Id"] == "essai-12345678"
    assert {"company.file", "following.inquiry"} <= {line.get("endpoint") for line in lines}
    written = json.dumps(lines, ensure_ascii=False, default=str)
    private = [
        *map(str, CONTACT.values()),
        "Vidal",
        "0639981204",
        "33639981204",
        answer.location.split("/")[2],
    ]
    assert not [one for one in private if len(one) > 1 and one in written]
