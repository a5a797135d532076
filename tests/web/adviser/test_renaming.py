"""Requalifying and joining over HTTP, without JavaScript."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.extensions import db
from app.inquiries.links import token_for
from app.inquiries.models import Inquiry, Need
from tests.cases import Desk, an_orientation, file_need, lead_of
from tests.web.adviser.conftest import status_of, version_in

SIRET = "73282932000074"


@pytest.fixture
def pair(app: Flask, opco: Desk) -> tuple[int, int]:
    """Two dossiers for the same thing: the one that goes on, the one that comes after."""
    with app.app_context():
        orientation = an_orientation(("opco", opco.slug))
        return tuple(lead_of(file_need(orientation, siret=SIRET)).id for _ in range(2))  # type: ignore[return-value]


def test_a_need_is_renamed_in_one_click(app: Flask, adviser: FlaskClient, dossier_id: int) -> None:
    page = adviser.get(f"/dossiers/{dossier_id}/requalifier").text
    fields = {"version": version_in(page), "need": "for_salaries", "comment": "C’est une formation"}
    assert adviser.post(f"/dossiers/{dossier_id}/requalifier", data=fields).status_code == 303
    with app.app_context():
        assert db.session.query(Need).one().key == "for_salaries"
    assert "Besoin requalifié" in adviser.get(f"/dossiers/{dossier_id}/").text


@pytest.mark.parametrize("sent", ["", "inconnu", "\x00", "hc_pas_rh", "é" * 9000])
def test_no_other_word_is_a_need(adviser: FlaskClient, dossier_id: int, sent: str) -> None:
    fields = {"version": "1", "need": sent, "comment": "Déjà écrit"}
    answer = adviser.post(f"/dossiers/{dossier_id}/requalifier", data=fields)
    assert answer.status_code == 400 and "Déjà écrit" in answer.text


def test_a_request_made_twice_is_shown_and_joined(
    app: Flask, adviser: FlaskClient, client: FlaskClient, pair: tuple[int, int]
) -> None:
    main, second = pair
    page = adviser.get(f"/dossiers/{second}/").text
    assert "Demande semblable" in page and "Cet établissement" in page
    fields = {"version": version_in(page), "main": str(main)}
    assert adviser.post(f"/dossiers/{second}/joindre", data=fields).status_code == 303
    assert status_of(app, second) == "closed"
    with app.app_context():
        first, other = db.session.query(Inquiry).order_by(Inquiry.id)
        reference, link = first.reference, token_for(other.id, other.link_version)
        theirs = token_for(first.id, first.link_version)
    followed = client.get(f"/demandes/{link}/").text
    assert reference in followed and "/demandes/mon-lien" in followed
    assert theirs not in followed, "an address typed in a form opens nobody's page"


@pytest.mark.parametrize("main", ["", "x", "-1", "99999999999999999999", "\x00", "1e3"])
def test_no_other_dossier_is_joined(adviser: FlaskClient, pair: tuple[int, int], main: str) -> None:
    answer = adviser.post(f"/dossiers/{pair[1]}/joindre", data={"version": "1", "main": main})
    assert answer.status_code == 409
