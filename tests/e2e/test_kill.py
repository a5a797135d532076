"""kill -9 of any worker while companies are filing: nothing acknowledged is lost, nothing is doubled."""

from __future__ import annotations

import os
import random
import signal
import threading
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection, HTTPException
from pathlib import Path

import pytest
from flask import Flask

from app import create_app
from app.cli.setup import load_reference
from app.dossiers.models import Dossier, Event
from app.extensions import db
from app.inquiries.actions import start_draft
from app.inquiries.models import Inquiry, Need
from app.inquiries.queries import inquiry_of
from app.mailbox.actions import send_waiting
from app.mailbox.models import Letter
from tests.conftest import database_url, test_config
from tests.e2e.served import Served, children, free_port
from tests.web.company.baker import CONTACT, NEED, PLACE

REQUESTS = 500 if os.environ.get("GUICHET_PROVE") else 80
SENDERS = 12
PATIENCE = 120.0
EVERY = 0.5
"""Seconds between two kills."""
KILLS = REQUESTS // 3
"""After so many, peace: on a slow machine a worker killed before it is ready acknowledges nothing, for ever."""


@pytest.fixture
def service(tmp_path: Path, reference: Path) -> Iterator[tuple[Flask, Served]]:
    config = test_config(tmp_path, database_url(tmp_path, "kill"), port=free_port())
    app = create_app(config)
    with app.app_context():
        db.create_all()
        load_reference()
    served = Served(config)
    try:
        yield app, served
    finally:
        served.stop()
        with app.app_context():
            db.engine.dispose()


def drafts(app: Flask) -> list[str]:
    """Requests that only wait to be sent."""
    data = {
        name: value if isinstance(value, list) else [value]
        for part in (NEED, PLACE, CONTACT)
        for name, value in part.items()
    }
    with app.app_context():
        return [start_draft(data) for _ in range(REQUESTS)]


def file(port: int, draft: str) -> str | None:
    """The address acknowledged, however many times it had to be sent; None if it never was."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        connection = HTTPConnection("127.0.0.1", port, timeout=15)
        try:
            connection.request("POST", f"/demandes/nouvelle/{draft}/relire", headers={"Content-Length": "0"})
            answer = connection.getresponse()
            if answer.status == 303:
                return answer.getheader("Location")
            assert answer.status == 503, (answer.status, answer.read()[:200])
        except (OSError, HTTPException):
            time.sleep(0.05)
        finally:
            connection.close()
    return None


def harass(served: Served, web: int, done: threading.Event, killed: Counter[str]) -> None:
    """Kill a web worker, or the one that sends letters, again and again."""
    draw, sender = random.Random(7), served.deliver()
    while not done.wait(EVERY) and killed.total() < KILLS:
        if draw.random() < 0.25:
            sender.kill()
            sender.wait()
            sender = served.deliver()
            killed["mail"] += 1
        elif victims := children(web):
            os.kill(draw.choice(victims), signal.SIGKILL)
            killed["web"] += 1


def test_nothing_acknowledged_is_lost_or_doubled(service: tuple[Flask, Served]) -> None:
    app, served = service
    waiting, killed, done = drafts(app), Counter[str](), threading.Event()
    web = served.serve().pid
    chaos = threading.Thread(target=harass, args=(served, web, done, killed))
    chaos.start()
    with ThreadPoolExecutor(SENDERS) as pool:
        answers = list(pool.map(lambda draft: file(served.config.port, draft), waiting))
    done.set()
    chaos.join()
    assert killed["web"] >= 3, killed
    assert all(answers), f"{answers.count(None)} never acknowledged"
    served.stop()
    with app.app_context():
        check_rows([str(answer) for answer in answers])
        check_letters()


def check_rows(answers: list[str]) -> None:
    """One whole inquiry per acknowledgement, and no other."""
    assert len(set(answers)) == len(answers) == REQUESTS
    found = [inquiry_of(answer.strip("/").rpartition("/")[2]) for answer in answers]
    ids = {one.id for one in found if one is not None}
    assert len(ids) == REQUESTS
    assert {one for (one,) in db.session.query(Inquiry.id)} == ids
    assert Counter(one for (one,) in db.session.query(Need.inquiry_id)) == Counter(ids)
    leads = db.session.query(Dossier.inquiry_id).filter(Dossier.leads)
    assert Counter(one for (one,) in leads) == Counter(ids)
    journalled = {one for (one,) in db.session.query(Event.dossier_id)}
    assert {one for (one,) in db.session.query(Dossier.id)} <= journalled
    letters = db.session.query(Letter.inquiry_id).filter(Letter.kind == "acknowledgement")
    assert Counter(one for (one,) in letters) == Counter(ids)


def check_letters() -> None:
    """Whatever a killed sender held is due again once its lease is over, and leaves."""
    db.session.query(Letter).filter(Letter.status != "sent").update({"due_at": Letter.posted_at})
    db.session.commit()
    while send_waiting().sent:
        pass
    states = Counter(status for (status,) in db.session.query(Letter.status))
    assert set(states) <= {"sent", "no_address"}, states
