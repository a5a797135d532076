"""Which dossiers a list shows and in which order: tabs, sorts and their keyset; pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from app.kernel.vocabulary import Listed

PAGE = 25
Key = date | datetime | str


class Tab(Listed):
    NEW = "nouveaux", "Nouveaux"
    TO_ACCEPT = "a-accepter", "À accepter"
    MINE = "a-moi", "À moi"
    TAKEN = "pris", "Pris par l’équipe"
    WAITING = "en-attente", "En attente de l’entreprise"
    LATE = "retard", "En retard"
    CLOSED = "clos", "Clos"


class Sort(Listed):
    DUE = "echeance", "Échéance"
    ENDED = "fin", "Date de fin"
    FILED = "depot", "Dépôt, le plus récent d’abord"
    COMPANY = "entreprise", "Entreprise"

    @property
    def falling(self) -> bool:
        """Does it read from the greatest?"""
        return self in (Sort.ENDED, Sort.FILED)


def sorts_of(tab: Tab) -> tuple[Sort, ...]:
    """The sorts a tab offers, its own first."""
    return (Sort.ENDED if tab is Tab.CLOSED else Sort.DUE, Sort.FILED, Sort.COMPANY)


@dataclass(frozen=True, slots=True)
class Cursor:
    """Where a page starts: just after (or, going back, just before) this row."""

    key: Key
    id: int
    backwards: bool = False

    def text(self) -> str:
        key = self.key if isinstance(self.key, str) else self.key.isoformat()
        return f"{key}_{self.id}"


@dataclass(frozen=True, slots=True)
class DeskRow:
    """One line of a list."""

    id: int
    version: int
    company: str
    company_key: str
    place: str
    reference: str
    need_key: str
    urgency: str
    role: str
    leads: bool
    offered: bool
    status: str
    outcome: str | None
    filed_at: datetime
    closed_at: datetime | None
    due: date
    contacted_on: date | None
    waiting_since: date | None
    taken_by_id: int | None
    taken_by: str | None
    branch_id: int
    branch: str
    other_needs: int

    @property
    def waiting(self) -> bool:
        return self.waiting_since is not None

    def key(self, sort: Sort) -> Key:
        match sort:
            case Sort.DUE:
                return self.due
            case Sort.ENDED:
                return self.closed_at or self.filed_at
            case Sort.FILED:
                return self.filed_at
            case Sort.COMPANY:
                return self.company_key


@dataclass(frozen=True, slots=True)
class DeskPage:
    rows: Sequence[DeskRow]
    first: int
    total: int
    previous: Cursor | None
    following: Cursor | None

    @property
    def last(self) -> int:
        return self.first + len(self.rows) - 1 if self.rows else 0


@dataclass(frozen=True, slots=True)
class ToTransmit:
    """A dossier whose actor has not been told yet."""

    id: int
    company: str
    place: str
    reference: str
    need_key: str
    branch: str
    role: str
    filed_at: datetime
    due: date
    contacted_on: date | None


def cursor_from(text: str, sort: Sort, *, backwards: bool) -> Cursor | None:
    """Read a cursor from an address; what cannot be read means the first page."""
    key, _, number = text.rpartition("_")
    if not number.isascii() or not number.isdigit() or len(number) > 18:
        return None
    value = _key_from(key, sort)
    return None if value is None else Cursor(value, int(number), backwards)


def _key_from(text: str, sort: Sort) -> Key | None:
    if sort is Sort.COMPANY:
        return text if text.replace(" ", "a").isalnum() and text.isascii() and len(text) <= 60 else None
    try:
        return date.fromisoformat(text) if sort is Sort.DUE else _instant(text)
    except (ValueError, OverflowError):
        return None


def _instant(text: str) -> datetime | None:
    """In UTC at once: an offset may carry the first or the last day out of the calendar."""
    value = datetime.fromisoformat(text)
    return value.astimezone(UTC) if value.tzinfo else None
