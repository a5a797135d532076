"""The session pack: chosen among one's own places, read, printed; no company in it, no count of a few."""

from __future__ import annotations

import re
from datetime import date, timedelta
from io import BytesIO

import pytest
from flask import Flask
from flask.testing import FlaskClient
from pypdf import PdfReader

from app.collective.acting import ActionKind, Result
from app.collective.agreement_actions import reply
from app.collective.detection_actions import propose_needs
from app.collective.models import CollectiveAction, CollectiveEvent, CollectiveNeed
from app.collective.planned import action_read, asked_of, companies_of
from app.collective.planning_actions import NewAction, Outcome, hold, plan
from app.collective.records import note
from app.collective.signal_actions import gather_all
from app.collective.words import Happening, LapseReason, State
from app.dossiers.actions import take
from app.dossiers.models import Dossier
from app.extensions import db, transaction
from app.governance import lines
from app.gpec.models import GpecDataset, TensionCause
from app.kernel.clock import today, utcnow
from app.kernel.quarters import last_over, quarter_of
from app.kernel.vocabulary import ZoneKind
from app.reporting.cells import Key, Place
from app.territory.models import Membership, TerritoryVersion, Zone
from app.web.governance import pages
from app.workbench.printer import NoPrinter, PrinterFailed, can_print
from tests.capabilities.collective.conftest import Asked, ask, linked, maison, opco
from tests.cases import Desk, a_publication, a_regional_manager, lead_of, signed_in

__all__ = ["ask", "linked", "maison", "opco"]
HERAULT = "lieu=departement:34"
NOW = f"periode={quarter_of(today()).name}"


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
    assert f'value="{today().year}"' in text and f'value="{today().year}-S2"' in text


def test_a_need_that_waits_comes_first(nadia: FlaskClient, need: CollectiveNeed) -> None:
    text = read(nadia, f"{HERAULT}&{NOW}")
    waiting = text[text.index("Ce qui attend une décision") : text.index("Le territoire en chiffres")]
    assert "Besoin collectif sans réponse" in waiting
    assert "au moins 5 demandes, d’au moins 3 entreprises" in waiting and "5 demandes de 4" not in text
    assert "Nadia Roux" in text and "à ne pas publier" in text and "période en cours" in text
    assert "Fournil" not in text, "no company is named"


def test_an_action_is_told_with_counts_alone(
    nadia: FlaskClient, need: CollectiveNeed, maison: Desk, opco: Desk
) -> None:
    asked = [one.inquiry_id for one in companies_of(need)]
    new = NewAction(ActionKind.SHARED_TRAINING, "Former ensemble des boulangers", opco.slug, today(), asked)
    action = plan(maison.viewer, need.id, need.version, new)
    reply(asked_of(action)[0].inquiry_id, action, True)
    text = read(nadia, f"{HERAULT}&{NOW}")
    assert "Former ensemble des boulangers" in text and "moins de 5 interrogées" in text and "Prévue" in text
    assert "d’accord sur 4" not in text
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


@pytest.mark.parametrize(
    ("companies", "told"),
    [
        ((1, 2, 3, 4), False),
        ((1, 2, 3, 4, 5), True),
        ((1, 1, 1, 2, 3, 4, 4), False),
        ((*(1 for _ in range(30)), 2, 3, 4, 5), False),
        ((*(1 for _ in range(22)), 2, 3, 4, 5), True),
    ],
)
def test_a_few_companies_are_not_counted(
    nadia: FlaskClient, ask: Asked, companies: tuple[int, ...], told: bool
) -> None:
    for number in companies:
        ask(number, rome=None)
    gather_all()
    text = read(nadia, f"{HERAULT}&{NOW}")
    assert ("viennent de trop peu d’entreprises" in text) is not told
    assert (f"sur {len(companies)} reçus" in text) is told


def test_a_count_under_the_threshold_is_not_written(nadia: FlaskClient, ask: Asked, opco: Desk) -> None:
    for need in [ask(number, rome=None) for number in range(6)][:2]:
        take(opco.viewer, lead_of(need).id, lead_of(need).version)
    gather_all()
    text = read(nadia, f"{HERAULT}&{NOW}")
    told = re.sub(r"\s*<[^>]+>\s*", " ", text)
    assert "moins de 5 sur 6 reçus" in " ".join(told.split()) and "sur 6 reçus" in told


def test_an_action_left_without_a_result_waits_however_old(
    nadia: FlaskClient, need: CollectiveNeed, maison: Desk, opco: Desk
) -> None:
    asked = [one.inquiry_id for one in companies_of(need)]
    new = NewAction(ActionKind.SHARED_TRAINING, "Former ensemble des boulangers", opco.slug, today(), asked)
    plan(maison.viewer, need.id, need.version, new)
    nothing = "Aucun besoin collectif n’attend de réponse ici, et aucune action n’attend son résultat."
    assert nothing in read(nadia, f"{HERAULT}&{NOW}"), "its day is not over"
    with transaction() as session:
        session.query(CollectiveAction).update({"planned_on": today() - timedelta(days=400)})
    text = read(nadia, f"{HERAULT}&{NOW}")
    waiting = text[text.index("Ce qui attend une décision") : text.index("Le territoire en chiffres")]
    assert "Action dont le résultat n’est pas dit : <strong>Former ensemble des boulangers" in waiting


