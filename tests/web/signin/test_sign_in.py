"""Signing in and out: one sentence for every failure, sessions on the server, doors that ask for an ability."""

from __future__ import annotations

import re
from datetime import timedelta
from urllib.parse import urljoin, urlsplit

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from app.accounts.abilities import Role
from app.accounts.actions import NewPerson, NewPost, add_person, deactivate, give_post, note_sign_in
from app.accounts.attempts import SAME_ACCOUNT, SAME_ACCOUNT_AND_ADDRESS, TOO_MANY, account_key
from app.accounts.models import SignInEvent, SignInOutcome, StoredSession, User
from app.accounts.sessions import COOKIE
from app.accounts.signing import WRONG
from app.extensions import db
from app.kernel.clock import today, utcnow
from tests.cases import a_branch

EMAIL = "ines.moreau@exemple.fr"


@pytest.fixture
def password(app: Flask) -> str:
    with app.app_context():
        _, drawn = add_person(NewPerson("Inès Moreau", EMAIL, [NewPost(Role.REGIONAL_MANAGER)]))
    return drawn


def sign_in(client: FlaskClient, password: str, email: str = EMAIL, **form: str) -> TestResponse:
    return client.post("/connexion", data={"email": email, "password": password, **form})


def text_of(answer: TestResponse) -> str:
    """The page, with plain spaces where the typography keeps words together."""
    return re.sub(r"[\u00a0\u202f]", " ", answer.get_data(as_text=True))


def cookie_of(client: FlaskClient) -> str:
    cookie = client.get_cookie(COOKIE)
    assert cookie is not None
    return str(cookie.value)


def outcomes(app: Flask) -> list[str]:
    with app.app_context():
        return list(db.session.scalars(select(SignInEvent.outcome).order_by(SignInEvent.id)))


def sessions(app: Flask) -> int:
    with app.app_context():
        return len(db.session.scalars(select(StoredSession)).all())


def test_a_person_signs_in_sees_a_page_and_signs_out(app: Flask, client: FlaskClient, password: str) -> None:
    answer = sign_in(client, password)
    assert (answer.status_code, answer.location) == (302, "/espace")
    assert client.get("/espace").location == "/pilotage/"
    assert client.get("/pilotage/").status_code == 200
    client.post("/deconnexion")
    assert client.get("/pilotage/").location == "/connexion?next=/pilotage/"
    assert outcomes(app) == ["in", "out"]


def test_passwords_are_kept_as_argon2id(app: Flask, password: str) -> None:
    with app.app_context():
        kept = db.session.scalars(select(User.password)).one()
    assert kept is not None and kept.startswith("$argon2id$") and password not in kept


@pytest.mark.parametrize("email", [EMAIL, "inconnu@exemple.fr", "pas une adresse", "a\x00b@exemple.fr"])
def test_every_failure_says_the_same_sentence(
    app: Flask, client: FlaskClient, password: str, email: str
) -> None:
    answer = sign_in(client, "faux-mot-de-passe", email)
    page = answer.get_data(as_text=True)
    assert (answer.status_code, WRONG in page) == (200, True)
    assert outcomes(app) == ["failed"]


def test_a_deactivated_person_reads_the_same_sentence(app: Flask, client: FlaskClient, password: str) -> None:
    with app.app_context():
        boss, _ = add_person(NewPerson("Admin", "admin@exemple.fr", [NewPost(Role.ADMINISTRATOR)]))
        person = db.session.scalars(select(User.id).where(User.email == EMAIL)).one()
    sign_in(client, password)
    assert client.get("/pilotage/").status_code == 200
    with app.app_context():
        deactivate(person, boss)
    assert client.get("/pilotage/").status_code == 302, "an open session must end at once"
    assert WRONG in sign_in(app.test_client(), password).get_data(as_text=True)


