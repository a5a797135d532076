"""The adviser's door over HTTP, without JavaScript."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.dossiers.actions import take
from app.dossiers.lifecycle import Status
from tests.cases import Desk, a_desk, a_viewer, signed_in
from tests.web.adviser.conftest import status_of, version_in


def test_a_visitor_is_sent_to_sign_in(client: FlaskClient) -> None:
    answer = client.get("/dossiers/")
    assert answer.status_code == 302
    assert "/connexion" in answer.location


def test_the_inbox_shows_the_new_case_and_its_date(adviser: FlaskClient, dossier_id: int) -> None:
    page = adviser.get("/dossiers/").text
    assert "Boulangerie Vidal" in page and "Lodève" in page
    assert f"/dossiers/{dossier_id}/" in page
    assert "Pilote" in page


@pytest.mark.parametrize("tab", ["nouveaux", "a-moi", "pris", "retard", "clos", "", "x", "NEW"])
def test_every_tab_answers(adviser: FlaskClient, dossier_id: int, tab: str) -> None:
    assert adviser.get("/dossiers/", query_string={"onglet": tab}).status_code == 200


@pytest.mark.parametrize("name", ["apres", "avant"])
@pytest.mark.parametrize(
    "text", ["", "x", "2026-11-30_1", "9999-12-31_999999999999999999", "0001-01-01_0", "_"]
)
def test_no_cursor_breaks_the_list(adviser: FlaskClient, dossier_id: int, name: str, text: str) -> None:
    assert adviser.get("/dossiers/", query_string={name: text}).status_code == 200


def test_the_case_says_why_you_and_why_not_the_others(adviser: FlaskClient, dossier_id: int) -> None:
    page = adviser.get(f"/dossiers/{dossier_id}/").text
    assert "Raison de opco" in page and "Raison de cma" in page
    assert "Territoire non couvert" in page
    assert "Toute entreprise peut former" in page
    assert "/territoires/commune/34142" in page


def test_take_then_close(app: Flask, adviser: FlaskClient, dossier_id: int) -> None:
    page = adviser.get("/dossiers/").text
    answer = adviser.post(f"/dossiers/{dossier_id}/prendre", data={"version": version_in(page)})
    assert answer.status_code == 303
    assert status_of(app, dossier_id) == Status.TAKEN
    assert "Pris par vous" in adviser.get(f"/dossiers/{dossier_id}/").text
    version = version_in(adviser.get(f"/dossiers/{dossier_id}/clore").text)
    answer = adviser.post(f"/dossiers/{dossier_id}/clore", data={"version": version, "outcome": "helped"})
    assert answer.status_code == 303
    assert status_of(app, dossier_id) == Status.CLOSED
    assert "Aide apportée" in adviser.get("/dossiers/?onglet=clos").text


def test_refusing_needs_a_reason_and_keeps_what_was_typed(
    app: Flask, adviser: FlaskClient, dossier_id: int
) -> None:
    address = f"/dossiers/{dossier_id}/decliner"
    version = version_in(adviser.get(address).text)
    answer = adviser.post(address, data={"version": version, "comment": "Équipe au complet"})
    assert answer.status_code == 400
    assert "Choisissez une raison" in answer.text and "Équipe au complet" in answer.text
    assert status_of(app, dossier_id) == Status.RECEIVED
    answer = adviser.post(address, data={"version": version, "reason": "no_capacity"})
    assert answer.status_code == 303
    assert status_of(app, dossier_id) == Status.DECLINED


def test_too_late_says_who_and_when(app: Flask, adviser: FlaskClient, opco: Desk, dossier_id: int) -> None:
    version = version_in(adviser.get("/dossiers/").text)
    with app.app_context():
        take(a_viewer("Karim Haddad", opco.branch_id, opco.slug), dossier_id, int(version))
    answer = adviser.post(f"/dossiers/{dossier_id}/prendre", data={"version": version})
    assert answer.status_code == 409
    assert "Karim Haddad a pris ce dossier il y a moins d’une minute" in answer.text


def test_a_stale_refusal_gives_back_what_was_typed(
    app: Flask, adviser: FlaskClient, opco: Desk, dossier_id: int
) -> None:
    with app.app_context():
        take(a_viewer("Karim Haddad", opco.branch_id, opco.slug), dossier_id, 1)
    data = {"version": "1", "reason": "no_capacity", "comment": "Ne relève pas de nous <b>"}
    answer = adviser.post(f"/dossiers/{dossier_id}/decliner", data=data)
    assert answer.status_code == 409
    assert "Ne relève pas de nous &lt;b&gt;" in answer.text


@pytest.mark.parametrize("version", ["", "x", "-1", "²", "99999999999999999999"])
def test_a_version_nobody_saw_changes_nothing(
    app: Flask, adviser: FlaskClient, dossier_id: int, version: str
) -> None:
    answer = adviser.post(f"/dossiers/{dossier_id}/prendre", data={"version": version})
    assert answer.status_code == 409
    assert status_of(app, dossier_id) == Status.RECEIVED


@pytest.mark.parametrize("path", ["", "prendre", "decliner", "clore", "appels", "aides", "aides/1"])
def test_a_case_of_another_branch_does_not_exist(app: Flask, dossier_id: int, path: str) -> None:
    with app.app_context():
        stranger = signed_in(app, a_desk("cci", "cci-34", name="Line Puech").viewer)
    data = {"version": "1", "reason": "no_capacity", "outcome": "helped", "call": "reached"}
    address = f"/dossiers/{dossier_id}/{path}"
    answer = stranger.post(address, data=data) if path else stranger.get(address)
    assert answer.status_code == 404
    assert status_of(app, dossier_id) == Status.RECEIVED


@pytest.mark.parametrize("number", ["0", "999999", "2147483648", "99999999999999999999", "-1", "x"])
def test_numbers_of_no_case_are_not_found(adviser: FlaskClient, number: str) -> None:
    assert adviser.get(f"/dossiers/{number}/").status_code == 404


def test_closing_before_taking_changes_nothing(app: Flask, adviser: FlaskClient, dossier_id: int) -> None:
    answer = adviser.post(f"/dossiers/{dossier_id}/clore", data={"version": "1", "outcome": "helped"})
    assert answer.status_code == 409
    assert status_of(app, dossier_id) == Status.RECEIVED


def test_a_silence_cannot_be_chosen_as_an_outcome(app: Flask, adviser: FlaskClient, dossier_id: int) -> None:
    adviser.post(f"/dossiers/{dossier_id}/prendre", data={"version": "1"})
    answer = adviser.post(f"/dossiers/{dossier_id}/clore", data={"version": "2", "outcome": "no_news"})
    assert answer.status_code == 400
    assert status_of(app, dossier_id) == Status.TAKEN


def test_the_whole_decision_is_read_from_what_was_stored(adviser: FlaskClient, dossier_id: int) -> None:
    page = adviser.get(f"/dossiers/{dossier_id}/").text
    assert f"/dossiers/{dossier_id}/decision" in page
    told = adviser.get(f"/dossiers/{dossier_id}/decision").text
    assert "edition-du-test" in told and "Raison de opco" in told
    assert "Territoire non couvert" in told and "Convention du test" in told


def test_the_decision_of_another_branch_is_not_shown(app: Flask, dossier_id: int) -> None:
    with app.app_context():
        other = a_desk("apec", "apec-du-test", name="Luc Pons")
    assert signed_in(app, other.viewer).get(f"/dossiers/{dossier_id}/decision").status_code == 404
