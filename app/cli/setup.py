"""Set-up: schema, reference data, demonstration; and the checks made before serving."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import click
from flask import current_app
from flask.cli import AppGroup
from flask_migrate import upgrade

from app.accounts.queries import is_marked
from app.cli.demo import load_demonstration
from app.directory.actions import load_base
from app.rulebooks.actions import publish_first_edition
from app.territory.actions import load_reference as load_territory
from app.territory.reference import reference_folder
from app.workbench.printer import PACKAGES, can_print
from config import Config

group = AppGroup("setup", help="Préparer la base et vérifier avant de servir.")


def load_reference() -> None:
    """Communes, then the directory that covers them, then the rules; each is idempotent."""
    if reference_folder() is None:
        click.echo(
            "Données de référence absentes : les communes ne sont pas chargées (make setup).", err=True
        )
    else:
        load_territory()
    load_base()
    publish_first_edition()


@group.command("all")
def all_() -> None:
    """Schéma, données de référence, démonstration."""
    config: Config = current_app.config["GUICHET"]
    # Requests of real companies are in there: the other accounts of the machine have no business in it.
    config.instance_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    upgrade()
    load_reference()
    for step in current_app.config["SETUP_STEPS"]:
        step(config.instance_dir)
    if config.demo:
        load_demonstration()


@group.command()
def verify() -> None:
    """Refuser de servir une base de démonstration avec des réglages de production."""
    config: Config = current_app.config["GUICHET"]
    marked = is_marked()
    if marked and not config.demo:
        click.echo(
            "Cette base contient des données de démonstration. Donnez une autre DATABASE_URL, "
            "ou GUICHET_ENV=demonstration sans DEMO=0.",
            err=True,
        )
        sys.exit(2)
    if not can_print():
        click.echo(f"Les synthèses en PDF ne seront pas prêtes : il manque {PACKAGES}.", err=True)
    click.echo(f"Adresse : http://{config.host}:{config.port}/")
    accounts = config.instance_dir / "demo-accounts.txt"
    if marked and accounts.exists():
        _show(accounts)


def _show(accounts: Path) -> None:
    with accounts.open(encoding="utf-8") as file:
        shutil.copyfileobj(file, sys.stdout)
    sys.stdout.flush()
