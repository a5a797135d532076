"""« Ce métier, ici »: on the case and on the company's page, from what was captured, answered or written."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.extensions import db, transaction
from app.gpec.imports import import_bmo, import_rome_fap
from app.inquiries.links import token_for
from app.inquiries.models import Inquiry

BMO = (
    "annee;Code métier BMO;Nom métier BMO;REG;Dept;BE24;NOMBE24;met;xmet;smet",
    "2024;S0X42;Boulangers;76;34;7640;LODEVE;100;70;0",
    "2024;S1X40;Cuisiniers;76;34;7640;LODEVE;30;20;*",
    "2024;S1X80;Serveurs;76;34;7640;LODEVE;*;*;*",
)
PASSAGE = (
    "ROME;Intitule_ROME;Qualif;FAP341;Intitule_FAP341",
    "D1102;Boulangerie;0;S0X42;Boulangers",
    "G1602;Personnel de cuisine;0;S1X40;Cuisiniers",
    "G1602;Personnel de cuisine;5;S1X80;Serveurs",
)
Written = Callable[[str], None]


@pytest.fixture
def figures(app: Flask, tmp_path: Path) -> None:
    with app.app_context():
        for name, rows, bring in (("bmo.csv", BMO, import_bmo), ("passage.csv", PASSAGE, import_rome_fap)):
            path = tmp_path / name
            path.write_text("\n".join(rows), encoding="utf-8")
            bring(path)


@pytest.fixture
def wrote(app: Flask, dossier_id: int) -> Written:
    def write(words: str) -> None:
        with app.app_context(), transaction() as session:
            session.query(Inquiry).update({"words": words})

    return write


def card(page: str) -> str:
    found = re.search(r"<h\d[^>]*>\s*Ce métier, ici(.*?)</section>", page, re.DOTALL)
    assert found
    return " ".join(re.sub(r"<[^>]+>", " ", found[1]).replace("\u00a0", " ").split())


def company_page(app: Flask) -> str:
    with app.app_context():
        token = token_for(db.session.query(Inquiry).one().id, 1)
    return app.test_client().get(f"/demandes/{token}/").text


def test_the_job_of_the_owners_words_then_the_captured_one(
    app: Flask, adviser: FlaskClient, taken: int, figures: None, wrote: Written
) -> None:
    wrote("je cherche un boulanger")
    words = card(adviser.get(f"/dossiers/{taken}/").text)
    assert "Boulangerie (ROME D1102, lu dans la demande)" in words
    assert "Dans l’Hérault, 7 recrutements de boulangers sur 10 sont jugés difficiles (BMO 2024)." in words
    assert "70 jugés difficiles sur 100 projets" in words and "jamais un motif de refus" in words
    assert "Bassins d’emploi BMO" in words and "Un administrateur les importe" in words
    captured = {"job": "cuisinier", "cause": "hours", "last": "0"}
    assert adviser.post(f"/dossiers/{taken}/constat", data=captured).status_code == 303
    words = card(adviser.get(f"/dossiers/{taken}/").text)
    assert "noté au dossier" in words and "30 projets de recrutement de cuisiniers" in words
    assert "recrutement de serveurs est secret" in words and "2 familles de l’enquête" in words
    assert "l’Aract" in words


def test_the_company_reads_the_figures_without_the_advisers_cause(
    app: Flask, adviser: FlaskClient, taken: int, figures: None
) -> None:
    adviser.post(f"/dossiers/{taken}/constat", data={"job": "boulanger", "cause": "hours", "last": "0"})
    words = card(company_page(app))
    assert "7 recrutements de boulangers sur 10" in words and "enquête auprès des employeurs 2024" in words
    assert "ROME" not in words and "Aract" not in words and "fichier" not in words and "motif" not in words


def test_without_job_the_place_speaks_and_without_survey_only_the_desk_says_what_is_missing(
    app: Flask, adviser: FlaskClient, taken: int, wrote: Written
) -> None:
    wrote("je veux de l'aide")
    words = card(adviser.get(f"/dossiers/{taken}/").text)
    assert "Enquête BMO d’une année" in words and "Noter le métier" in words
    assert "metier-ici" not in company_page(app)


def test_without_job_the_survey_of_all_jobs_is_told(
    adviser: FlaskClient, taken: int, figures: None, wrote: Written
) -> None:
    wrote("je veux de l'aide")
    words = card(adviser.get(f"/dossiers/{taken}/").text)
    assert "Dans l’Hérault, 7 recrutements sur 10" in words and "Tous métiers confondus" in words
