"""Is the process alive, and is the service ready? Read by supervisors; nothing personal is said."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import structlog
from flask import current_app, jsonify

from app.accounts.queries import is_marked
from app.directory import queries as directory
from app.kernel.clock import today
from app.mailbox.queries import worker_age
from app.rulebooks.queries import NoRulebook, in_force
from app.territory import queries as territory
from app.web.doors import ANYONE, door
from app.web.limits import unlimited

blueprint = door("health", __name__, access=ANYONE)
unlimited(blueprint)
log = structlog.get_logger()

LATE_WORKER = timedelta(minutes=3)
"""The worker ticks every minute: three missed ticks are no hazard."""


@blueprint.get("/healthz")
def healthz() -> dict[str, str]:
    """Alive: asks nothing of the database."""
    return {"status": "ok"}


@blueprint.get("/readyz")
def readyz() -> tuple[Any, int]:
    """200 when a company can be answered; 503 otherwise. Warnings never make it 503."""
    checks = {name: _tried(name, check) for name, check in CHECKS.items()}
    ready = all(line["ok"] for line in checks.values())
    warnings = _warnings() if checks["database"]["ok"] else []
    return jsonify(ready=ready, checks=checks, warnings=warnings), 200 if ready else 503


def _tried(name: str, check: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    try:
        return check()
    except Exception as error:
        log.error("not_ready", check=name, error=type(error).__name__)
        return {"ok": False, "message": "Ne répond pas."}


def _database() -> dict[str, Any]:
    territory.version()
    return {"ok": True, "engine": current_app.config["GUICHET"].engine}


def _reference() -> dict[str, Any]:
    loaded = territory.latest_datasets()
    if not loaded:
        return {"ok": False, "message": "Communes absentes : lancez « make setup »."}
    return {"ok": True, "datasets": len(loaded)}


def _rulebook() -> dict[str, Any]:
    try:
        return {"ok": True, "hash": in_force(today()).hash}
    except NoRulebook:
        return {"ok": False, "message": "Aucune édition des règles n’est en vigueur : « routing publish »."}


def _directory() -> dict[str, Any]:
    if not directory.version():
        return {"ok": False, "message": "Répertoire absent : « directory load »."}
    return {"ok": True}


CHECKS: dict[str, Callable[[], dict[str, Any]]] = {
    "database": _database,
    "reference": _reference,
    "rulebook": _rulebook,
    "directory": _directory,
}


def _warnings() -> list[str]:
    said = []
    age = worker_age()
    if age is None:
        said.append("Le service d’envoi n’a jamais tourné : les lettres attendent.")
    elif age > LATE_WORKER:
        said.append(
            f"Le service d’envoi se tait depuis {int(age.total_seconds() // 60)} min : les lettres attendent."
        )
    config = current_app.config["GUICHET"]
    if config.production and config.engine == "sqlite":
        said.append("SQLite en production : une seule machine, sauvegardes à organiser.")
    if config.production and not config.trusted_proxies:
        said.append(
            "Derrière un mandataire, donnez TRUSTED_PROXIES : tous les visiteurs ont la même adresse."
        )
    if directory.version() and not directory.snapshot_is_stored():
        said.append("Répertoire recalculé par chaque processus : « directory load » le compile.")
    if is_marked():
        said.append("Base de démonstration : son contenu est inventé.")
    return said
