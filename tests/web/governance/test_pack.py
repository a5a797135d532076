"""The session pack: chosen among one's own places, read, printed; no company in it, no count of a few."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO

import pytest
from flask import Flask
from flask.testing import FlaskClient
from pypdf import PdfReader

from app.collective.acting import ActionKind, Result
from app.collective.agreement_actions import reply
from app.collective.detection_actions import propose_needs
from app.collective.models import CollectiveEvent, CollectiveNeed
from app.collective.planned import action_read, asked_of, companies_of
from app.collective.planning_actions import NewAction, Outcome, hold, plan
from app.collective.records import note
from app.collective.signal_actions import gather_all
from app.collective.words import Happening, LapseReason, State
from app.extensions import db, transaction
from app.kernel.clock import today, utcnow
from app.kernel.quarters import last_over, quarter_of
from app.kernel.vocabulary import ZoneKind
from app.reporting.cells import Key, Place
from app.workbench.printer import can_print
from tests.capabilities.collective.conftest import Asked, ask, linked, maison, opco
from tests.cases import Desk, a_publication, a_regional_manager, signed_in

__all__ = ["ask", "linked", "maison", "opco"]
HERAULT = "lieu=departement:34"
NOW = f"trimestre={quarter_of(today()).name}"


@pytest.fixture
def need(ask: Asked, linked: None, maison: Desk) -> CollectiveNeed:
    for number in (1, 2, 3, 4, 4):
        ask(number, at=utcnow() - timedelta(minutes=5), posts=1)
    gather_all()
    while propose_needs(utcnow() + timedelta(days=1)):
        pass
    db.session.rollback()
    return db.session.query(CollectiveNeed).one()


@pytest.fixture
def nadia(context: Flask, maison: Desk) -> FlaskClient:
    return signed_in(context, maison.viewer)


def read(client: FlaskClient, query: str) -> str:
    answer = client.get(f"/seances/dossier?{query}")
    assert answer.status_code == 200, answer.text[:500]
    return " ".join(answer.text.replace("\u202f", " ").replace("\u00a0", " ").split())


def test_one_chooses_among_one_s_own_places(nadia: FlaskClient) -> None:
    text = nadia.get("/seances/").text
    assert 'value="departement:34"' in text and 'value="departement:12"' not in text
    assert 'value="region:76"' not in text
    assert f'value="{last_over(today()).name}" selected' in text and "en cours" in text


def test_a_need_that_waits_comes_first(nadia: FlaskClient, need: CollectiveNeed) -> None:
    text = read(nadia, f"{HERAULT}&{NOW}")
    waiting = text[text.index("Ce qui attend une décision") : text.index("Le territoire en chiffres")]
    assert "Besoin collectif sans réponse" in waiting and "5 demandes de 4 entreprises" in waiting
    assert "Nadia Roux" in text and "à ne pas publier" in text and "trimestre en cours" in text
    assert "Fournil" not in text, "no company is named"


def test_an_action_is_told_with_counts_alone(
    nadia: FlaskClient, need: CollectiveNeed, maison: Desk, opco: Desk
) -> None:
    asked = [one.inquiry_id for one in companies_of(need)]
    new = NewAction(ActionKind.SHARED_TRAINING, "Former ensemble des boulangers", opco.slug, today(), asked)
    action = plan(maison.viewer, need.id, need.version, new)
    reply(asked_of(action)[0].inquiry_id, action, True)
    text = read(nadia, f"{HERAULT}&{NOW}")
    assert "Former ensemble des boulangers" in text and "1 d’accord sur 4" in text and "Prévue" in text
    found = action_read(maison.viewer, action)
    assert found
    hold(maison.viewer, action, found.version, Outcome(Result.TRAINED, 6, "Six apprentis chez Fournil 1"))
    text = read(nadia, f"{HERAULT}&{NOW}")
    assert "Des personnes formées : 6 personnes" in text and "Fournil" not in text


def test_a_need_that_lapsed_is_told_as_such(nadia: FlaskClient, need: CollectiveNeed) -> None:
    with transaction() as session:
        row = session.get_one(CollectiveNeed, need.id)
        row.state, row.reason = State.LAPSED, LapseReason.BELOW
        note(session, row, Happening.LAPSED, utcnow(), to=State.LAPSED)
    text = read(nadia, f"{HERAULT}&{NOW}")
    assert "Éteint sans réponse" in text and "Besoin collectif sans réponse" not in text
    with transaction() as session:
        session.query(CollectiveEvent).update({"at": utcnow() - timedelta(days=200)})
    assert "Éteint sans réponse" not in read(nadia, f"{HERAULT}&{NOW}")


@pytest.mark.parametrize(("companies", "told"), [(4, False), (5, True)])
def test_a_few_needs_are_not_counted(nadia: FlaskClient, ask: Asked, companies: int, told: bool) -> None:
    for number in range(companies):
        ask(number, rome=None)
    text = read(nadia, f"{HERAULT}&{NOW}")
    assert ("Moins de 5 besoins ont été déposés ici" in text) is not told
    assert ("sur 5 reçus" in text) is told


def test_what_was_published_stands_beside_the_survey(nadia: FlaskClient, opco: Desk) -> None:
    name = last_over(today()).name
    assert "n’est pas encore publié" in read(nadia, HERAULT)
    a_publication(name, {Key(Place(ZoneKind.DEPARTEMENT, "34"), "recruter"): 23})
    text = read(nadia, HERAULT)
    assert "23" in text[text.index("à côté de l’enquête") :] and f"trimestre={name}" in text


@pytest.mark.parametrize(
    "query",
    [
        *(
            "",
            "lieu=",
            "lieu=departement:12",
            "lieu=region:76",
            "lieu=planete:mars",
            "lieu=%00",
            "lieu=departement:",
        ),
        *(f"{HERAULT}&trimestre=1999-T1", f"{HERAULT}&trimestre=%F0%9F%A5%96", "lieu=bassin_bmo:" + "9" * 90),
    ],
)
def test_what_means_nothing_is_a_sentence(nadia: FlaskClient, query: str) -> None:
    for url in ("/seances/dossier", "/seances/dossier.pdf"):
        answer = nadia.get(f"{url}?{query}")
        assert answer.status_code == 400 and "Choix à corriger" in answer.text and "Choisissez" in answer.text


def test_the_region_is_for_its_managers(context: Flask, maison: Desk) -> None:
    client = signed_in(context, a_regional_manager())
    assert 'value="region:76"' in client.get("/seances/").text
    assert "Occitanie" in read(client, "lieu=region:76")


def test_an_adviser_does_not_enter(context: Flask, opco: Desk) -> None:
    assert signed_in(context, opco.viewer).get("/seances/").status_code == 403


def test_nobody_enters_without_signing_in(client: FlaskClient) -> None:
    assert client.get("/seances/dossier.pdf?lieu=region:76").status_code == 302


@pytest.mark.skipif(not can_print(), reason="this machine cannot print: libpango is absent")
def test_it_is_a_tagged_pdf_that_says_the_same(nadia: FlaskClient, need: CollectiveNeed) -> None:
    answer = nadia.get(f"/seances/dossier.pdf?{HERAULT}&{NOW}")
    assert answer.mimetype == "application/pdf"
    found = PdfReader(BytesIO(answer.data))
    words = " ".join(" ".join(page.extract_text() for page in found.pages).split())
    assert "Ce qui attend une décision" in words and "5 demandes de 4 entreprises" in words
    assert str(found.root_object["/Lang"]) == "fr"
    assert "/StructTreeRoot" in found.root_object
