"""The pages of a collective action: planned with its errors said, read, held; names only of who agreed."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.accounts.abilities import Role
from app.accounts.models import Post
from app.collective.acting import ActionKind
from app.collective.agreement_actions import reply
from app.collective.detection_actions import propose_needs
from app.collective.models import CollectiveAction, CollectiveEvent, CollectiveNeed
from app.collective.planned import asked_of, companies_of
from app.collective.planning_actions import NewAction, plan
from app.collective.signal_actions import gather_all
from app.extensions import db, transaction
from app.inquiries.links import token_for
from app.inquiries.models import Inquiry
from app.kernel.clock import today, utcnow
from tests.capabilities.collective.conftest import Asked, ask, linked, maison, opco
from tests.cases import Desk, a_maison, signed_in

__all__ = ["ask", "linked", "maison", "opco"]
NEW = "/maison/actions/nouvelle"


@pytest.fixture
def nadia(context: Flask, ask: Asked, linked: None, maison: Desk) -> FlaskClient:
    """The Maison's adviser, once five requests made a collective need."""
    for number in (1, 2, 3, 4, 4):
        ask(number, at=utcnow() - timedelta(days=2))
    gather_all()
    while propose_needs():
        pass
    db.session.rollback()
    return signed_in(context, maison.viewer)


def need() -> CollectiveNeed:
    db.session.expire_all()
    return db.session.query(CollectiveNeed).one()


def planned(maison: Desk, bearer: str) -> tuple[int, list[int]]:
    """An action of that bearer, and the inquiries asked, of which the first agrees."""
    found = need()
    asked = [one.inquiry_id for one in companies_of(found)]
    new = NewAction(ActionKind.FORUM, "Rencontrer des candidats", bearer, today(), asked)
    action = plan(maison.viewer, found.id, found.version, new)
    reply(asked[0], action, True)
    return action, asked


def sent(client: FlaskClient, **changes: object) -> tuple[int, str]:
    """The form of a new action as the page offers it, with these changes."""
    url = f"{NEW}?besoin={need().id}"
    page = client.get(url).text
    data: dict[str, object] = {
        "version": need().version,
        "kind": "training",
        "title": "Former ensemble des boulangers",
        "bearer": "mmr-34",
        "on": today().isoformat(),
        "asked": re.findall(r'name="asked"[^>]*value="(\d+)"', page),
    }
    answer = client.post(url, data=data | changes)
    return answer.status_code, answer.text


