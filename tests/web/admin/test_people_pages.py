"""The administrator's pages on people, over HTTP and without JavaScript."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app.accounts import listing
from app.accounts.abilities import PostFact, Role, Viewer
from app.accounts.actions import NewPost, give_post
from app.accounts.models import Post, User
from app.accounts.queries import viewer_of
from app.extensions import db, transaction
from app.kernel.clock import today
from tests.cases import Desk, a_desk, a_maison, a_person, signed_in

PEOPLE = "/administration/personnes/"
NEW = "/administration/personnes/nouvelle"


@pytest.fixture
def boss(app: Flask) -> Viewer:
    with app.app_context():
        user_id = a_person("Line Castan")
        with transaction() as session:
            session.add(Post(user_id=user_id, role=Role.ADMINISTRATOR))
        return Viewer(user_id, "Line Castan", (PostFact(None, "", "", Role.ADMINISTRATOR),))


@pytest.fixture
def admin(app: Flask, boss: Viewer) -> FlaskClient:
    return signed_in(app, boss)


@pytest.fixture
def opco(app: Flask) -> Desk:
    with app.app_context():
        return a_desk("opco", "opco-ep-occitanie")


def form_for(desk: Desk, **changes: str) -> dict[str, str]:
    return {
        "name": "Inès Moreau",
        "email": "ines.moreau@exemple.fr",
        "role_1": "adviser",
        "branch_1": str(desk.branch_id),
    } | changes


def read(answer: TestResponse, status: int = 200) -> str:
    assert answer.status_code == status
    return unescape(answer.text).replace("\u00a0", " ")


def stamp_in(page: str) -> str:
    found = re.search(r'name="stamp"[^>]*value="(\w{16})"', page)
    assert found
    return found[1]


def password_in(page: str) -> str:
    found = re.search(r"<code>(\S{20})</code>", page)
    assert found
    return found[1]


def sheet(user_id: int) -> str:
    return f"{PEOPLE}{user_id}/"


def held_by(app: Flask, user_id: int) -> list[tuple[str, int | None]]:
    with app.app_context():
        user = db.session.get_one(User, user_id)
        return [(post.role, post.branch_id) for post in viewer_of(user, today()).posts]


def test_only_an_administrator_enters(app: Flask, opco: Desk) -> None:
    for url in (PEOPLE, NEW, sheet(opco.viewer.user_id)):
        assert app.test_client().get(url).status_code == 302
        assert signed_in(app, opco.viewer).get(url).status_code == 403


def test_a_person_is_entered_with_two_posts_and_signs_in(app: Flask, admin: FlaskClient, opco: Desk) -> None:
    with app.app_context():
        cma = a_desk("cma", "cma-34", name="Karim Haddad")
    form = form_for(opco, role_2="branch_manager", branch_2=str(cma.branch_id))
    page = read(admin.post(NEW, data=form))
    assert "Notez-le maintenant" in page
    sign_in = {"email": "ines.moreau@exemple.fr", "password": password_in(page)}
    assert app.test_client().post("/connexion", data=sign_in).status_code == 302
    with app.app_context():
        user = db.session.query(User).filter_by(email="ines.moreau@exemple.fr").one()
        found = user.id
    assert held_by(app, found) == [("adviser", opco.branch_id), ("branch_manager", cma.branch_id)]
    assert "Connexion" in read(admin.get(sheet(found)))
    assert password_in(page) not in read(admin.get(sheet(found)))


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"name": " "}, "Écrivez le prénom et le nom"),
        ({"email": "ines"}, "Cette adresse n’est pas complète"),
        ({"role_1": ""}, "Choisissez un rôle de la liste"),
        ({"role_1": "king"}, "Choisissez un rôle de la liste"),
        ({"branch_1": ""}, "Choisissez une antenne."),
        ({"branch_1": "999999"}, "Choisissez une antenne de la liste"),
        ({"role_1": "administrator"}, "Ce rôle n’a pas d’antenne."),
        ({"role_1": "maison_adviser"}, "Choisissez une Maison de Ma Région pour ce rôle."),
        ({"starts_on_1": "2026-12-01", "ends_on_1": "2026-11-01"}, "La fin vient avant le début."),
        ({"starts_on_1": "demain"}, "Écrivez la date comme"),
        ({"role_3": "adviser", "branch_3": ""}, "Choisissez une antenne."),
        ({"name": "x" * 121}, "120 caractères au plus"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(
    app: Flask, admin: FlaskClient, opco: Desk, changes: dict[str, str], words: str
) -> None:
    page = read(admin.post(NEW, data=form_for(opco, **changes)), 400)
    assert words in page
    assert 'value="ines' in page and "à corriger" in page
    with app.app_context():
        assert db.session.query(User).count() == 2


def test_an_address_has_one_account(admin: FlaskClient, opco: Desk) -> None:
    assert read(admin.post(NEW, data=form_for(opco)))
    again = admin.post(NEW, data=form_for(opco, email="Ines.Moreau@Exemple.fr"))
    assert "Cette adresse e-mail a déjà un compte." in read(again, 400)


def test_the_same_post_twice_is_refused_beside_the_second(admin: FlaskClient, opco: Desk) -> None:
    twice = form_for(opco, role_3="adviser", branch_3=str(opco.branch_id))
    page = read(admin.post(NEW, data=twice), 400)
    assert "Cette personne tient déjà ce poste." in page
    assert 'href="#role_3"' in page


def test_a_post_is_given_then_ended(app: Flask, admin: FlaskClient, opco: Desk) -> None:
    with app.app_context():
        maison = a_maison()
        user_id = a_person("Awa Sow")
    page = read(admin.get(sheet(user_id)))
    assert "Aucun poste" in page
    given = {"stamp": stamp_in(page), "role": "maison_adviser", "branch": str(maison.branch_id)}
    assert admin.post(f"{sheet(user_id)}postes", data=given).status_code == 303
    assert held_by(app, user_id) == [("maison_adviser", maison.branch_id)]
    page = read(admin.get(sheet(user_id)))
    end = re.search(r'action="([^"]+/fin)"', page)
    assert end
    yesterday = (today() - timedelta(days=1)).isoformat()
    refused = admin.post(end[1], data={"stamp": stamp_in(page), "on": "bientôt"})
    assert "Écrivez la date comme" in read(refused, 400)
    assert admin.post(end[1], data={"stamp": stamp_in(page), "on": today().isoformat()}).status_code == 303
    assert "tenu aujourd’hui" in read(admin.get(sheet(user_id)))
    late = {"stamp": stamp_in(read(admin.get(sheet(user_id)))), "on": yesterday}
    assert admin.post(end[1], data=late).status_code == 303
    assert held_by(app, user_id) == []


def test_two_administrators_do_not_overwrite_one_another(app: Flask, admin: FlaskClient, opco: Desk) -> None:
    user_id = opco.viewer.user_id
    seen = stamp_in(read(admin.get(sheet(user_id))))
    with app.app_context():
        give_post(user_id, NewPost(Role.REGIONAL_MANAGER))
    typed = {"stamp": seen, "role": "branch_manager", "branch": str(opco.branch_id)}
    page = read(admin.post(f"{sheet(user_id)}postes", data=typed), 409)
    assert "Trop tard." in page and "Responsable régional" in page
    assert re.search(r'<option[^>]*selected[^>]*value="branch_manager"', page)
    assert len(held_by(app, user_id)) == 2
    assert admin.post(f"{sheet(user_id)}fermer", data={"stamp": seen}).status_code == 409
    assert admin.post(f"{sheet(user_id)}mot-de-passe", data={"stamp": seen}).status_code == 409
    again = typed | {"stamp": stamp_in(page)}
    assert admin.post(f"{sheet(user_id)}postes", data=again).status_code == 303


def test_a_closed_account_is_out_at_once_and_may_come_back(
    app: Flask, admin: FlaskClient, opco: Desk
) -> None:
    user_id, adviser = opco.viewer.user_id, signed_in(app, opco.viewer)
    assert adviser.get("/dossiers/").status_code == 200
    seen = stamp_in(read(admin.get(sheet(user_id))))
    for _ in range(2):
        assert admin.post(f"{sheet(user_id)}fermer", data={"stamp": seen}).status_code == 303
    assert adviser.get("/dossiers/").status_code == 302
    assert "compte fermé" in read(admin.get(sheet(user_id)))
    assert admin.post(f"{sheet(user_id)}rouvrir").status_code == 303
    assert "Fermer le compte" in read(admin.get(sheet(user_id)))


def test_a_new_password_is_shown_once_and_ends_sessions(app: Flask, admin: FlaskClient, opco: Desk) -> None:
    user_id, adviser = opco.viewer.user_id, signed_in(app, opco.viewer)
    seen = stamp_in(read(admin.get(sheet(user_id))))
    page = read(admin.post(f"{sheet(user_id)}mot-de-passe", data={"stamp": seen}))
    assert password_in(page)
    assert adviser.get("/dossiers/").status_code == 302


def test_the_last_administrator_stays(app: Flask, admin: FlaskClient, boss: Viewer) -> None:
    page = read(admin.get(sheet(boss.user_id)))
    assert "Fermer le compte" not in page
    closing = admin.post(f"{sheet(boss.user_id)}fermer", data={"stamp": stamp_in(page)})
    assert "Vous ne pouvez pas vous retirer vous-même" in read(closing, 409)
    assert held_by(app, boss.user_id) == [("administrator", None)]


@pytest.mark.parametrize("url", ["0/", "999999/", "x/", "-1/", "2147483648/"])
def test_nobody_is_not_found(admin: FlaskClient, url: str) -> None:
    assert admin.get(f"{PEOPLE}{url}").status_code == 404


@pytest.mark.parametrize("action", ["postes", "postes/1/fin", "fermer", "rouvrir", "mot-de-passe"])
def test_nothing_is_done_to_nobody(admin: FlaskClient, opco: Desk, action: str) -> None:
    form = {"role": "regional_manager", "on": "2026-11-24", "stamp": "x"}
    assert admin.post(f"{PEOPLE}999999/{action}", data=form).status_code == 404


def test_the_list_is_searched_and_walked_both_ways(app: Flask, admin: FlaskClient) -> None:
    with app.app_context():
        for rank in range(2 * listing.PAGE + 5):
            a_person(f"Personne {rank % 7}")
        names: list[tuple[str, int]] = []
        after: int | None = None
        while True:
            page = listing.people("personne", today(), after)
            assert page.first == len(names) + 1 and page.total == 2 * listing.PAGE + 5
            names += [(row.name, row.id) for row in page.rows]
            if page.after is None:
                break
            after = page.after
        assert names == sorted(names) and len(set(names)) == page.total
        back = listing.people("personne", today(), before=page.before)
        assert [row.id for row in back.rows] == [one[1] for one in names[listing.PAGE : 2 * listing.PAGE]]
        assert listing.people("personne", today(), before=back.before).before is None
    text = read(admin.get(PEOPLE))
    assert "Line Castan" in text and "Suivants" in text
    assert "Aucune personne trouvée" in read(admin.get(PEOPLE, query_string={"q": "100%"}))


@pytest.mark.parametrize(
    "args", [{"apres": "x"}, {"avant": "99999999999"}, {"apres": "9999999999"}, {"avant": "0"}]
)
def test_no_cursor_breaks_the_list(admin: FlaskClient, args: dict[str, str]) -> None:
    assert "Line Castan" in read(admin.get(PEOPLE, query_string=args))
