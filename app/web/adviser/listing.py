"""How the inbox reads: tabs, empty lists, and what happened to a dossier meanwhile."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from app.accounts.abilities import Viewer
from app.dossiers.desk import DeskRow, Tab
from app.dossiers.lifecycle import Move, Outcome, Status
from app.dossiers.queries import WORKING_ROLES, EventLine
from app.web.adviser.asked import AskedList

PAST = {
    Move.OPENED: "reçu",
    Move.TAKEN: "pris",
    Move.DECLINED: "refusé",
    Move.CLOSED: "clos",
    Move.REOPENED: "rouvert",
    Move.REASSIGNED: "confié à un collègue",
    Move.ACCEPTED: "accepté",
    Move.REQUALIFIED: "requalifié",
    Move.JOINED: "joint à un autre",
    Move.TRANSMITTED: "transmis",
}

EMPTY = {
    Tab.NEW: "Un dossier arrive ici dès qu’une entreprise a besoin de vous.",
    Tab.TO_ACCEPT: "Un dossier arrive ici quand une autre antenne vous propose le relais.",
    Tab.MINE: "Un dossier arrive ici quand vous le prenez.",
    Tab.TAKEN: "Un dossier arrive ici quand un collègue ou vous le prenez.",
    Tab.WAITING: "Un dossier arrive ici quand vous attendez une réponse de l’entreprise.",
    Tab.LATE: "Un dossier arrive ici quand sa date est passée.",
    Tab.CLOSED: "Un dossier arrive ici quand il est clos, passé ou refusé.",
}


def tab_links(asked: AskedList, counts: Mapping[Tab, int]) -> list[dict[str, object]]:
    """« À accepter » shows while there is something to accept, or while one looks at it."""
    return [
        {
            "label": tab.label,
            "count": counts[tab],
            "url": asked.url(tab),
            "current": tab is asked.tab,
            "late": tab is Tab.LATE and counts[tab] > 0,
        }
        for tab in Tab
        if tab is not Tab.TO_ACCEPT or counts[tab] or tab is asked.tab
    ]


def nothing_in(asked: AskedList) -> tuple[str, str]:
    if asked.narrowing.any:
        return "Aucun dossier ne correspond", "Essayez moins de mots ou moins de filtres."
    titles = {Tab.LATE: "Aucun dossier en retard", Tab.NEW: "Aucun nouveau dossier"}
    return titles.get(asked.tab, "Aucun dossier"), EMPTY[asked.tab]


def branches_of(viewer: Viewer) -> list[tuple[int, str]]:
    """The branches to choose from, for who works in several."""
    held = {post.branch_id: post.branch_name for post in viewer.posts if post.branch_id}
    working = viewer.branch_ids(*WORKING_ROLES)
    return [(one, held[one]) for one in working] if len(working) > 1 else []


def chosen_words(asked: AskedList) -> int:
    """How many filters are in force."""
    return len(asked.narrowing.address())


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