def test_what_waits_is_what_waits_today_whatever_the_period(nadia: FlaskClient, need: CollectiveNeed) -> None:
    with transaction() as session:
        session.query(Dossier).update({"asked_at": utcnow() - timedelta(days=400)})
    former = quarter_of(today() - timedelta(days=400)).name
    text = read(nadia, f"{HERAULT}&periode={former}")
    assert "Besoin collectif sans réponse" in text and "Aucun besoin collectif pendant la période." in text


def test_a_long_list_says_what_it_leaves_out(
    nadia: FlaskClient, need: CollectiveNeed, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lines, "MOST", 1)
    with transaction() as session:
        again = {"theme": "former", "place_kind": "departement", "place_code": "34", "shown": need.shown}
        days = {"opened_on": need.opened_on, "since": need.since, "signals": 9, "companies": 7}
        session.add(CollectiveNeed(family="A0X40", **again, **days))
    text = read(nadia, f"{HERAULT}&{NOW}")
    assert text.count("Les 1 premières lignes sont ici ; il y en a 2.") == 2
    assert "9 demandes de 7 entreprises" in text


def test_a_zone_d_emploi_has_its_pack(nadia: FlaskClient, ask: Asked) -> None:
    with transaction() as session:
        session.add(Zone(kind="zone_emploi", code="7612", name="Lodévois inventé"))
        session.add(Membership(commune="34142", kind="zone_emploi", code="7612", starts_on=date(2024, 1, 1)))
        session.query(TerritoryVersion).update({"number": TerritoryVersion.number + 7_000})
    for number in range(5):
        ask(number, rome=None)
    gather_all()
    assert 'value="zone_emploi:7612"' in nadia.get("/seances/").text
    text = read(nadia, f"lieu=zone_emploi:7612&{NOW}")
    assert "Lodévois inventé" in text and "n’est pas publiée à cette échelle" in text
    assert "sur 5 reçus" in text


def test_what_was_published_stands_beside_the_survey(nadia: FlaskClient, opco: Desk) -> None:
    name = last_over(today()).name
    assert "n’est encore publié" in read(nadia, HERAULT)
    a_publication(name, {Key(Place(ZoneKind.DEPARTEMENT, "34"), "recruter"): 23})
    text = read(nadia, HERAULT)
    assert "23" in text[text.index("à côté de l’enquête") :] and f"trimestre={name}" in text
    year = read(nadia, f"{HERAULT}&periode={name[:4]}")
    assert f"Besoins publiés du {last_over(today()).words}" in year, (
        "the latest quarter of the year that is told"
    )


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
        *(f"{HERAULT}&periode=1999-T1", f"{HERAULT}&periode=%F0%9F%A5%96", "lieu=bassin_bmo:" + "9" * 90),
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
    assert "Ce qui attend une décision" in words and "au moins 5 demandes" in words
    assert str(found.root_object["/Lang"]) == "fr"
    assert "/StructTreeRoot" in found.root_object


@pytest.mark.parametrize(
    ("error", "said"),
    [(NoPrinter("libpango"), "Il lui manque des bibliothèques"), (PrinterFailed("trop long"), "trop longue")],
)
def test_a_server_that_cannot_print_says_so_and_leads_back(
    nadia: FlaskClient, monkeypatch: pytest.MonkeyPatch, error: Exception, said: str
) -> None:
    def fail(_document: str) -> bytes:
        raise error

    monkeypatch.setattr(pages, "pdf_of", fail)
    answer = nadia.get(f"/seances/dossier.pdf?{HERAULT}&{NOW}")
    assert answer.status_code == 503 and said in answer.text
    assert "Revenir au dossier, qui s’imprime aussi" in answer.text


@pytest.mark.parametrize("rows", [True, False])
def test_the_tension_of_the_place_is_in_the_pack(nadia: FlaskClient, rows: bool) -> None:
    if rows:
        tension_of_bakers()
    text = read(nadia, HERAULT)
    assert ("Métiers les plus tendus" in text) is rows
    assert ('S1X80</th><td data-label="Tension">5 sur 5, très forte' in text) is rows


def tension_of_bakers() -> None:
    with transaction() as session:
        known = {"publisher": "Dares", "licence": "LO", "rows": 1, "sha256": "0", "loaded_at": utcnow()}
        file = GpecDataset(kind="tensions-causes", title="Tensions", version="2024", **known)
        session.add(file)
        session.flush()
        place = {"kind": "departement", "code": "34", "nomenclature": "fap-2021", "fap": "S1X80"}
        session.add(TensionCause(year=2024, level=5, training=4, dataset_id=file.id, **place))
