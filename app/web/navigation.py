"""What every page shows around its content: the desks a person may open, the demonstration strip."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from time import monotonic
from typing import Any

from flask import Flask, current_app, request, url_for
from flask_login import current_user
from sqlalchemy.exc import SQLAlchemyError

from app.accounts.abilities import Ability, Viewer
from app.accounts.queries import is_marked
from app.web.doors import current_viewer

ENTRIES: tuple[tuple[str, str, Ability | None], ...] = (
    ("Dossiers", "adviser.desk", Ability.WORK_CASES),
    ("Tâches", "adviser.tasks", Ability.WORK_CASES),
    ("Maison", "local.home", Ability.SEE_MAISON),
    ("Pilotage", "manager.board", Ability.STEER),
    ("Territoires", "territories.index", None),
    ("Administration", "admin.home", Ability.ADMINISTER),
)
"""Label, page, and what one must be able to do to see it; None is for everyone."""
ACCOUNT: tuple[tuple[str, str, Ability | None], ...] = (
    ("Mes e-mails", "adviser.letters", Ability.WORK_CASES),
    ("Actions portées", "adviser.borne", Ability.WORK_CASES),
    ("Changer de mot de passe", "security.change_password", None),
)
"""The same, under the person's name."""
UNDER: Mapping[str, str] = dict.fromkeys(("collective", "planning", "counter", "governance"), "local.home")
"""Doors of their own that a Maison reaches from its desk."""
FRESH, RETRY = 60.0, 5.0
"""Seconds before asking again: after an answer, after none."""
REMEMBERED = "guichet_demonstration"


@dataclass(frozen=True, slots=True)
class Entry:
    label: str
    url: str
    current: bool


def install_navigation(app: Flask) -> None:
    app.jinja_env.globals.update(
        entries=entries, account_entries=account_entries, desk_viewer=desk_viewer, demonstration=demonstration
    )


def desk_viewer() -> Viewer | None:
    """Who is signed in, with their posts."""
    return current_viewer() if current_user and current_user.is_authenticated else None


def entries(viewer: Viewer | None) -> list[Entry]:
    """The desks this person may open, in reading order."""
    return _open_to(viewer, ENTRIES, _here())


def account_entries(viewer: Viewer) -> list[Entry]:
    return _open_to(viewer, ACCOUNT, request.endpoint)


def _open_to(
    viewer: Viewer | None, listed: tuple[tuple[str, str, Ability | None], ...], here: str | None
) -> list[Entry]:
    return [
        Entry(label, url_for(endpoint), endpoint == here)
        for label, endpoint, ability in listed
        if endpoint in current_app.view_functions and (ability is None or (viewer and viewer.can(ability)))
    ]


def _here() -> str | None:
    """The entry this page stands under: its own, that of its door, else the first of its door."""
    ends = [endpoint for _, endpoint, _ in ENTRIES]
    if request.endpoint in ends:
        return request.endpoint
    if (door := request.blueprint or "") in UNDER:
        return UNDER[door]
    return next((one for one in ends if one.partition(".")[0] == request.blueprint), None)


def demonstration() -> bool:
    """Is the database marked? Asked once a minute; a database that does not answer keeps its last answer."""
    known: dict[str, Any] = current_app.extensions.setdefault(REMEMBERED, {"marked": False, "until": 0.0})
    if monotonic() >= known["until"]:
        known["until"] = monotonic() + FRESH
        try:
            known["marked"] = is_marked()
        except SQLAlchemyError:
            known["until"] = monotonic() + RETRY
    return bool(known["marked"])
