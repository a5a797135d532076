"""`flask gpec`: official files come in, figures come out."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from pathlib import Path

import click
from flask import current_app
from flask.cli import AppGroup

from app.cli.lines import Refused, answer_lines
from app.gpec import queries
from app.gpec.figures import PUBLISHED_AT, UNPUBLISHED
from app.gpec.rows import FAP
from app.kernel.codes import CodeError, RomeCode
from app.kernel.vocabulary import DEPARTEMENTS, ZoneKind
from app.officials.catalogue import KINDS, bring_in
from app.officials.manifest import ManifestError, official_sources
from app.officials.syncing import synchronise
from app.routing.facts import REGION
from app.sheets import ImportReport, SheetRefused, progress_to

group = AppGroup("gpec", help="Données officielles : emploi, compétences, zonages.")


@group.command("import")
@click.argument("kind", type=click.Choice(sorted(KINDS)))
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help="Lire et vérifier sans rien enregistrer.")
def import_(kind: str, file: Path, dry_run: bool) -> None:
    """Importer un fichier officiel ; les lignes refusées sont écrites, une par ligne, puis le bilan."""
    try:
        with progress_to(_far):
            report = bring_in(kind, file, dry_run)
    except SheetRefused as refused:
        _say(refused.report or ImportReport(kind, None), error=refused.sentence)
        sys.exit(1)
    _say(report)


def _far(rows: int) -> None:
    """On standard error: scripts read the other."""
    click.echo(f"{rows} lignes lues…", err=True)


def _say(report: ImportReport, **more: str) -> None:
    for row in report.refused:
        click.echo(json.dumps(row.to_dict(), ensure_ascii=False))
    click.echo(json.dumps(report.to_dict() | more, ensure_ascii=False))


@group.command()
@click.argument("kinds", nargs=-1, type=click.Choice(sorted(KINDS)))
@click.option("--dry-run", is_flag=True, help="Télécharger et vérifier sans rien enregistrer.")
@click.option("--list", "listed", is_flag=True, help="Dire d’où vient chaque fichier, sans rien télécharger.")
def sync(kinds: tuple[str, ...], dry_run: bool, listed: bool) -> None:
    """Télécharger les fichiers officiels, ou ceux de ces genres, puis les importer : une ligne JSON chacun."""
    instance: Path = current_app.config["GUICHET"].instance_dir
    try:
        known = official_sources(instance)
    except ManifestError as wrong:
        click.echo(str(wrong), err=True)
        sys.exit(2)
    wanted = tuple(one for one in known if not kinds or one.kind in kinds)
    if listed:
        for one in wanted:
            click.echo(json.dumps(asdict(one), ensure_ascii=False))
        return
    outcomes = []
    with progress_to(_far):
        for outcome in synchronise(wanted, instance, dry_run):
            click.echo(json.dumps(outcome.to_dict(), ensure_ascii=False))
            outcomes.append(outcome)
    tried = [one for one in outcomes if one.state != "skipped"]
    if not tried:
        click.echo("Aucune adresse n’est connue pour ces fichiers : rien n’est téléchargé.", err=True)
    elif not any(one.reached for one in tried):
        click.echo("Pas de réseau : aucun fichier n’a pu être téléchargé. Rien n’est changé.", err=True)
    sys.exit(not tried or any(one.state == "failed" for one in tried))


@group.command()
def figures() -> None:
    """Donner les chiffres d’un lieu : une ligne JSON lue, une ligne JSON répondue."""
    years = queries.bmo_years()
    if not years:
        click.echo("Les données BMO ne sont pas importées. Lancez « flask gpec import bmo ».", err=True)
        sys.exit(2)
    answer_lines(lambda line: _figures(line, years))


def _figures(line: dict[str, object], years: list[int]) -> dict[str, object]:
    if line.get("source") != "bmo":
        raise Refused("La seule source de chiffres est « bmo ».", "source")
    year, fap = line.get("year"), line.get("fap")
    if isinstance(year, bool) or not isinstance(year, int) or year not in years:
        raise Refused(f"Années importées : {', '.join(map(str, years))}.", "year")
    if fap is not None and not (isinstance(fap, str) and FAP.fullmatch(fap)):
        raise Refused("Donnez le code d’une famille professionnelle, comme A0X40, ou null.", "fap")
    kind, code = _zone(line.get("zone"))
    if kind not in PUBLISHED_AT:
        return UNPUBLISHED
    return queries.bmo(year, kind, code, fap).to_dict()


def _zone(zone: object) -> tuple[ZoneKind, str]:
    if not isinstance(zone, dict):
        raise Refused("Donnez la zone : un genre et un code.", "zone")
    kind, code = zone.get("kind"), zone.get("code")
    if not isinstance(kind, str) or kind not in list(ZoneKind):
        raise Refused(f"Genres de zone : {', '.join(ZoneKind)}.", "zone.kind")
    if not isinstance(code, str) or not code.isalnum():
        raise Refused("Donnez le code de la zone, entre guillemets.", "zone.code")
    known = {ZoneKind.REGION: (REGION,), ZoneKind.DEPARTEMENT: DEPARTEMENTS}.get(ZoneKind(kind))
    if known is not None and code not in known:
        raise Refused("Cette zone n’est pas en Occitanie.", "zone.code")
    return ZoneKind(kind), code


@group.command()
def links() -> None:
    """Donner les familles professionnelles d’un métier : une ligne JSON lue, une ligne JSON répondue."""
    if queries.last_import("rome-fap") is None:
        click.echo("Le passage n’est pas importé. Lancez « flask gpec import rome-fap ».", err=True)
        sys.exit(2)
    answer_lines(_links)


def _links(line: dict[str, object]) -> dict[str, object]:
    rome = line.get("rome")
    if not isinstance(rome, str):
        raise Refused("Donnez le code ROME du métier, entre guillemets.", "rome")
    try:
        return queries.links(RomeCode(rome)).to_dict()
    except CodeError as error:
        raise Refused(str(error), "rome") from None
