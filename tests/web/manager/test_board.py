"""The manager's door over HTTP, without JavaScript: figures, drawing, file, and who sees what."""

from __future__ import annotations

import csv
import re
from datetime import timedelta
from html import unescape
from io import StringIO
from xml.etree import ElementTree

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.accounts.abilities import Role
from app.collective.models import Signal
from app.collective.signal_actions import gather_all
from app.dossiers.actions import take
from app.dossiers.models import Dossier
from app.extensions import transaction
from app.inquiries.models import Need, TurnedAway
from app.kernel.clock import today
from app.kernel.quarters import quarter_of
from app.rulebooks.actions import publish_first_edition
from app.rulebooks.models import Edition
from tests.cases import (
    Desk,
    a_desk,
    a_maison,
    a_regional_manager,
    a_viewer,
    an_orientation,
    file_need,
    lead_of,
    signed_in,
)

BOARD = "/pilotage/"
TABLES = "/pilotage/tableaux.csv"
DRAWING = "/pilotage/graphique.svg"


@pytest.fixture
def opco(app: Flask) -> Desk:
    """Three needs led by an OPCO, one of them taken, and one led by France Travail."""
    with app.app_context():
        publish_first_edition()
        a_maison()
        a_desk("france_travail", "ft-34", name="Awa Diallo")
        desk = a_desk("opco", "opco-ep-occitanie")
        filed = [file_need(an_orientation(("opco", desk.slug))) for _ in range(3)]
        filed.append(file_need(an_orientation(("france_travail", "ft-34"))))
        dossier = lead_of(filed[0])
        take(desk.viewer, dossier.id, dossier.version)
        with transaction() as session:
            session.query(Need).update({"theme": "alternance"})
            session.query(Dossier).update({"theme": "alternance"})
        return desk


@pytest.fixture
def region(app: Flask, opco: Desk) -> FlaskClient:
    with app.app_context():
        return signed_in(app, a_regional_manager())


def page(client: FlaskClient, **filters: str) -> str:
    answer = client.get(BOARD, query_string=filters)
    assert answer.status_code == 200
    return unescape(answer.text).replace("\u00a0", " ")


def table(client: FlaskClient, **filters: str) -> list[list[str]]:
    answer = client.get(TABLES, query_string=filters)
    assert answer.status_code == 200 and answer.mimetype == "text/csv"
    return list(csv.reader(StringIO(answer.data.decode("utf-8-sig"), newline=""), delimiter=";"))


def counts(rows: list[list[str]]) -> dict[tuple[str, str], list[str]]:
    return {(row[0], row[1]): row[5:9] for row in rows[1:]}


def test_a_visitor_and_an_adviser_stay_outside(app: Flask, opco: Desk) -> None:
    for url in (BOARD, TABLES, DRAWING):
        assert app.test_client().get(url).status_code == 302
        assert signed_in(app, opco.viewer).get(url).status_code == 403


def test_the_page_says_its_figures_with_their_base(region: FlaskClient) -> None:
    text = page(region)
    assert "Pilotage régional" in text
    assert "sur 3 besoins reçus" in text
    assert "Non donné" in text and "aucun premier échange noté" in text
    assert "Hérault" in text and "Alternance, stages et découverte des métiers" in text
    assert "Aucun besoin reçu : Ariège" in text


def test_the_file_says_the_same_and_keeps_the_partner_apart(region: FlaskClient) -> None:
    found = counts(table(region))
    assert found[("Ensemble", "")] == ["3", "1", "0", "0"]
    assert found[("Département", "34")] == ["3", "1", "0", "0"]
    assert found[("Thème", "alternance")] == ["3", "1", "0", "0"]
    assert found[("France Travail", "")] == ["1", "0", "0", "0"]


