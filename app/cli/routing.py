"""`flask routing …`: decide, publish the first edition."""

from __future__ import annotations

import json

import click
from flask.cli import AppGroup

from app.cli.lines import Refused, answer_lines
from app.directory.queries import snapshot
from app.kernel.clock import today
from app.routing.coverage import cover
from app.routing.engine import orient
from app.routing.reach import unreached
from app.routing.refusals import SituationError
from app.routing.situation import read_situation
from app.rulebooks.actions import publish_first_edition
from app.rulebooks.queries import in_force

group = AppGroup("routing", help="Aiguillage des besoins.")


@group.command("decide")
def decide() -> None:
    """Une situation par ligne JSON, une orientation par ligne."""
    day = today()
    directory, book = snapshot(), in_force(day)

    def answer(payload: dict[str, object]) -> dict[str, object]:
        try:
            return orient(read_situation(payload, book, day), directory, book).to_dict()
        except SituationError as error:
            raise Refused(error.sentence, error.field) from error

    answer_lines(answer)


@group.command("coverage")
def coverage() -> None:
    """Qui pilote, pour chaque commune, besoin et taille d’entreprise."""
    day = today()
    click.echo(json.dumps(cover(snapshot(), in_force(day), day).to_dict(), ensure_ascii=False))


@group.command("unreached")
def list_unreached() -> None:
    """Ce qu’aucune situation n’atteint : dispositif jamais éligible, règle impossible, acteur jamais nommé."""
    for one in unreached(in_force(today())):
        click.echo(json.dumps(one.to_dict(), ensure_ascii=False))


@group.command("publish")
def publish() -> None:
    """Publier la première édition des règles (une seule fois)."""
    click.echo(f"Édition publiée\u00a0: {publish_first_edition()}")
