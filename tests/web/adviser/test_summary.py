"""The summary over HTTP: a page to print, then a file once the worker made it."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.workbench import summary_actions
from app.workbench.summary_actions import make_summaries


@pytest.fixture(autouse=True)
def _light_printer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(summary_actions, "pdf_of", lambda _document: b"%PDF-1.7 test")


def test_asked_prepared_then_downloaded(app: Flask, adviser: FlaskClient, taken: int) -> None:
    address = f"/dossiers/{taken}/synthese"
    page = adviser.get(address).text
    assert "Raison de opco" in page and "Préparer le PDF" in page and "Sans les messages" in page
    assert adviser.get(f"{address}.pdf").status_code == 404
    assert adviser.post(address).status_code == 303
    assert "PDF en préparation" in adviser.get(address).text
    with app.app_context():
        assert make_summaries() == 1
    assert "Télécharger le PDF" in adviser.get(address).text
    answer = adviser.get(f"{address}.pdf")
    assert answer.mimetype == "application/pdf" and answer.data.startswith(b"%PDF")
    assert "attachment" in answer.headers["Content-Disposition"]
    assert answer.headers["Cache-Control"] == "no-store"


def test_another_branch_finds_no_summary(
    app: Flask, adviser: FlaskClient, stranger: FlaskClient, taken: int
) -> None:
    adviser.post(f"/dossiers/{taken}/synthese")
    with app.app_context():
        make_summaries()
    assert stranger.get(f"/dossiers/{taken}/synthese").status_code == 404
    assert stranger.post(f"/dossiers/{taken}/synthese").status_code == 404
    assert stranger.get(f"/dossiers/{taken}/synthese.pdf").status_code == 404
