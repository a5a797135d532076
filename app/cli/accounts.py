"""`flask accounts`: the first administrator of a production, and a password for whoever lost theirs."""

from __future__ import annotations

import sys
from typing import NoReturn

import click
from flask.cli import AppGroup

from app.accounts import actions
from app.accounts.abilities import Role
from app.accounts.actions import Impossible, NewPerson, NewPost
from app.accounts.queries import user_by_email

group = AppGroup("accounts", help="Comptes des agents.")


@group.command("create-admin")
@click.option("--email", required=True, help="Adresse e-mail, qui sert à se connecter.")
@click.option("--name", required=True, help="Prénom et nom.")
def create_admin(email: str, name: str) -> None:
    """Ouvrir un compte d’administrateur ; son mot de passe est tiré et écrit une seule fois."""
    name = name.strip()
    if not name or len(name) > 120:
        _refuse("Donnez le prénom et le nom, en 120 caractères au plus.")
    try:
        _, password = actions.add_person(NewPerson(name, email, (NewPost(Role.ADMINISTRATOR),)))
    except Impossible as refusal:
        _refuse(refusal.sentence)
    _show(email, password)


@group.command("reset-password")
@click.option("--email", required=True, help="Adresse e-mail du compte.")
def reset_password(email: str) -> None:
    """Tirer un nouveau mot de passe, écrit une seule fois ; les sessions ouvertes se ferment."""
    user = user_by_email(email)
    if user is None:
        _refuse("Aucun compte n’a cette adresse.")
    _show(user.email, actions.renew_password(user.id))


def _show(email: str, password: str) -> None:
    click.echo(f"Compte\u00a0: {email}")
    click.echo(f"Mot de passe, montré une fois\u00a0: {password}")


def _refuse(sentence: str) -> NoReturn:
    click.echo(sentence, err=True)
    sys.exit(2)
