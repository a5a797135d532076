"""Guichet RH & Compétences Occitanie."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask

    from config import Config


def create_app(config: Config) -> Flask:
    """Build the application. The one late import of the house: importing the engine never loads Flask."""
    from app.boot import build

    return build(config)
