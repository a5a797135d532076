"""Tasks over HTTP, without JavaScript."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.extensions import db
from app.kernel.clock import today
from app.workbench.models import Task

SOON = (today() + timedelta(days=2)).isoformat()
TYPED = {"title": "Envoyer le devis\0 \U0001f4c4", "due": SOON, "owner": ""}


@pytest.fixture
def added(app: Flask, adviser: FlaskClient, taken: int) -> str:
    """The address of a task just added."""
    assert adviser.post(f"/dossiers/{taken}/taches/nouvelle", data=TYPED).status_code == 303
    with app.app_context():
        return f"/dossiers/{taken}/taches/{db.session.query(Task).one().id}"


def stamp_in(page: str) -> str:
    found = re.search(r'name="stamp"[^>]*value="(\w+)"', page)
    assert found
    return found[1]


def test_added_then_ticked_from_the_list(adviser: FlaskClient, taken: int, added: str) -> None:
    assert "Envoyer le devis \U0001f4c4" in adviser.get(f"/dossiers/{taken}/").text
    assert "Aucune tâche" in adviser.get("/dossiers/taches/").text
    assert "Boulangerie Vidal" in adviser.get("/dossiers/taches/?liste=equipe").text
    answer = adviser.post(f"{added}/cocher", data={"done": "1", "page": "taches", "liste": "equipe"})
    assert answer.status_code == 303 and answer.location.endswith("/dossiers/taches/?liste=equipe")
    assert "Aucune tâche" in adviser.get("/dossiers/taches/?liste=equipe").text
    assert adviser.post(f"{added}/cocher", data={"done": "0"}).status_code == 303
    assert "1 tâche à faire" in adviser.get("/dossiers/taches/?liste=equipe").text


def test_changed_and_too_late(adviser: FlaskClient, added: str) -> None:
    stamp = stamp_in(adviser.get(added).text)
    changed = {**TYPED, "title": "Rappeler lundi", "stamp": stamp}
    assert adviser.post(added, data=changed).status_code == 303
    answer = adviser.post(added, data={**changed, "title": "Rappeler mardi"})
    assert answer.status_code == 409
    assert "Trop tard" in answer.text and "Rappeler mardi" in answer.text and "Rappeler lundi" in answer.text
    again = {**changed, "title": "Rappeler mardi", "stamp": stamp_in(answer.text)}
    assert adviser.post(added, data=again).status_code == 303


@pytest.mark.parametrize(
    "change",
    [
        {"title": ""},
        {"title": "   \0"},
        {"title": "é" * 201},
        {"due": ""},
        {"due": "demain"},
        {"due": "2020-01-01"},
        {"due": "9999-12-31"},
        {"owner": "999999"},
        {"owner": "x"},
    ],
)
def test_nothing_odd_is_added(app: Flask, adviser: FlaskClient, taken: int, change: dict[str, str]) -> None:
    answer = adviser.post(f"/dossiers/{taken}/taches/nouvelle", data={**TYPED, **change})
    assert answer.status_code == 400 and "à corriger" in answer.text
    with app.app_context():
        assert not db.session.query(Task).count()


@pytest.mark.parametrize(
    "after", ["", "x", "2026-11-30_", "2026-11-30_²", "9999-12-31_999999999", "0001-01-01_0"]
)
def test_no_cursor_breaks_the_list(adviser: FlaskClient, added: str, after: str) -> None:
    assert (
        adviser.get("/dossiers/taches/", query_string={"liste": "equipe", "apres": after}).status_code == 200
    )


def test_another_branch_finds_nothing(stranger: FlaskClient, taken: int, added: str) -> None:
    assert stranger.get(added).status_code == 404
    assert stranger.post(added, data=TYPED).status_code == 404
    assert stranger.post(f"{added}/cocher", data={"done": "1"}).status_code == 404
    assert stranger.get(f"/dossiers/{taken}/taches/nouvelle").status_code == 404
    assert "Boulangerie" not in stranger.get("/dossiers/taches/?liste=equipe").text