def test_it_is_planned_then_read_without_the_names_of_who_did_not_agree(nadia: FlaskClient) -> None:
    page = nadia.get(f"{NEW}?besoin={need().id}").text
    assert "Fournil" not in page and page.count('name="asked"') == 4
    assert sent(nadia)[0] == 303
    action = db.session.query(CollectiveAction).one()
    reply(asked_of(action.id)[0].inquiry_id, action.id, True)
    text = nadia.get(f"/maison/actions/{action.id}/").text
    assert "Fournil 1" in text and "Fournil 2" not in text
    assert "Former ensemble des boulangers" in nadia.get("/maison/actions/").text
    assert nadia.get(f"{NEW}?besoin={need().id}").status_code == 303, "planned already: its page"


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"kind": "x"}, "Choisissez une action"),
        ({"title": " "}, "Donnez un nom"),
        ({"title": "Former les salariés de FOURNIL  3"}, "Une entreprise de ce besoin y est nommée"),
        ({"bearer": "inconnue"}, "Choisissez une antenne"),
        ({"on": "2020-01-01"}, "date à venir"),
        ({"on": "demain"}, ""),
        ({"asked": []}, "au moins une demande"),
        ({"asked": ["999999"]}, "au moins une demande"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_is_kept(
    nadia: FlaskClient, changes: dict[str, object], said: str
) -> None:
    status, page = sent(nadia, **changes)
    assert status == 400 and said in page
    assert "Former ensemble" in page or "title" in changes
    assert not db.session.query(CollectiveAction).count()


def test_a_stale_page_keeps_what_was_typed(nadia: FlaskClient) -> None:
    status, page = sent(nadia, version=99, title="Mon action à moi")
    assert status == 409 and "Mon action à moi" in page and "Rien n’a été noté" in page


def test_it_is_held_once_and_an_empty_result_is_refused(nadia: FlaskClient) -> None:
    sent(nadia)
    action = db.session.query(CollectiveAction).one()
    url, data = f"/maison/actions/{action.id}/tenue", {"version": action.version, "result": "hired"}
    assert nadia.post(url, data=data | {"result": ""}).status_code == 400
    assert nadia.post(url, data=data | {"people": "-3"}).status_code == 400
    assert nadia.post(url, data=data | {"version": "abc"}).status_code == 409
    assert nadia.post(url, data=data | {"people": "4"}).status_code == 303
    assert nadia.post(url, data=data | {"people": "4"}).status_code == 303, "a second click"
    other = nadia.post(url, data=data | {"result": "nothing", "words": "Personne n’est venu"})
    assert other.status_code == 409, "another result is not taken for the same"
    assert "Ce que vous aviez saisi" in other.text and "Personne n’est venu" in other.text
    assert nadia.post(f"/maison/actions/{action.id}/abandon", data={"why": "x"}).status_code == 409
    assert "Des embauches" in nadia.get(f"/maison/actions/{action.id}/").text


def test_who_reads_for_the_region_and_answers_elsewhere_reads_no_name(
    nadia: FlaskClient, context: Flask, maison: Desk
) -> None:
    """One person may have both roles: the whole region is read without names, and changed by its own Maison alone."""
    action, asked = planned(maison, maison.slug)
    elsewhere = a_maison("mmr-31", "Paul Serre")
    with transaction() as session:
        session.add(Post(user_id=elsewhere.viewer.user_id, role=Role.REGIONAL_MANAGER))
    both = signed_in(context, elsewhere.viewer)
    url = f"/maison/actions/{action}/"
    page = both.get(url)
    assert page.status_code == 200 and "Rencontrer des candidats" in page.text
    assert "Fournil" not in page.text and "contact@" not in page.text
    version = db.session.get_one(CollectiveAction, action).version
    day = (today() + timedelta(days=9)).isoformat()
    for path, data in (
        ("tenue", {"result": "hired"}),
        ("jour", {"on": day, "reason": "Salle"}),
        ("abandon", {"why": "x"}),
        ("accord", {"demande": str(asked[1]), "reponse": "oui"}),
    ):
        assert both.post(url + path, data=data | {"version": version}).status_code == 404, path


def test_a_need_under_way_leaves_the_list_of_those_to_examine(nadia: FlaskClient) -> None:
    def listed(shelf: str) -> str:
        return nadia.get("/maison/besoins-collectifs/", query_string={"liste": shelf}).text

    number, name = 'À examiner <span class="tab-count">{}</span>', f"/besoins-collectifs/{need().id}/"
    assert number.format(1) in listed("a-examiner") and name in listed("a-examiner")
    assert name not in listed("en-action")
    sent(nadia)
    assert number.format(0) in listed("a-examiner") and name not in listed("a-examiner")
    assert 'Action engagée <span class="tab-count">1</span>' in listed("en-action") and name in listed(
        "en-action"
    )


def test_planning_again_differently_is_not_taken_for_the_same(nadia: FlaskClient) -> None:
    assert sent(nadia)[0] == 303
    asked = [one.inquiry_id for one in asked_of(db.session.query(CollectiveAction).one().id)]
    assert sent(nadia, asked=asked)[0] == 303, "a second click"
    status, page = sent(nadia, asked=asked, title="Autre chose")
    assert status == 409 and "Vous venez de prévoir" in page and "Autre chose" in page
    assert sent(nadia, asked=asked[:1])[0] == 409, "nor with others asked"


def test_another_branch_reads_what_it_bears_and_nothing_else(
    nadia: FlaskClient, context: Flask, maison: Desk, opco: Desk
) -> None:
    """One person a test: within one context the second would be taken for the first."""
    action, _ = planned(maison, opco.slug)
    adviser = signed_in(context, opco.viewer)
    assert adviser.get(f"/maison/actions/{action}/").status_code == 403
    assert adviser.get(f"{NEW}?besoin={need().id}").status_code == 403
    page = adviser.get("/dossiers/actions-collectives").text
    assert "Fournil 1" in page and "Fournil 2" not in page


@pytest.mark.parametrize("typed", ["", "abc", "99999999999999999999", "0"])
def test_a_need_that_does_not_exist_is_not_found(nadia: FlaskClient, typed: str) -> None:
    assert nadia.get(f"{NEW}?besoin={typed}").status_code == 404


def test_its_day_changes_with_a_reason(nadia: FlaskClient) -> None:
    sent(nadia)
    action = db.session.query(CollectiveAction).one()
    url, day = f"/maison/actions/{action.id}/", today() + timedelta(days=9)
    wrong = nadia.post(f"{url}jour", data={"version": action.version, "on": "31/02/2020", "reason": ""})
    assert wrong.status_code == 400 and "Dites pourquoi" in wrong.text and "31/02/2020" in wrong.text
    past = nadia.post(f"{url}jour", data={"version": action.version, "on": "2020-01-01", "reason": "x"})
    assert past.status_code == 400 and "Donnez une date à venir" in past.text
    stale = nadia.post(f"{url}jour", data={"version": "x", "on": day.isoformat(), "reason": "Salle prise"})
    assert stale.status_code == 409 and "Relisez" in stale.text
    assert 'value="Salle prise"' in stale.text, "what was typed stays"
    done = nadia.post(
        f"{url}jour", data={"version": action.version, "on": day.isoformat(), "reason": "Salle prise"}
    )
    assert done.status_code == 303
    assert "Action déplacée" in nadia.get(f"/maison/besoins-collectifs/{action.collective_need_id}/").text


@pytest.mark.parametrize(
    ("path", "data"),
    [
        ("tenue", {"result": "trained", "words": "Six apprentis chez Fournil 2."}),
        ("jour", {"on": (today() + timedelta(days=3)).isoformat(), "reason": "Fournil 2 est fermé"}),
        ("abandon", {"why": "Sarl Fournil 2 se retire"}),
    ],
)
def test_what_the_others_read_names_no_company(nadia: FlaskClient, path: str, data: dict[str, str]) -> None:
    sent(nadia)
    action = db.session.query(CollectiveAction).one()
    answer = nadia.post(f"/maison/actions/{action.id}/{path}", data=data | {"version": action.version})
    assert answer.status_code == 400 and "Une entreprise de ce besoin y est nommée" in answer.text
    assert data.popitem()[1] in answer.text, "what was typed stays"
    db.session.expire_all()
    assert action.stage == "planned" and action.planned_on == today()


def test_a_company_without_address_is_called_and_its_answer_noted(nadia: FlaskClient) -> None:
    with transaction() as session:
        session.query(Inquiry).filter(Inquiry.company.in_(("Fournil 1", "Fournil 2"))).update({"email": None})
    url = f"{NEW}?besoin={need().id}"
    page = nadia.get(url)
    sent(nadia)
    action = db.session.query(CollectiveAction).one()
    text = nadia.get(f"/maison/actions/{action.id}/").text
    assert "2 n’ont pas d’adresse e-mail" in text and "dont 2 à appeler" in text, page.status_code
    assert text.count("Sans adresse e-mail") == 2 and "Fournil" not in text
    said = {one.company: one.inquiry_id for one in asked_of(action.id)}
    answers = [
        nadia.post(
            f"/maison/actions/{action.id}/accord", data={"demande": said[company], "reponse": answer}
        ).status_code
        for company, answer in (("Fournil 1", "oui"), ("Fournil 1", "oui"), ("Fournil 2", "non"))
    ]
    assert answers == [303, 303, 303]
    text = nadia.get(f"/maison/actions/{action.id}/").text
    assert "Fournil 1" in text and "Fournil 2" not in text and 'à appeler"' not in text
    noted = [(one.kind, one.user_id) for one in db.session.query(CollectiveEvent)]
    assert [kind for kind, user in noted if user and kind in ("agreed", "declined")] == ["agreed", "declined"]


@pytest.mark.parametrize(
    ("demande", "reponse", "status"),
    [
        ("", "oui", 400),
        ("x", "oui", 400),
        ("1", "peut-être", 400),
        ("999999", "oui", 409),
        ("own", "oui", 409),
    ],
)
def test_an_answer_that_is_not_for_the_maison_to_note_is_refused(
    nadia: FlaskClient, demande: str, reponse: str, status: int
) -> None:
    sent(nadia)
    action = db.session.query(CollectiveAction).one()
    number = str(asked_of(action.id)[0].inquiry_id) if demande == "own" else demande
    answer = nadia.post(f"/maison/actions/{action.id}/accord", data={"demande": number, "reponse": reponse})
    assert answer.status_code == status and "Rien n’a été noté" in answer.text
    assert {one.reply for one in asked_of(action.id)} == {"asked"}, "who has an address answers by itself"


def test_a_company_reads_that_the_day_changed_and_why(nadia: FlaskClient, context: Flask) -> None:
    sent(nadia)
    action = db.session.query(CollectiveAction).one()
    inquiry = asked_of(action.id)[0].inquiry_id
    link = f"/demandes/{token_for(inquiry, 1)}/"
    assert "Elle a changé de jour" not in context.test_client().get(link).text
    day = today() + timedelta(days=9)
    data = {"version": action.version, "on": day.isoformat(), "reason": "Le formateur est absent"}
    nadia.post(f"/maison/actions/{action.id}/jour", data=data)
    text = context.test_client().get(link).text
    assert "Elle a changé de jour, du" in text and "Le formateur est absent" in text
