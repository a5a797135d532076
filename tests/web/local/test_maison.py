"""The Maison's door: what is to transmit, until somebody says it was."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.rulebooks.actions import publish_first_edition
from tests.cases import Desk, a_desk, a_maison, an_orientation, file_need, lead_of, signed_in


@pytest.fixture
def maison(app: Flask) -> Desk:
    with app.app_context():
        publish_first_edition()
        desk = a_maison()
        a_desk("opco", "opco-muet", told=False)
        return desk


@pytest.fixture
def dossier_id(app: Flask, maison: Desk) -> int:
    with app.app_context():
        return lead_of(file_need(an_orientation(("opco", "opco-muet")))).id


@pytest.fixture
def adviser(app: Flask, maison: Desk) -> FlaskClient:
    return signed_in(app, maison.viewer)


def test_routed_is_not_told_until_the_maison_says_so(adviser: FlaskClient, dossier_id: int) -> None:
    assert "Boulangerie Vidal" in adviser.get("/maison/").text
    answer = adviser.post(f"/maison/a-transmettre/{dossier_id}", data={"channel": "phone"})
    assert answer.status_code == 303
    page = adviser.get("/maison/").text
    assert "Boulangerie Vidal" not in page and "Rien à transmettre" in page
    assert "Par téléphone" in adviser.get(f"/dossiers/{dossier_id}/").text


def test_the_short_address_leads_to_the_list(adviser: FlaskClient) -> None:
    assert adviser.get("/maison/a-transmettre").location.endswith("/maison/#a-transmettre")


@pytest.mark.parametrize("channel", ["", "pigeon", "phone' --"])
def test_an_unknown_channel_is_refused(adviser: FlaskClient, dossier_id: int, channel: str) -> None:
    answer = adviser.post(f"/maison/a-transmettre/{dossier_id}", data={"channel": channel})
    assert answer.status_code == 400
    assert "Boulangerie Vidal" in adviser.get("/maison/").text


def test_another_territory_cannot_say_it(app: Flask, dossier_id: int) -> None:
    with app.app_context():
        other = signed_in(app, a_maison("mmr-31", name="Paul Vidal").viewer)
    assert other.post(f"/maison/a-transmettre/{dossier_id}", data={"channel": "phone"}).status_code == 404
    assert "Boulangerie Vidal" not in other.get("/maison/").text


def test_an_adviser_of_another_actor_does_not_enter(app: Flask, maison: Desk) -> None:
    with app.app_context():
        adviser = signed_in(app, a_desk("cma", "cma-34", name="Line Puech").viewer)
    assert adviser.get("/maison/").status_code == 403
