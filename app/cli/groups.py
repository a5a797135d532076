"""The groups of commands, as `flask --help` lists them."""

from __future__ import annotations

from flask import Flask

from app.cli import accounts, demo, directory, gpec, mail, routing, setup, territory, triage

GROUPS = (territory, gpec, directory, routing, mail, accounts, demo, setup, triage)


def add_commands(app: Flask) -> None:
    for group in GROUPS:
        app.cli.add_command(group.group)
