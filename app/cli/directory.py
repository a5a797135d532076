"""`flask directory`: enter the base directory, say which OPCO an agreement has."""

from __future__ import annotations

import json

import click
from flask.cli import AppGroup

from app.cli.lines import Refused, answer_lines
from app.directory.actions import load_base
from app.directory.queries import snapshot
from app.kernel.codes import CodeError, Idcc

group = AppGroup("directory", help="Annuaire : antennes, territoires servis, OPCO des conventions.")


@group.command()
def load() -> None:
    """Saisir l’annuaire de base ; ce qui est déjà saisi ne change pas."""
    changed = load_base()
    summary = {"kind": "directory", "branches": len(snapshot().branches), "already_loaded": not changed}
    click.echo(json.dumps(summary))


@group.command()
def opco() -> None:
    """Dire l’OPCO de chaque convention : une ligne JSON lue, une ligne JSON répondue."""
    book = snapshot()

    def answer(line: dict[str, object]) -> dict[str, object]:
        fact = book.opco(_idcc(line))
        return {"opco": fact.opco, "status": fact.status, "source": fact.source or None}

    answer_lines(answer)


def _idcc(line: dict[str, object]) -> str:
    value = line.get("idcc")
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise Refused("Donnez le numéro de la convention collective (IDCC).", "idcc")
    if isinstance(value, float):
        if not value.is_integer():
            raise Refused("Le numéro d’une convention collective est un nombre entier.", "idcc")
        value = int(value)
    try:
        return Idcc(value)
    except CodeError as error:
        raise Refused(str(error), "idcc") from None