def test_the_picture_is_an_image_with_its_table(region: FlaskClient) -> None:
    text = page(region)
    assert '<img src="/pilotage/graphique.svg?' in text
    assert "3 besoins reçus et 1 pris sur la période" in text and "Voir le tableau" in text
    answer = region.get(DRAWING)
    assert answer.mimetype == "image/svg+xml"
    assert "Reçus 3" in "".join(ElementTree.fromstring(answer.text).itertext())  # noqa: S314
    again = region.get(DRAWING, headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304 and answer.headers["Cache-Control"] == "private, no-cache"
    assert region.get(DRAWING, query_string={"teinte": "sombre"}).text != answer.text


def test_a_branch_manager_sees_their_branch_alone(app: Flask, opco: Desk) -> None:
    with app.app_context():
        other = a_desk("cma", "cma-34", role=Role.BRANCH_MANAGER, name="Karim Haddad")
        mine = a_viewer("Hélène Pujol", opco.branch_id, opco.slug, Role.BRANCH_MANAGER)
    text = page(signed_in(app, mine))
    assert "Pilotage de votre antenne" in text and "Antenne opco-ep-occitanie" in text
    assert counts(table(signed_in(app, mine)))[("Ensemble", "")] == ["3", "1", "0", "0"]
    assert counts(table(signed_in(app, mine)))[("France Travail", "")] == ["0", "0", "0", "0"]
    assert "Aucun besoin reçu" in page(signed_in(app, other.viewer))


def test_filters_narrow_every_answer(region: FlaskClient) -> None:
    assert counts(table(region, departement="31"))[("Ensemble", "")] == ["0", "0", "0", "0"]
    assert counts(table(region, theme="alternance"))[("Ensemble", "")] == ["3", "1", "0", "0"]
    past = today() - timedelta(days=40)
    assert "Aucun besoin reçu" in page(region, au=past.isoformat())


@pytest.mark.parametrize(
    ("filters", "words"),
    [
        ({"du": "demain"}, "Écrivez la date comme"),
        ({"departement": "75"}, "Choisissez un département de la liste."),
        ({"theme": "<b>"}, "Choisissez un thème de la liste."),
        ({"du": "2099-01-01"}, "Choisissez une date passée"),
    ],
)
def test_a_wrong_filter_is_said_and_kept(region: FlaskClient, filters: dict[str, str], words: str) -> None:
    for url in (BOARD, TABLES, DRAWING):
        answer = region.get(url, query_string=filters)
        assert answer.status_code == 400
        assert words in unescape(answer.text)
    text = region.get(BOARD, query_string=filters).text
    assert 'aria-invalid="true"' in text
    assert "<b>" not in text.partition("filter-bar")[2].partition("</form>")[0]


def test_without_rules_the_board_still_counts(app: Flask, region: FlaskClient) -> None:
    with app.app_context(), transaction() as session:
        session.query(Edition).delete()
    assert "Hérault" in page(region)


def test_what_the_desk_could_not_take_is_told_to_the_region_alone(
    app: Flask, opco: Desk, region: FlaskClient
) -> None:
    quarter = quarter_of(today()).name
    with app.app_context():
        rows = (("", "", 4), ("", "34", 2), ("salarie", "", 3))
        with transaction() as session:
            for profile, place, forms in rows:
                one = TurnedAway(quarter=quarter, reason="hc_pas_employeur", departement=place, forms=forms)
                one.profile = profile
                session.add(one)
        gather_all()
        with transaction() as session:
            session.query(Signal).order_by(Signal.id).limit(1).one().unanswered = "declined"
        mine = a_viewer("Hélène Pujol", opco.branch_id, opco.slug, Role.BRANCH_MANAGER)
    text = plain(page(region))
    assert "Demandes que le guichet n’a pas pu prendre" in text
    assert "La personne ne représente pas une entreprise dont le salarié : 3 6" in text
    assert (
        "Hérault : 2, Département non dit : 4." in text
        and "Chaque formulaire compte une fois par motif" in text
    )
    assert "Refusée par tous les acteurs sollicités 1" in text
    assert "Besoins collectifs éteints sans réponse : aucun" in text
    text = plain(page(region, departement="34"))
    assert "La personne ne représente pas une entreprise 2" in text
    text = plain(page(region, du="2024-01-01", au="2024-02-01"))
    assert "Aucun besoin reçu" in text and "Aucune pendant ces trimestres." in text
    assert "n’a pas pu prendre" not in page(signed_in(app, mine))


def plain(text: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", text).split())
