"""The groups of commands, as `flask --help` lists them."""

from __future__ import annotations

from flask import Flask

from app.cli import accounts, demo, directory, gpec, mail, publications, routing, setup, territory, triage

GROUPS = (territory, gpec, directory, routing, mail, accounts, demo, setup, triage, publications)


def add_commands(app: Flask) -> None:
    for group in GROUPS:
        app.cli.add_command(group.group)
