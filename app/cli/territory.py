"""`flask territory`: load the communes, say where one is."""

from __future__ import annotations

import json
import sys

import click
from flask.cli import AppGroup

from app.cli.lines import Refused, answer_lines
from app.kernel.codes import CodeError, CommuneCode
from app.territory import queries
from app.territory.actions import load_reference
from app.territory.reference import ReferenceAbsent

group = AppGroup("territory", help="Communes, intercommunalités, zones et Maisons de Ma Région.")


@group.command()
def load() -> None:
    """Charger les communes d’Occitanie depuis les données de référence installées."""
    try:
        loaded = load_reference()
    except ReferenceAbsent as absent:
        click.echo(str(absent), err=True)
        sys.exit(2)
    summary = {
        "kind": "communes",
        "version": loaded.version,
        "communes": loaded.communes,
    }
    click.echo(json.dumps(summary | {"already_loaded": loaded.already_loaded}))


@group.command()
def locate() -> None:
    """Dire où se trouve chaque commune : une ligne JSON lue, une ligne JSON répondue."""
    if not queries.gazetteer().communes:
        click.echo(
            "Les communes ne sont pas chargées. Lancez « flask territory load ».",
            err=True,
        )
        sys.exit(2)
    answer_lines(_located)


def _located(line: dict[str, object]) -> dict[str, object]:
    code = _code(line)
    return queries.locate(code) or _outside(code)


def _code(line: dict[str, object]) -> str:
    value = line.get("commune")
    if not isinstance(value, str):
        raise Refused("Donnez le code INSEE de la commune, entre guillemets.", "commune")
    try:
        return CommuneCode(value)
    except CodeError as error:
        raise Refused(str(error), "commune") from None


def _outside(code: str) -> dict[str, object]:
    found = queries.elsewhere(code)
    if found is None:
        raise Refused("Aucune commune de France ne porte ce code INSEE.", "commune")
    where = f"{found.name} ({found.departement})" if found.departement != found.name else found.name
    return {
        "in_scope": False,
        "message": f"{where} n’est pas en Occitanie : ce guichet ne peut pas répondre.",
    }
