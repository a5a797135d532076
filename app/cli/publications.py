"""What is published of the cases, quarter by quarter."""

from __future__ import annotations

import json

import click
from flask.cli import AppGroup

from app.collective.signal_actions import gather_all
from app.reporting.publication_actions import publish_all_due
from app.reporting.published import cell_count, publications

group = AppGroup("publications", help="Publier les demandes par trimestre, sous secret statistique.")


@group.command("publish")
def publish() -> None:
    """Publier chaque trimestre terminé qui ne l’est pas encore ; sans effet s’il n’y en a pas."""
    gather_all()
    click.echo(json.dumps({"published": publish_all_due()}))


@group.command("list")
def listed() -> None:
    """Les trimestres publiés : date, réglages du secret, nombre de chiffres."""
    for one in publications():
        told = {
            "quarter": one.quarter,
            "published_at": one.published_at.isoformat(),
            "cells": cell_count(one),
        }
        click.echo(json.dumps({**told, "settings": one.settings, "fictitious": one.is_demo}))