def test_five_failures_close_the_account_to_this_address_for_a_while(
    app: Flask, client: FlaskClient, password: str
) -> None:
    for _ in range(SAME_ACCOUNT_AND_ADDRESS):
        sign_in(client, "faux")
    answer = sign_in(client, password)
    assert TOO_MANY in text_of(answer)
    assert client.get("/pilotage/").status_code == 302
    elsewhere = app.test_client()
    moved = elsewhere.post(
        "/connexion", data={"email": EMAIL, "password": password}, environ_base={"REMOTE_ADDR": "192.0.2.7"}
    )
    assert moved.status_code == 302, "a stranger must not lock the owner out"
    with time_machine.travel(utcnow() + timedelta(minutes=16), tick=False):
        assert sign_in(client, password).status_code == 302


def test_an_unknown_account_slows_down_like_a_known_one(app: Flask, client: FlaskClient) -> None:
    for _ in range(SAME_ACCOUNT_AND_ADDRESS):
        sign_in(client, "faux", "inconnu@exemple.fr")
    assert TOO_MANY in text_of(sign_in(client, "faux", "inconnu@exemple.fr"))
    assert outcomes(app)[-1] == "blocked"


def test_the_journal_keeps_neither_password_nor_address_typed(
    app: Flask, client: FlaskClient, password: str
) -> None:
    sign_in(client, "Secret-tapé-1", "mon-mot-de-passe@exemple.fr")
    with app.app_context():
        line = db.session.scalars(select(SignInEvent)).one()
        kept = " ".join(str(value) for value in vars(line).values())
    assert "Secret-tapé-1" not in kept and "mon-mot-de-passe" not in kept


@pytest.mark.parametrize(
    "target",
    ["https://ailleurs.exemple.fr/", "//ailleurs.exemple.fr", "/\\ailleurs.exemple.fr", "javascript:1"],
)
def test_next_never_leaves_the_site(client: FlaskClient, password: str, target: str) -> None:
    answer = sign_in(client, password, next=target)
    reached = urlsplit(urljoin("http://localhost/connexion", answer.location or ""))
    assert (reached.scheme, reached.netloc) == ("http", "localhost")
    assert not re.match(r"/[/\\]", reached.path), "a browser reads these as another host"


def test_next_brings_back_to_the_page_asked_for(client: FlaskClient, password: str) -> None:
    asked = client.get("/pilotage/?departement=34").location
    page = client.get(asked).get_data(as_text=True)
    assert "/pilotage/?departement=34" in page
    assert sign_in(client, password, next="/pilotage/?departement=34").location == "/pilotage/?departement=34"


def test_a_visit_writes_no_session_and_a_sign_in_writes_one(
    app: Flask, client: FlaskClient, password: str
) -> None:
    client.get("/connexion")
    assert sessions(app) == 0
    sign_in(client, password)
    assert sessions(app) == 1
    client.post("/deconnexion")
    assert sessions(app) == 0


def test_the_key_of_a_session_is_not_readable_in_the_table(
    app: Flask, client: FlaskClient, password: str
) -> None:
    sign_in(client, password)
    cookie = client.get_cookie(COOKIE)
    with app.app_context():
        row = db.session.scalars(select(StoredSession)).one()
    assert cookie is not None and cookie.http_only and cookie.same_site == "Lax"
    assert cookie.value not in row.key and cookie.value.encode() not in row.body


def test_a_copied_cookie_dies_with_the_sign_out(app: Flask, client: FlaskClient, password: str) -> None:
    sign_in(client, password)
    stolen = cookie_of(client)
    client.post("/deconnexion")
    thief = app.test_client()
    thief.set_cookie(COOKIE, stolen)
    assert thief.get("/pilotage/").status_code == 302


def test_a_session_does_not_travel_to_another_browser(app: Flask, client: FlaskClient, password: str) -> None:
    sign_in(client, password)
    thief = app.test_client()
    thief.set_cookie(COOKIE, cookie_of(client))
    answer = thief.get(
        "/pilotage/", headers={"User-Agent": "autre"}, environ_base={"REMOTE_ADDR": "192.0.2.9"}
    )
    assert answer.status_code == 302


def test_a_session_chosen_by_a_stranger_is_never_used(app: Flask, client: FlaskClient, password: str) -> None:
    client.set_cookie(COOKIE, "choisi-par-un-autre")
    sign_in(client, password)
    assert cookie_of(client) != "choisi-par-un-autre"


