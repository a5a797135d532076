"""The commands that open a production: the first administrator, a lost password."""

from __future__ import annotations

import re

import pytest
from flask import Flask

from app.accounts.abilities import Role
from app.accounts.models import Post, User
from app.extensions import db

CREATE = ["accounts", "create-admin", "--name", "Line Castan"]
EMAIL = "line.castan@exemple.fr"


def run(app: Flask, *arguments: str) -> tuple[int, str, str]:
    result = app.test_cli_runner().invoke(args=list(arguments))
    return result.exit_code, result.stdout.replace("\u00a0", " "), result.stderr


def password_in(text: str) -> str:
    found = re.search(r"montré une fois : (\S{20})\n", text)
    assert found
    return found[1]


def opens(app: Flask, password: str) -> bool:
    answer = app.test_client().post("/connexion", data={"email": EMAIL, "password": password})
    return answer.status_code == 302


def test_the_first_administrator_signs_in_with_what_was_printed(app: Flask) -> None:
    code, said, _ = run(app, *CREATE, "--email", "Line.Castan@exemple.fr")
    assert code == 0
    assert opens(app, password_in(said))
    with app.app_context():
        assert [post.role for post in db.session.query(Post)] == [Role.ADMINISTRATOR]


@pytest.mark.parametrize("email", ["", "line", "line@", "line@exemple", "l ine@exemple.fr", "a@b@exemple.fr"])
def test_an_address_that_could_never_sign_in_is_refused(app: Flask, email: str) -> None:
    code, said, refused = run(app, *CREATE, "--email", email)
    assert (code, said) == (2, "")
    assert "adresse" in refused
    with app.app_context():
        assert db.session.query(User).count() == 0


def test_an_account_is_opened_once(app: Flask) -> None:
    run(app, *CREATE, "--email", EMAIL)
    code, _, refused = run(app, *CREATE, "--email", EMAIL.upper())
    assert code == 2 and "déjà un compte" in refused


def test_a_name_is_needed(app: Flask) -> None:
    assert run(app, "accounts", "create-admin", "--name", "  ", "--email", EMAIL)[0] == 2


def test_a_lost_password_is_drawn_again(app: Flask) -> None:
    first = password_in(run(app, *CREATE, "--email", EMAIL)[1])
    second = password_in(run(app, "accounts", "reset-password", "--email", EMAIL)[1])
    assert opens(app, second) and not opens(app, first)


def test_nobody_to_reset(app: Flask) -> None:
    code, _, refused = run(app, "accounts", "reset-password", "--email", EMAIL)
    assert code == 2 and "Aucun compte" in refused
