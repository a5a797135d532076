"""Demonstration data: only in an empty database, which it marks for ever."""

from __future__ import annotations

import os
from pathlib import Path

import click
from flask import current_app
from flask.cli import AppGroup

from app.accounts import actions
from app.accounts.abilities import Role
from app.accounts.actions import Impossible, NewPerson, NewPost
from app.accounts.queries import demo_state
from app.directory.queries import branch

group = AppGroup("demo", help="Charger des données de démonstration dans une base vide.")

PEOPLE = (
    ("Sonia Ferrer", "sonia.ferrer@exemple.fr", Role.ADVISER, "opco-ep-occitanie"),
    ("Karim Haddad", "karim.haddad@exemple.fr", Role.ADVISER, "cma-34"),
    ("Hélène Pujol", "helene.pujol@exemple.fr", Role.BRANCH_MANAGER, "opco-ep-occitanie"),
    ("Nadia Roux", "nadia.roux@exemple.fr", Role.MAISON_ADVISER, "mmr-34"),
    ("Marc Estève", "marc.esteve@exemple.fr", Role.REGIONAL_MANAGER, None),
    ("Line Castan", "line.castan@exemple.fr", Role.ADMINISTRATOR, None),
)
"""Nobody here exists."""
ACCOUNTS = "demo-accounts.txt"


def load_demonstration() -> None:
    """Fill an empty database with invented people and requests; does nothing where it is already done."""
    state = demo_state()
    if state is None:
        try:
            _enter_people()
        except Impossible as refusal:
            click.echo(refusal.sentence, err=True)
            return


def _enter_people() -> None:
    drawn = [(_person(*line), actions.drawn_password()) for line in PEOPLE]
    # The file first: accounts whose password nobody knows would be of no use.
    _write_accounts(drawn)
    actions.add_demonstration_people(drawn)


def _person(name: str, email: str, role: Role, slug: str | None) -> NewPerson:
    found = branch(slug) if slug else None
    if slug and found is None:
        raise Impossible(f"L’antenne {slug} manque : chargez d’abord le répertoire.")
    return NewPerson(name, email, (NewPost(role, found.id if found else None),))


def _write_accounts(drawn: list[tuple[NewPerson, str]]) -> None:
    path = Path(current_app.config["GUICHET"].instance_dir) / ACCOUNTS
    lines = ["Comptes de démonstration (personnes fictives)"]
    for person, password in drawn:
        lines.append(f"  {person.posts[0].role.label} : {person.email}  mot de passe : {password}")
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    os.fchmod(handle, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write("\n".join(lines) + "\n")


@group.command("load")
def load() -> None:
    """Charger la démonstration (base vide seulement)."""
    load_demonstration()
