"""The printable summary of a case: where it stands for its reader, and its bytes once the worker made it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select

from app.accounts.abilities import Viewer
from app.dossiers.queries import dossier_seen
from app.extensions import db
from app.kernel.vocabulary import Listed
from app.workbench.models import Summary

KEPT = timedelta(hours=24)
"""A summary holds a whole case: it is made again rather than kept."""
STUCK = timedelta(minutes=5)
"""A worker that died while making one: its reader is told, and asks again."""


class State(Listed):
    WAITING = "waiting", "En préparation"
    MAKING = "making", "En préparation"
    READY = "ready", "Prêt"
    FAILED = "failed", "Échec"
    NO_PRINTER = "no_printer", "Impossible sur ce serveur"


@dataclass(frozen=True, slots=True)
class Asked:
    state: str
    asked_at: datetime
    made_at: datetime | None


Writer = Callable[[Viewer, int], str | None]
"""(reader, dossier) → the document in HTML; None when this reader may not see the case."""
WRITERS: dict[str, Writer] = {}
CASE = "case"


def register_writer(writer: Writer) -> None:
    """Called at boot by the door that knows how a case reads; the workbench imports no page."""
    WRITERS[CASE] = writer


def summary_of(viewer: Viewer, dossier_id: int) -> Asked | None:
    row = _row(viewer, dossier_id)
    return Asked(row.state, row.asked_at, row.made_at) if row else None


def summary_pdf(viewer: Viewer, dossier_id: int) -> bytes | None:
    """Its own reader's alone, and only while they may see the case."""
    row = _row(viewer, dossier_id)
    return row.pdf if row and row.state == State.READY else None


def _row(viewer: Viewer, dossier_id: int) -> Summary | None:
    if dossier_seen(viewer, dossier_id) is None:
        return None
    wanted = select(Summary).where(Summary.dossier_id == dossier_id, Summary.user_id == viewer.user_id)
    return db.session.scalar(wanted)
