"""How the inbox reads: tabs, pages, empty lists, and what happened to a dossier meanwhile."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from urllib.parse import urlencode

from flask import url_for

from app.accounts.abilities import Viewer
from app.dossiers.desk import Cursor, DeskPage, DeskRow, Tab
from app.dossiers.lifecycle import Move, Outcome, Status
from app.dossiers.queries import EventLine

PAST = {
    Move.OPENED: "reçu",
    Move.TAKEN: "pris",
    Move.DECLINED: "refusé",
    Move.CLOSED: "clos",
    Move.REOPENED: "rouvert",
    Move.ACCEPTED: "accepté",
    Move.REQUALIFIED: "requalifié",
    Move.JOINED: "joint à un autre",
    Move.TRANSMITTED: "transmis",
}

EMPTY = {
    Tab.NEW: "Un dossier arrive ici dès qu’une entreprise a besoin de vous.",
    Tab.MINE: "Un dossier arrive ici quand vous le prenez.",
    Tab.TAKEN: "Un dossier arrive ici quand un collègue ou vous le prenez.",
    Tab.LATE: "Un dossier arrive ici quand sa date est passée.",
    Tab.CLOSED: "Un dossier arrive ici quand il est clos, passé ou refusé.",
}


def tab_links(current: Tab, counts: Mapping[Tab, int]) -> list[dict[str, object]]:
    return [
        {
            "label": tab.label,
            "count": counts[tab],
            "url": url_for("adviser.desk", onglet=tab.value),
            "current": tab is current,
            "late": tab is Tab.LATE and counts[tab] > 0,
        }
        for tab in Tab
    ]


def paging_urls(tab: Tab, page: DeskPage) -> dict[str, str | None]:
    return {"previous": _url(tab, "avant", page.previous), "next": _url(tab, "apres", page.following)}


def _url(tab: Tab, name: str, cursor: Cursor | None) -> str | None:
    if cursor is None:
        return None
    return f"{url_for('adviser.desk', onglet=tab.value)}&{urlencode({name: cursor.text()})}"


def nothing_in(tab: Tab) -> tuple[str, str]:
    titles = {Tab.LATE: "Aucun dossier en retard", Tab.NEW: "Aucun nouveau dossier"}
    return titles.get(tab, "Aucun dossier"), EMPTY[tab]


def row_status(row: DeskRow) -> tuple[str, str]:
    """(code, words) of a line of the closed tab."""
    return (
        (row.outcome, Outcome(row.outcome).label) if row.outcome else (row.status, Status(row.status).label)
    )


def what_happened(event: EventLine | None, viewer: Viewer, now: datetime) -> str:
    """« Karim Haddad a pris ce dossier il y a 2 minutes. »"""
    if event is None or Move(event.kind) not in PAST:
        return "Ce dossier a changé depuis que vous l’avez ouvert."
    mine = event.user_id == viewer.user_id
    who = "Vous avez" if mine else f"{event.who or event.branch} a"
    return f"{who} {PAST[Move(event.kind)]} ce dossier {_ago(now - event.at)}."


def _ago(gap: timedelta) -> str:
    minutes = int(gap.total_seconds() // 60)
    if minutes < 1:
        return "il y a moins d’une minute"
    if minutes < 60:
        return f"il y a {minutes} minute{'s' if minutes > 1 else ''}"
    hours = minutes // 60
    if hours < 24:
        return f"il y a {hours} heure{'s' if hours > 1 else ''}"
    return f"il y a {hours // 24} jour{'s' if hours >= 48 else ''}"
