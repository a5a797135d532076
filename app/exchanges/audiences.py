"""Who reads what is written, and what is known of a joined file: closed lists and two pure rules."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Protocol

from app.dossiers.lifecycle import OPEN, Part, Status
from app.kernel.vocabulary import Listed


class Audience(Listed):
    """Chosen by the form that was sent, never by a field of it."""

    COMPANY = "company", "Avec l’entreprise"
    ACTORS = "actors", "Entre acteurs"
    TEAM = "team", "Notes de l’équipe"


class Scan(Listed):
    """What the antivirus said of a file."""

    NOT_SCANNED = "not_scanned", "Non analysé"
    PENDING = "pending", "En cours d’analyse"
    CLEAN = "clean", "Analysé, aucun virus trouvé"
    INFECTED = "infected", "Infecté, supprimé"
    LOST = "lost", "Introuvable"


SERVED = frozenset({Scan.NOT_SCANNED, Scan.CLEAN})


class Seat(Protocol):
    """What the rules read of a dossier."""

    @property
    def status(self) -> str: ...
    @property
    def leads(self) -> bool: ...
    @property
    def role(self) -> str: ...
    @property
    def closed_at(self) -> datetime | None: ...


def in_the_case(seat: Seat) -> bool:
    """An open dossier, or the one that leads: once closed, it is still the one the company writes to. Who is only
    offered the relay reads to decide, and says nothing."""
    return seat.leads or (Status(seat.status) in OPEN and seat.role != Part.OFFERED)


def reads_until(seat: Seat) -> datetime | None:
    """A branch that left the case reads what was said while it was in it; None is « still in it »."""
    if seat.leads or Status(seat.status) in OPEN:
        return None
    return seat.closed_at or datetime.min.replace(tzinfo=UTC)
