"""« Faire le point »: no account, nothing kept unless agreed, each action opens a request."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.extensions import db, transaction
from app.inquiries.models import Draft
from app.kernel.clock import today
from app.kernel.quarters import last_over
from app.selfcheck.models import AnswerCount
from app.selfcheck.points import points
from app.selfcheck.secrecy import rules

URL = "/faire-le-point"


@pytest.fixture
def visitor(seeded: Flask) -> FlaskClient:
    return seeded.test_client()


def counted(app: Flask) -> int:
    with app.app_context():
        return db.session.query(AnswerCount).count()


def test_ten_questions_each_with_its_reason(visitor: FlaskClient) -> None:
    page = visitor.get(URL).text
    assert page.count("<fieldset") == 11 and 'value="oui" checked' not in page
    assert "Faire le point" in visitor.get("/").text


def test_nothing_is_kept_without_consent(visitor: FlaskClient, seeded: Flask) -> None:
    before = counted(seeded)
    answer = visitor.post(URL, data={"poste": "oui", "departement": "34", "form_id": "a"})
    assert answer.status_code == 200 and "Être aidé pour recruter" in answer.text
    assert counted(seeded) == before


def test_an_action_opens_a_request_already_begun(visitor: FlaskClient, seeded: Flask) -> None:
    page = visitor.post(URL, data={"duerp": "non", "poste": "nsp"}).text
    assert page.index("Mettre à jour le document unique") < page.index("Être aidé pour recruter")
    data = dict(re.findall(r'name="(part|needs|words)" value="([^"]*)"', page.split("</form>")[0]))
    answer = visitor.post("/demandes/nouvelle", data=data)
    assert answer.status_code == 303 and answer.location.endswith("/etablissement")
    with seeded.app_context():
        kept = db.session.query(Draft).order_by(Draft.updated_at.desc()).first()
        assert kept is not None and kept.data["needs"] == ["gar_prevention_risques"]


def test_with_consent_a_form_counts_once(visitor: FlaskClient, seeded: Flask) -> None:
    data = {"poste": "oui", "accord": "oui", "departement": "48", "form_id": "une seule fois"}
    assert "sont comptées" in visitor.post(URL, data=data).text
    rows = counted(seeded)
    assert "sont comptées" not in visitor.post(URL, data=data).text and counted(seeded) == rows


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({}, "au moins une question"),
        ({"poste": "peut-être"}, "au moins une question"),
        ({"poste": "oui", "accord": "oui"}, "Choisissez votre département"),
        ({"poste": "oui", "accord": "oui", "departement": "75"}, "Choisissez votre département"),
        ({"poste": "\x00", "departement": "x" * 5000}, "au moins une question"),
    ],
)
def test_what_is_missing_is_said_and_the_rest_kept(
    visitor: FlaskClient, data: dict[str, str], said: str
) -> None:
    answer = visitor.post(URL, data=data)
    assert answer.status_code == 422 and said in answer.text
    assert data.get("poste") != "oui" or 'id="poste-oui" value="oui" checked' in answer.text


def test_when_nothing_calls_for_an_action_it_says_so(visitor: FlaskClient) -> None:
    quiet = {one.key: "non" if "non" not in one.acts else "oui" for one in points()}
    assert "Rien de pressé" in visitor.post(URL, data=quiet).text


def test_the_departement_tells_blurred_shares_with_their_margin(visitor: FlaskClient, seeded: Flask) -> None:
    enough, over = rules().answers * 20, last_over(today()).name
    rows = [("", "", enough), ("poste", "oui", enough), ("duerp", "non", rules().companies)]
    with seeded.app_context(), transaction() as session:
        for question, answer, companies in rows:
            one = AnswerCount(quarter=over, departement="34", question=question, answer=answer)
            one.companies = companies
            session.add(one)
    page = visitor.get("/territoires/departement/34").text.replace("\u00a0", " ").replace("&nbsp;", " ")
    assert "à 10 points près 19 fois sur 20" in page and "Les nombres sont brouillés exprès" in page
    line = re.search(r"n’arrivez pas à pourvoir.*?</tr>", page, re.S)
    assert line and re.search(r"9[05] %|90 % au moins", line[0]) and "10 % au plus" in line[0]
    quiet = re.search(r"document unique.*?</tr>", page, re.S)
    assert quiet and quiet[0].count("–") == 3
    assert "brouill" not in visitor.get("/territoires/departement/31").text


def test_few_companies_tell_their_number_alone(visitor: FlaskClient, seeded: Flask) -> None:
    with seeded.app_context(), transaction() as session:
        for question, answer in (("", ""), ("poste", "oui")):
            one = AnswerCount(quarter=last_over(today()).name, departement="34", companies=12)
            one.question, one.answer = question, answer
            session.add(one)
    page = visitor.get("/territoires/departement/34").text
    assert "Au moins 10 entreprises" in page and "se dit à partir de 80 réponses environ" in page