def test_a_session_lasts_eight_hours(client: FlaskClient, password: str) -> None:
    sign_in(client, password)
    with time_machine.travel(utcnow() + timedelta(hours=7, minutes=55), tick=False):
        assert client.get("/pilotage/").status_code == 200
    with time_machine.travel(utcnow() + timedelta(hours=8, minutes=5), tick=False):
        assert client.get("/pilotage/").status_code == 302


def test_no_token_is_given_to_who_asks_for_json(client: FlaskClient, password: str) -> None:
    answer = client.post("/connexion?include_auth_token", json={"email": EMAIL, "password": password})
    assert "token" not in answer.get_data(as_text=True).lower() or not answer.is_json


@pytest.mark.parametrize("path", ["/register", "/reset", "/login", "/inscription", "/verify"])
def test_nobody_registers_by_themselves(client: FlaskClient, path: str) -> None:
    assert client.get(path).status_code == 404


def test_a_person_changes_their_password(app: Flask, client: FlaskClient, password: str) -> None:
    sign_in(client, password)
    new = "quatre mots faciles à retenir"
    form = {"password": password, "new_password": new, "new_password_confirm": new}
    assert "Ce n’est pas" in client.post("/espace/mot-de-passe", data={**form, "password": "faux"}).get_data(
        as_text=True
    )
    assert client.post("/espace/mot-de-passe", data=form).status_code == 302
    assert sign_in(app.test_client(), password).status_code == 200
    assert sign_in(app.test_client(), new).status_code == 302


def test_posts_of_another_day_open_nothing(app: Flask, client: FlaskClient) -> None:
    with app.app_context():
        branch = a_branch("opco", "opco-ep-occitanie")
        past = NewPost(Role.ADVISER, branch, today() - timedelta(30), today() - timedelta(1))
        coming = NewPost(Role.REGIONAL_MANAGER, None, today() + timedelta(1))
        person, drawn = add_person(NewPerson("Inès Moreau", EMAIL, [past, coming]))
    sign_in(client, drawn)
    page = client.get("/espace")
    assert (page.status_code, "pas de poste" in page.get_data(as_text=True)) == (403, True)
    assert client.get("/dossiers/").status_code == 403
    with app.app_context():
        give_post(person, NewPost(Role.ADVISER, branch))
    assert client.get("/dossiers/").status_code == 200


@pytest.mark.parametrize("body", ["[1]", '"x"', "null", '{"email": 5, "password": []}', "{"])
@pytest.mark.parametrize("path", ["/connexion", "/espace/mot-de-passe", "/espace/verifier"])
def test_only_forms_are_read(client: FlaskClient, password: str, path: str, body: str) -> None:
    sign_in(client, password)
    assert client.post(path, data=body, content_type="application/json").status_code == 415


def test_what_a_visitor_knew_of_the_forms_is_worth_nothing_once_signed_in(
    client: FlaskClient, password: str
) -> None:
    with client.session_transaction() as session:
        session["csrf_token"] = "known beforehand"
    sign_in(client, password)
    with client.session_transaction() as session:
        assert "_user_id" in session and session.get("csrf_token") != "known beforehand"


def test_strangers_do_not_lock_a_person_out_of_their_usual_address(
    app: Flask, client: FlaskClient, password: str
) -> None:
    sign_in(client, password)
    client.post("/deconnexion")
    with app.app_context():
        for rank in range(SAME_ACCOUNT):
            note_sign_in(account_key(EMAIL), f"192.0.2.{rank}", SignInOutcome.FAILED)
    stranger = app.test_client()
    stranger.environ_base["REMOTE_ADDR"] = "198.51.100.7"
    assert TOO_MANY in text_of(sign_in(stranger, password))
    assert sign_in(client, password).status_code == 302


def test_a_name_is_one_line(app: Flask) -> None:
    """It is read in the subject of letters, where a second line would be another header."""
    with app.app_context():
        user_id, _ = add_person(NewPerson("Inès\r\nBcc: tous@exemple.fr\u2028", "i@exemple.fr", []))
        assert db.session.get_one(User, user_id).name == "Inès Bcc: tous@exemple.fr"
