"""Alive and ready: what a supervisor reads, on an empty base, a loaded one, and a broken one."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy.exc import OperationalError

from app.extensions import transaction
from app.kernel.clock import utcnow
from app.mailbox.models import Heartbeat
from app.mailbox.queries import WORKER
from app.territory import queries as territory


def test_alive_asks_nothing_of_the_database(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> int:
        raise OperationalError("select", {}, Exception("gone"))

    monkeypatch.setattr(territory, "version", broken)
    client = app.test_client()
    assert client.get("/healthz").json == {"status": "ok"}
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.get_json()["checks"]["database"] == {"ok": False, "message": "Ne répond pas."}


def test_an_empty_base_says_what_is_missing(app: Flask) -> None:
    answer = app.test_client().get("/readyz")
    assert answer.status_code == 503
    checks = answer.get_json()["checks"]
    assert checks["database"]["ok"]
    assert "make setup" in checks["reference"]["message"]
    assert not checks["rulebook"]["ok"] and not checks["directory"]["ok"]


def test_a_loaded_base_is_ready_and_warns_of_a_silent_worker(seeded: Flask) -> None:
    client = seeded.test_client()
    answer = client.get("/readyz")
    assert answer.status_code == 200 and answer.get_json()["ready"]
    assert any("jamais tourné" in line for line in answer.get_json()["warnings"])
    with seeded.app_context(), transaction() as session:
        session.add(Heartbeat(name=WORKER, seen_at=utcnow() - timedelta(minutes=10)))
    assert any("se tait depuis 10 min" in line for line in client.get("/readyz").get_json()["warnings"])


def test_sqlite_in_production_is_warned_of(seeded: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    production = replace(seeded.config["GUICHET"], env="production")
    monkeypatch.setitem(seeded.config, "GUICHET", production)
    answer = seeded.test_client().get("/readyz").get_json()
    warned = any("SQLite en production" in line for line in answer["warnings"])
    assert warned == (answer["checks"]["database"]["engine"] == "sqlite")
