"""Capturing what a need teaches, on the case and while closing: optional, never lost."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.extensions import db
from app.workbench.models import Captured
from tests.web.adviser.conftest import status_of, version_in

TYPED = {"job": "boulanger", "posts": "2", "cause": "no_candidate", "horizon": "now", "training": "far"}


def rows(app: Flask) -> list[tuple[str | None, str | None, int | None]]:
    with app.app_context():
        found = db.session.query(Captured).order_by(Captured.id)
        return [(one.job, one.rome, one.posts) for one in found]


def last_in(page: str) -> str:
    found = re.search(r'name="last"[^>]*value="(\d+)"', page)
    assert found
    return found[1]


def test_captured_on_the_case_then_corrected(app: Flask, adviser: FlaskClient, taken: int) -> None:
    address = f"/dossiers/{taken}/constat"
    assert adviser.post(address, data={**TYPED, "last": "0"}).status_code == 303
    page = adviser.get(f"/dossiers/{taken}/").text
    assert "boulanger" in page and "2\u00a0postes" in page.replace("2 postes", "2\u00a0postes")
    form = adviser.get(address).text
    assert 'value="boulanger"' in form
    late = adviser.post(address, data={**TYPED, "posts": "3", "last": "0"})
    assert late.status_code == 409 and "Trop tard" in late.text and 'value="3"' in late.text
    assert adviser.post(address, data={**TYPED, "posts": "3", "last": last_in(late.text)}).status_code == 303
    assert rows(app) == [("boulanger", "D1102", 2), ("boulanger", "D1102", 3)]


def test_closing_captures_too_and_asks_nothing(app: Flask, adviser: FlaskClient, taken: int) -> None:
    address = f"/dossiers/{taken}/clore"
    page = adviser.get(address).text
    data = {"version": version_in(page), "outcome": "helped", **TYPED, "posts": "beaucoup"}
    answer = adviser.post(address, data=data)
    assert answer.status_code == 400 and "de 1 à 999" in answer.text and 'value="boulanger"' in answer.text
    assert adviser.post(address, data={**data, "posts": ""}).status_code == 303
    assert status_of(app, taken) == "closed" and rows(app) == [("boulanger", "D1102", None)]


def test_closing_without_a_word_captures_nothing(app: Flask, adviser: FlaskClient, taken: int) -> None:
    data = {"version": version_in(adviser.get(f"/dossiers/{taken}/clore").text), "outcome": "no_help"}
    assert adviser.post(f"/dossiers/{taken}/clore", data=data).status_code == 303
    assert rows(app) == []


def test_what_a_colleague_noted_meanwhile_is_not_erased_by_closing(
    app: Flask, adviser: FlaskClient, taken: int
) -> None:
    page = adviser.get(f"/dossiers/{taken}/clore").text
    adviser.post(f"/dossiers/{taken}/constat", data={**TYPED, "last": "0"})
    data = {"version": version_in(page), "last": last_in(page), "outcome": "helped", "job": "serveur"}
    answer = adviser.post(f"/dossiers/{taken}/clore", data=data)
    assert answer.status_code == 400 and "Un collègue a noté" in answer.text
    assert status_of(app, taken) == "taken" and len(rows(app)) == 1
    assert (
        adviser.post(f"/dossiers/{taken}/clore", data={**data, "last": last_in(answer.text)}).status_code
        == 303
    )


@pytest.mark.parametrize(
    "change",
    [
        {"posts": "0"},
        {"posts": "-1"},
        {"posts": "1000"},
        {"posts": "²"},
        {"cause": "x"},
        {"horizon": "\0"},
        {"training": "é" * 3000},
        {"job": "é" * 121},
        {"training_words": "x" * 201},
    ],
)
def test_nothing_odd_is_captured(
    app: Flask, adviser: FlaskClient, taken: int, change: dict[str, str]
) -> None:
    answer = adviser.post(f"/dossiers/{taken}/constat", data={**TYPED, "last": "0", **change})
    assert answer.status_code == 400 and rows(app) == []


def test_another_branch_finds_no_form(stranger: FlaskClient, taken: int) -> None:
    assert stranger.get(f"/dossiers/{taken}/constat").status_code == 404
    assert stranger.post(f"/dossiers/{taken}/constat", data=TYPED).status_code == 404
