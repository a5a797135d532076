"""`flask gpec`: official files come in, figures come out."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path

import click
from flask.cli import AppGroup

from app.directory.imports import import_activity_links, import_agreements, import_opcos
from app.sheets import ImportReport, SheetRefused
from app.territory.imports import import_bmo_basins, import_zones_emploi

Importer = Callable[[Path, bool], ImportReport]

KINDS: dict[str, Importer] = {
    "zones-emploi": import_zones_emploi,
    "bmo-basins": import_bmo_basins,
    "idcc": import_agreements,
    "idcc-opco": import_opcos,
    "naf-2025": import_activity_links,
}
"""Kind of official file → what imports it (path, dry run)."""

group = AppGroup("gpec", help="Données officielles : emploi, compétences, zonages.")


@group.command("import")
@click.argument("kind", type=click.Choice(sorted(KINDS)))
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help="Lire et vérifier sans rien enregistrer.")
def import_(kind: str, file: Path, dry_run: bool) -> None:
    """Importer un fichier officiel ; les lignes refusées sont écrites, une par ligne, puis le bilan."""
    try:
        report = KINDS[kind](file, dry_run)
    except SheetRefused as refused:
        _say(refused.report or ImportReport(kind, None), error=refused.sentence)
        sys.exit(1)
    _say(report)


def _say(report: ImportReport, **more: str) -> None:
    for row in report.refused:
        click.echo(json.dumps(row.to_dict(), ensure_ascii=False))
    click.echo(json.dumps(report.to_dict() | more, ensure_ascii=False))
