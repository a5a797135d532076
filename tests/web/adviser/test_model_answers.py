"""Writing model answers, then using one on a case."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.accounts.abilities import Role
from app.extensions import db
from app.workbench.models import ModelAnswer
from tests.cases import Desk, a_viewer, an_administrator, signed_in
from tests.web.adviser.conftest import version_in

LIST = "/administration/reponses-types/"
TYPED = {"place": "region", "title": "Accueil", "body": "Bonjour {entreprise}, à bientôt."}


@pytest.fixture
def administrator(app: Flask, opco: Desk) -> FlaskClient:
    with app.app_context():
        return signed_in(app, an_administrator())


@pytest.fixture
def written(app: Flask, administrator: FlaskClient) -> int:
    assert administrator.post(f"{LIST}nouvelle", data=TYPED).status_code == 303
    with app.app_context():
        return db.session.query(ModelAnswer).one().id


def test_written_by_the_administrator_used_by_the_adviser(
    adviser: FlaskClient, taken: int, written: int
) -> None:
    assert "Accueil" in adviser.get(f"/dossiers/{taken}/").text
    page = adviser.get(f"/dossiers/{taken}/?modele={written}").text
    assert "Bonjour Boulangerie Vidal, à bientôt." in page
    assert "Accueil" in adviser.get("/dossiers/reponses-types/").text
    assert adviser.get(f"/dossiers/reponses-types/{written}/").status_code == 404
    assert adviser.get("/dossiers/reponses-types/nouvelle").status_code == 404


def test_a_manager_writes_for_their_branch_alone(app: Flask, opco: Desk, written: int) -> None:
    with app.app_context():
        viewer = a_viewer("Hélène Pujol", opco.branch_id, opco.slug, Role.BRANCH_MANAGER)
        manager = signed_in(app, viewer)
    address = "/dossiers/reponses-types/"
    refused = manager.post(f"{address}nouvelle", data=TYPED)
    assert refused.status_code == 400 and "Choisissez pour qui" in refused.text
    mine = {**TYPED, "place": str(opco.branch_id), "title": "Suivi"}
    assert manager.post(f"{address}nouvelle", data=mine).status_code == 303
    assert manager.get(f"{address}{written}/").status_code == 404
    assert manager.post(f"{address}{written}/", data={"withdraw": "1", "version": "1"}).status_code == 404


@pytest.mark.parametrize(
    "change", [{"body": ""}, {"body": "Bonjour {prenom}"}, {"body": "{"}, {"title": ""}, {"title": "é" * 121}]
)
def test_what_is_wrong_is_said_and_kept(administrator: FlaskClient, change: dict[str, str]) -> None:
    answer = administrator.post(f"{LIST}nouvelle", data={**TYPED, **change})
    assert answer.status_code == 400 and "à corriger" in answer.text
    if "prenom" in str(change):
        assert "Champ inconnu" in answer.text and "Bonjour {prenom}" in answer.text


def test_changed_too_late_and_withdrawn(administrator: FlaskClient, written: int) -> None:
    address = f"{LIST}{written}/"
    version = version_in(administrator.get(address).text)
    data = {"version": version, "title": "Accueil", "body": "Bonjour"}
    assert administrator.post(address, data=data).status_code == 303
    late = administrator.post(address, data={**data, "body": "Bonsoir {besoin}"})
    assert late.status_code == 409 and "Trop tard" in late.text and "Bonsoir {besoin}" in late.text
    gone = {"version": version_in(late.text), "withdraw": "1"}
    assert administrator.post(address, data=gone).status_code == 303
    assert administrator.get(address).status_code == 404


@pytest.mark.parametrize("number", ["", "x", "0", "-1", "²", "99999999999999999999"])
def test_a_model_of_no_number_fills_nothing(adviser: FlaskClient, taken: int, number: str) -> None:
    assert adviser.get(f"/dossiers/{taken}/", query_string={"modele": number}).status_code == 200
