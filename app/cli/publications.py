"""What is published of the cases, quarter by quarter."""

from __future__ import annotations

import json

import click
from flask.cli import AppGroup

from app.collective.signal_actions import gather_all
from app.reporting.publication_actions import NeverTold, publish_all_due, withdraw
from app.reporting.published import cell_count, publications, withdrawn

LONGEST = 300
group = AppGroup("publications", help="Publier les demandes par trimestre, sous secret statistique.")


@group.command("publish")
def publish() -> None:
    """Publier chaque trimestre terminé qui ne l’est pas encore ; sans effet s’il n’y en a pas."""
    gather_all()
    click.echo(json.dumps({"published": publish_all_due()}))


@group.command("withdraw")
@click.argument("quarter")
@click.option("--reason", required=True, help="Le motif, tel que la page le dira.")
def withdraw_one(quarter: str, reason: str) -> None:
    """Retirer un trimestre publié par erreur (« 2026-T3 ») : il n’est plus lu, et n’est jamais publié à nouveau."""
    why = " ".join(reason.split())
    if not why or len(why) > LONGEST:
        raise click.ClickException(f"Donnez un motif de {LONGEST} caractères au plus.")
    try:
        done = withdraw(quarter, why)
    except NeverTold:
        raise click.ClickException(
            "Ce trimestre n’a jamais été publié. « flask publications list » donne ceux qui le sont."
        ) from None
    click.echo(json.dumps({"withdrawn": done}))


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
    for gone in withdrawn():
        click.echo(
            json.dumps(
                {"quarter": gone.quarter, "withdrawn_at": gone.at.isoformat(), "reason": gone.why},
                ensure_ascii=False,
            )
        )
