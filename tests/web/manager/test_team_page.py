"""The team page: a manager's own branches, what is wrong said in French, what is typed kept."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.accounts.abilities import Role
from app.accounts.absences import absences_of
from app.directory.queries import capacity_of
from app.kernel.clock import today
from app.rulebooks.actions import publish_first_edition
from tests.cases import Desk, a_desk, a_regional_manager, a_viewer, signed_in


@pytest.fixture
def opco(app: Flask) -> Desk:
    with app.app_context():
        publish_first_edition()
        return a_desk("opco", "opco-ep-occitanie")


@pytest.fixture
def manager(app: Flask, opco: Desk) -> FlaskClient:
    with app.app_context():
        return signed_in(app, a_viewer("Hélène Pujol", opco.branch_id, opco.slug, Role.BRANCH_MANAGER))


def test_an_absence_and_a_capacity_are_noted_then_removed(
    app: Flask, opco: Desk, manager: FlaskClient
) -> None:
    page = f"/pilotage/equipe/{opco.branch_id}/"
    assert manager.get("/pilotage/equipe").location == page
    day = today().isoformat()
    away = {"who": str(opco.viewer.user_id), "starts_on": day, "ends_on": day, "replaced_by": ""}
    assert manager.post(f"{page}absences", data=away).status_code == 303
    assert "Sonia Ferrer</strong> du" in manager.get(page).text
    assert manager.post(f"{page}capacite", data={"per_week": "12"}).status_code == 303
    with app.app_context():
        line = absences_of(opco.branch_id, today())[0]
        assert capacity_of(opco.branch_id) == 12
    assert manager.post(f"{page}absences/{line.id}/retirer").status_code == 303
    assert manager.post(f"{page}capacite", data={"per_week": " "}).status_code == 303
    with app.app_context():
        assert absences_of(opco.branch_id, today()) == [] and capacity_of(opco.branch_id) is None


@pytest.mark.parametrize(
    ("address", "data", "said"),
    [
        ("capacite", {"per_week": "-1"}, "entre 0 et 1000"),
        ("capacite", {"per_week": "9" * 5000}, "entre 0 et 1000"),
        ("capacite", {"per_week": "12\0🥖"}, "entre 0 et 1000"),
        ("absences", {"who": "1", "starts_on": "hier", "ends_on": ""}, "Écrivez la date"),
        (
            "absences",
            {"who": "x", "starts_on": "2026-11-01", "ends_on": "2026-11-02"},
            "personne de l’antenne",
        ),
        ("absences", {"who": "ME", "starts_on": "2999-01-02", "ends_on": "2999-01-01"}, "avant le début"),
        ("absences", {"who": "ME", "starts_on": "2020-01-01", "ends_on": "2999-01-01"}, "moins de deux ans"),
    ],
)
def test_what_makes_no_sense_is_refused(
    app: Flask, opco: Desk, manager: FlaskClient, address: str, data: dict[str, str], said: str
) -> None:
    sent = {key: str(opco.viewer.user_id) if value == "ME" else value for key, value in data.items()}
    answer = manager.post(f"/pilotage/equipe/{opco.branch_id}/{address}", data=sent)
    assert answer.status_code == 400 and said in answer.text
    with app.app_context():
        assert absences_of(opco.branch_id, today()) == [] and capacity_of(opco.branch_id) is None


def test_nobody_else_reads_nor_writes_it(app: Flask, opco: Desk) -> None:
    page = f"/pilotage/equipe/{opco.branch_id}/"
    with app.app_context():
        other = a_desk("cma", "cma-34")
        stranger = a_viewer("Line Puech", other.branch_id, other.slug, Role.BRANCH_MANAGER)
        region = a_regional_manager()
    for viewer in (stranger, region):
        client = signed_in(app, viewer)
        assert client.get(page).status_code == 404
        assert client.post(f"{page}capacite", data={"per_week": "1"}).status_code == 404
        assert client.post(f"{page}absences", data={}).status_code == 404
        assert client.post(f"{page}absences/1/retirer").status_code == 404
    assert "Aucune antenne à vous" in signed_in(app, region).get("/pilotage/equipe").text
