"""« Besoins collectifs »: read by the Maisons concerned and the Région, answered without losing what was typed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.accounts.abilities import Viewer
from app.collective.detection_actions import propose_needs
from app.collective.models import CollectiveNeed
from app.collective.signal_actions import gather_all
from app.collective.words import State
from app.extensions import db
from app.kernel.clock import utcnow
from app.rulebooks.actions import publish_first_edition
from tests.capabilities.collective.conftest import BAKER, BAKERS, link, write_down
from tests.cases import (
    Desk,
    a_desk,
    a_maison,
    a_regional_manager,
    an_orientation,
    file_need,
    lead_of,
    signed_in,
)

LIST = "/maison/besoins-collectifs/"


@dataclass(frozen=True)
class Place:
    """A collective need, who answers for it, and who has nothing to do with it."""

    need_id: int
    nadia: Viewer
    julien: Viewer
    marc: Viewer
    sonia: Viewer
    dossier_id: int


@pytest.fixture
def place(app: Flask) -> Place:
    with app.app_context():
        publish_first_edition()
        link({BAKERS: 2})
        maison, other = a_maison(), a_maison("mmr-31", "Julien Marty")
        opco = a_desk("opco", "opco-ep-occitanie")
        filed = [_filed(opco, maison, number) for number in (1, 2, 3, 4, 4)]
        gather_all()
        propose_needs(utcnow() + timedelta(days=1))
        need = db.session.query(CollectiveNeed).one().id
        return Place(need, maison.viewer, other.viewer, a_regional_manager(), opco.viewer, filed[0])


def _filed(opco: Desk, maison: Desk, number: int) -> int:
    decision = an_orientation(
        *(
            [("region_mmr", maison.slug)]
            if number == 1
            else [("opco", opco.slug), ("region_mmr", maison.slug)]
        )
    )
    need = file_need(decision, siret=f"{number:09}00011", company=f"Fournil {number}")
    write_down(need, opco, BAKER, posts=2)
    return lead_of(need).id


@pytest.fixture
def nadia(app: Flask, place: Place) -> FlaskClient:
    return signed_in(app, place.nadia)


def plain(page: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page).replace("\u00a0", " ").split())


def version_in(page: str) -> str:
    found = re.search(r'name="version"[^>]*value="(\d+)"', page)
    assert found
    return found[1]


def test_the_maison_reads_the_list_the_method_and_its_own_requests(place: Place, nadia: FlaskClient) -> None:
    page = plain(nadia.get(LIST).text)
    assert BAKERS in page and "5 demandes de 4 entreprises" in page and "Hérault" in page
    page = plain(nadia.get(f"{LIST}{place.need_id}/").text)
    assert "Au moins 5 demandes d’au moins 3 entreprises différentes, en 180 jours" in page
    assert "Fournil" not in page and "GO-26-T" in page and "10 dits par 5 demandes" in page


def test_each_sees_no_more_than_what_is_theirs(app: Flask, place: Place) -> None:
    address = f"{LIST}{place.need_id}/"
    region = signed_in(app, place.marc)
    page = region.get(address)
    assert page.status_code == 200 and "GO-26-T" not in page.text and "Votre réponse" not in page.text
    assert region.post(address, data={"said": "treated"}).status_code == 404
    elsewhere = signed_in(app, place.julien)
    assert elsewhere.get(address).status_code == 404
    assert elsewhere.post(address, data={"said": "treated"}).status_code == 404
    assert BAKERS not in elsewhere.get(LIST).text
    assert signed_in(app, place.sonia).get(LIST).status_code == 403


def test_an_answer_is_noted_and_leaves_the_list(app: Flask, place: Place, nadia: FlaskClient) -> None:
    address = f"{LIST}{place.need_id}/"
    seen = version_in(nadia.get(address).text)
    sent = {"version": seen, "said": "not_relevant", "reason": "seasonal", "words": "Chaque automne"}
    assert nadia.post(address, data=sent).status_code == 303
    assert nadia.post(address, data=sent).status_code == 303
    assert BAKERS not in nadia.get(LIST).text and BAKERS in nadia.get(f"{LIST}?liste=repondus").text
    page = plain(nadia.get(address).text)
    assert "Chaque automne" in page and "Un pic attendu chaque année" in page and "Changer la réponse" in page
    with app.app_context():
        assert db.session.query(CollectiveNeed).one().state == State.NOT_RELEVANT


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({}, "Choisissez une réponse"),
        ({"said": "action"}, "Choisissez une réponse"),
        ({"said": "not_relevant"}, "Choisissez une raison"),
        ({"said": "not_relevant", "reason": "other", "words": " "}, "Écrivez la raison"),
        ({"said": "not_relevant", "reason": "zzz"}, "Choisissez une raison"),
        ({"said": "treated", "words": "é" * 801}, "Raccourcissez"),
    ],
)
def test_what_is_missing_is_said_and_what_was_typed_stays(
    place: Place, nadia: FlaskClient, sent: dict[str, str], said: str
) -> None:
    page = nadia.post(f"{LIST}{place.need_id}/", data={"version": "1", "words": "Mes mots"} | sent)
    assert page.status_code == 400 and said in page.text
    assert sent.get("words", "Mes mots").strip() in page.text


def test_a_stale_answer_writes_nothing_and_keeps_the_words(place: Place, nadia: FlaskClient) -> None:
    address = f"{LIST}{place.need_id}/"
    page = nadia.post(address, data={"version": "0", "said": "treated", "words": "Mes mots"})
    assert page.status_code == 409 and "Trop tard" in page.text and "Mes mots" in page.text
    again = {"version": version_in(page.text), "said": "treated", "words": "Mes mots"}
    assert nadia.post(address, data=again).status_code == 303


@pytest.mark.parametrize(
    "path",
    [
        f"{LIST}2147483648/",
        f"{LIST}0/",
        f"{LIST}999999/",
    ],
)
def test_an_address_of_nothing_is_not_found(nadia: FlaskClient, path: str) -> None:
    assert nadia.get(path).status_code == 404
    assert nadia.post(path, data={"said": "treated", "words": "\x00"}).status_code in (404, 405)


def test_a_list_bears_whatever_is_asked(nadia: FlaskClient) -> None:
    for asked in (
        "liste=zzz",
        "apres=-1",
        "apres=99999999999999999999",
        "apres=%00",
        "liste=faibles&apres=1",
    ):
        assert nadia.get(f"{LIST}?{asked}").status_code == 200
    assert "Aucun signal faible" in nadia.get(f"{LIST}?liste=faibles").text


def test_the_case_says_how_many_are_alike_from_the_threshold_on(app: Flask, place: Place) -> None:
    case = f"/dossiers/{place.dossier_id}/"
    nadia = signed_in(app, place.nadia)
    assert "5 demandes du même type dans l’Hérault sur 180 jours" in plain(nadia.get(case).text)
    with app.app_context():
        db.session.execute(
            db.text("UPDATE signals SET counted = FALSE WHERE id = (SELECT max(id) FROM signals)")
        )
        db.session.commit()
    assert "du même type" not in nadia.get(case).text
