"""Demonstration data: only in an empty database, which it marks for ever."""

from __future__ import annotations

import os
from datetime import date, datetime, time, timedelta
from pathlib import Path

import click
from flask import current_app
from flask.cli import AppGroup

from app.accounts import actions
from app.accounts.abilities import Role, Viewer
from app.accounts.actions import Impossible, NewPerson, NewPost
from app.accounts.queries import demo_state, user_by_email, viewer_of
from app.cli.stories import play, stories, workday_before
from app.cli.workbench_acts import SHARED_ANSWERS
from app.collective.detection_actions import propose_needs
from app.collective.signal_actions import gather_all
from app.directory.queries import branch
from app.dossiers.settling_actions import settle_past_steps
from app.gpec.imports import import_invented
from app.intake import OutOfScope
from app.kernel.clock import PARIS, today, utcnow
from app.mailbox.actions import settle_unsent
from app.mailbox.queue import forget_wakes
from app.reporting.publication_actions import publish_all_due
from app.workbench.model_answer_actions import write_answer

group = AppGroup("demo", help="Charger des données de démonstration dans une base vide.")

Posts = tuple[tuple[Role, str | None], ...]
PEOPLE: tuple[tuple[str, str, Posts], ...] = (
    ("Sonia Ferrer", "sonia.ferrer@exemple.fr", ((Role.ADVISER, "opco-ep-occitanie"),)),
    ("Karim Haddad", "karim.haddad@exemple.fr", ((Role.ADVISER, "cma-34"),)),
    ("Hélène Pujol", "helene.pujol@exemple.fr", ((Role.BRANCH_MANAGER, "opco-ep-occitanie"),)),
    ("Nadia Roux", "nadia.roux@exemple.fr", ((Role.MAISON_ADVISER, "mmr-34"),)),
    ("Marc Estève", "marc.esteve@exemple.fr", ((Role.REGIONAL_MANAGER, None),)),
    ("Line Castan", "line.castan@exemple.fr", ((Role.ADMINISTRATOR, None),)),
    ("Julien Marty", "julien.marty@exemple.fr", ((Role.MAISON_ADVISER, "mmr-31"),)),
    ("Inès Caron", "ines.caron@exemple.fr", ((Role.ADVISER, "opco-akto-occitanie"),)),
    (
        "Awa Diallo",
        "awa.diallo@exemple.fr",
        tuple((Role.ADVISER, f"france-travail-{code}") for code in ("11", "31", "66")),
    ),
)
"""Nobody here exists."""
INVENTED = Path(__file__).with_name("invented")
"""The official family of one job, so that requests alike make a collective need before any import."""
ACCOUNTS = "demo-accounts.txt"
ENTERED, COMPLETE = "people", "complete"
IN_POST_FOR = timedelta(days=365)
LEAVING = 1
"""Working days: the letters written since leave for good, the former ones are only settled."""


def load_demonstration() -> None:
    """Fill an empty database with invented people and requests; does nothing where it is already done."""
    try:
        if demo_state() is None:
            _enter_people()
        if demo_state() != COMPLETE:
            _enter_requests(today())
    except Impossible as refusal:
        click.echo(refusal.sentence, err=True)
    except OutOfScope:
        click.echo("Les communes manquent : les demandes de démonstration ne sont pas chargées.", err=True)


def _enter_people() -> None:
    drawn = [(_person(*line), actions.drawn_password()) for line in PEOPLE]
    # The file first: accounts whose password nobody knows would be of no use.
    _write_accounts(drawn)
    actions.add_demonstration_people(drawn)


def _enter_requests(on: date) -> None:
    _enter_answers(on)
    import_invented(INVENTED)
    play(stories(), _cast(on), on)
    gather_all()
    propose_needs(utcnow())
    publish_all_due()
    settle_past_steps(utcnow())
    settle_unsent(datetime.combine(workday_before(on, LEAVING), time.min, PARIS))
    forget_wakes(current_app._get_current_object())  # type: ignore[attr-defined]
    actions.mark_demonstration(COMPLETE)


def _enter_answers(on: date) -> None:
    for viewer in _cast(on):
        if Role.ADMINISTRATOR in viewer.roles:
            for title, body in SHARED_ANSWERS:
                write_answer(viewer, None, title, body)


def _cast(on: date) -> list[Viewer]:
    users = (user_by_email(email) for _, email, _ in PEOPLE)
    return [viewer_of(user, on) for user in users if user is not None]


def _person(name: str, email: str, posts: Posts) -> NewPerson:
    return NewPerson(name, email, tuple(_post(role, slug) for role, slug in posts))


def _post(role: Role, slug: str | None) -> NewPost:
    found = branch(slug) if slug else None
    if slug and found is None:
        raise Impossible(f"L’antenne {slug} manque : chargez d’abord le répertoire.")
    return NewPost(role, found.id if found else None, starts_on=today() - IN_POST_FOR)


def _write_accounts(drawn: list[tuple[NewPerson, str]]) -> None:
    path = Path(current_app.config["GUICHET"].instance_dir) / ACCOUNTS
    lines = ["Comptes de démonstration (personnes fictives)"]
    for (_, _, posts), (person, password) in zip(PEOPLE, drawn, strict=True):
        role, slug = posts[0]
        where = f", {slug}" if slug else ""
        lines.append(f"  {role.label}{where} : {person.email}  mot de passe : {password}")
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    os.fchmod(handle, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write("\n".join(lines) + "\n")


@group.command("load")
def load() -> None:
    """Charger la démonstration (base vide seulement)."""
    load_demonstration()
