"""The inbox in a browser: search, filters, sorts, lists kept, several dossiers at one go."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.dossiers.desk import Tab
from app.dossiers.lists import desk_counts
from app.dossiers.models import Dossier
from app.extensions import db
from app.mailbox.models import Letter
from tests.cases import Desk, a_viewer, an_orientation, file_need, lead_of, signed_in


def several(app: Flask, opco: Desk, *companies: str) -> list[str]:
    """Lines as the page sends them."""
    with app.app_context():
        needs = [file_need(an_orientation(("opco", opco.slug)), company=name) for name in companies]
        return [f"{lead_of(need).id}-{lead_of(need).version}" for need in needs]


def dossiers(app: Flask, *ids: str) -> list[Dossier]:
    with app.app_context():
        return [db.session.get_one(Dossier, int(one.partition("-")[0])) for one in ids]


def page_of(adviser: FlaskClient, address: str) -> str:
    answer = adviser.get(address)
    assert answer.status_code == 200, answer.status
    return answer.text


def test_the_state_of_a_list_is_in_its_address(app: Flask, opco: Desk, adviser: FlaskClient) -> None:
    several(app, opco, *(f"Garage {n:02}" for n in range(27)), "Boulangerie Roux")
    asked = "/dossiers/?onglet=nouveaux&tri=entreprise&q=garage&urgence=haute"
    page = page_of(adviser, asked)
    assert "1 à 25 sur 27" in page and "Boulangerie Roux" not in page
    following = re.search(r'rel="next" href="([^"]+)"', page)
    assert following is not None
    address = following[1].replace("&amp;", "&")
    assert "tri=entreprise" in address and "q=garage" in address and "urgence=haute" in address
    last = page_of(adviser, address)
    assert "Garage 26" in last and "Garage 24" not in last
    assert '<span class="tab-count">27</span>' in page


@pytest.mark.parametrize(
    "query",
    [
        "onglet=x&tri=y",
        "tri=fin",
        "q=%00%F0%9F%99%82",
        "apres=_1&tri=entreprise",
        "apres=2026-11-23T00:00:00%2B00:00_1&tri=depot",
        "apres=9999-12-31_999999999999999999",
        "du=0001-01-01&au=9999-12-31",
        "antenne=999999999&theme=x&besoin=x",
        "q=" + "a%20" * 200,
        "onglet=clos&tri=fin&apres=2026-11-23_1",
    ],
)
def test_any_address_is_answered(app: Flask, opco: Desk, adviser: FlaskClient, query: str) -> None:
    several(app, opco, "Garage Roux")
    page_of(adviser, f"/dossiers/?{query}")


def test_a_list_is_kept_shown_and_dropped(opco: Desk, adviser: FlaskClient, stranger: FlaskClient) -> None:
    kept = {"nom": "  Mon   retard ", "onglet": "retard", "q": "roux", "tri": "depot", "apres": "x"}
    adviser.post("/dossiers/listes/", data=kept)
    page = page_of(adviser, "/dossiers/")
    assert 'href="/dossiers/?onglet=retard&amp;tri=depot&amp;q=roux">Mon retard' in page
    number = re.search(r"/dossiers/listes/(\d+)/supprimer", page)
    assert number is not None
    assert stranger.post(number[0]).status_code == 404
    assert adviser.post(number[0]).status_code == 303
    assert "Mon retard" not in page_of(adviser, "/dossiers/")
    assert adviser.post("/dossiers/listes/", data={"nom": "\x00 "}).status_code == 303


def test_taking_several_says_what_will_happen_then_what_happened(
    app: Flask, opco: Desk, adviser: FlaskClient, dossier_id: int
) -> None:
    one, two = several(app, opco, "Garage Roux", "Menuiserie Blanc")
    mine = f"{dossier_id}-1"
    adviser.post(f"/dossiers/{dossier_id}/prendre", data={"version": 1})
    page = page_of(
        adviser, f"/dossiers/lot?geste=prendre&ligne={one}&ligne={two}&ligne={mine}&ligne=999999-1&ligne=x"
    )
    assert page.count("Ce dossier sera à vous.") == 2
    assert "Ce dossier est déjà à vous." in page and "pas à votre antenne" in page
    assert "2 dossiers sur 4. Rien n’est encore fait." in page
    assert {row.status for row in dossiers(app, one, two)} == {"received"}
    done = adviser.post("/dossiers/lot", data={"geste": "prendre", "ligne": [one, two, "999999-1"]})
    assert "2 faits sur 3." in done.text.replace("\u00a0", " ")
    assert {row.taken_by_id for row in dossiers(app, one, two)} == {opco.viewer.user_id}
    again = adviser.post("/dossiers/lot", data={"geste": "prendre", "ligne": [one, two]})
    assert again.status_code == 200 and len({row.version for row in dossiers(app, one, two)}) == 1


def test_a_line_that_moved_meanwhile_is_left_and_said(app: Flask, opco: Desk, adviser: FlaskClient) -> None:
    one, two = several(app, opco, "Garage Roux", "Menuiserie Blanc")
    with app.app_context():
        colleague = signed_in(app, a_viewer("Paul Vert", opco.branch_id, opco.slug))
    colleague.post(f"/dossiers/{one.partition('-')[0]}/prendre", data={"version": 1})
    assert "Paul Vert a pris ce dossier" in page_of(adviser, f"/dossiers/lot?geste=prendre&ligne={one}")
    done = adviser.post("/dossiers/lot", data={"geste": "prendre", "ligne": [one, two]})
    assert "Paul Vert a pris ce dossier" in done.text
    assert dossiers(app, two)[0].taken_by_id == opco.viewer.user_id


def test_closing_several_asks_the_outcome_once(app: Flask, opco: Desk, adviser: FlaskClient) -> None:
    lines = several(app, opco, "Garage Roux", "Menuiserie Blanc")
    adviser.post("/dossiers/lot", data={"geste": "prendre", "ligne": lines})
    held = [f"{row.id}-{row.version}" for row in dossiers(app, *lines)]
    data = {"geste": "clore", "ligne": held}
    missing = adviser.post("/dossiers/lot", data=data | {"comment": "Tout va bien"})
    assert (
        missing.status_code == 400
        and "Choisissez un résultat" in missing.text
        and "Tout va bien" in missing.text
    )
    refused = adviser.post("/dossiers/lot", data=data | {"outcome": "unreachable"})
    assert "0 fait sur 2." in refused.text.replace("\u00a0", " ")
    adviser.post("/dossiers/lot", data=data | {"outcome": "helped"})
    assert {row.outcome for row in dossiers(app, *lines)} == {"helped"}
    with app.app_context():
        assert desk_counts(opco.viewer)[Tab.CLOSED] == 2
        assert db.session.query(Letter).filter_by(kind="closed").count() == 2


def test_a_dossier_is_given_to_a_colleague_of_the_branch_alone(
    app: Flask, opco: Desk, adviser: FlaskClient
) -> None:
    (line,) = several(app, opco, "Garage Roux")
    with app.app_context():
        paul = a_viewer("Paul Vert", opco.branch_id, opco.slug)
        other = db.session.query(Dossier).first()
        assert other is not None
    page = page_of(adviser, f"/dossiers/lot?geste=confier&ligne={line}")
    assert "Paul Vert" in page and "Karim Haddad" not in page
    data = {"geste": "confier", "ligne": line, "comment": "Il connaît l’entreprise"}
    for colleague in ("", "x", "999999"):
        assert adviser.post("/dossiers/lot", data=data | {"colleague": colleague}).status_code == 400
    adviser.post("/dossiers/lot", data=data | {"colleague": paul.user_id})
    (row,) = dossiers(app, line)
    assert (row.status, row.taken_by_id) == ("taken", paul.user_id)
    with app.app_context():
        told = db.session.query(Letter).filter_by(kind="reassigned").all()
        assert [(one.user_id, one.dossier_id) for one in told] == [(paul.user_id, row.id)]
    again = adviser.post("/dossiers/lot", data=data | {"colleague": paul.user_id})
    assert again.status_code == 200
    with app.app_context():
        assert db.session.query(Letter).filter_by(kind="reassigned").count() == 1


def test_a_hundred_at_most_and_never_none(app: Flask, opco: Desk, adviser: FlaskClient) -> None:
    lines = [f"{n}-1" for n in range(1, 102)]
    assert "Choisissez 100 dossiers au plus" in page_of(
        adviser, "/dossiers/lot?geste=prendre&" + "&".join(f"ligne={one}" for one in lines)
    )
    assert adviser.post("/dossiers/lot", data={"geste": "prendre", "ligne": lines}).status_code == 400
    assert adviser.post("/dossiers/lot", data={"geste": "prendre"}).status_code == 400
    assert adviser.post("/dossiers/lot", data={"geste": "x"}).status_code == 303
    assert adviser.get("/dossiers/lot").status_code == 302


def test_a_stranger_cannot_move_a_line(app: Flask, opco: Desk, stranger: FlaskClient) -> None:
    (line,) = several(app, opco, "Garage Roux")
    assert "Garage Roux" not in page_of(stranger, f"/dossiers/lot?geste=prendre&ligne={line}")
    stranger.post("/dossiers/lot", data={"geste": "prendre", "ligne": line})
    assert dossiers(app, line)[0].status == "received"
