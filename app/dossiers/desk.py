"""Which dossiers a list shows and in which order: the tabs of the inbox and their keyset; pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from app.kernel.vocabulary import Listed

PAGE = 25


class Tab(Listed):
    NEW = "nouveaux", "Nouveaux"
    MINE = "a-moi", "À moi"
    TAKEN = "pris", "Pris par l’équipe"
    LATE = "retard", "En retard"
    CLOSED = "clos", "Clos"


@dataclass(frozen=True, slots=True)
class Cursor:
    """Where a page starts: just after (or, going back, just before) this row."""

    key: date | datetime
    id: int
    backwards: bool = False

    def text(self) -> str:
        return f"{self.key.isoformat()}_{self.id}"


@dataclass(frozen=True, slots=True)
class DeskRow:
    """One line of a list."""

    id: int
    version: int
    company: str
    place: str
    reference: str
    need_key: str
    urgency: str
    role: str
    offered: bool
    status: str
    outcome: str | None
    filed_at: datetime
    closed_at: datetime | None
    due: date
    contacted_on: date | None
    taken_by_id: int | None
    taken_by: str | None
    branch: str
    other_needs: int


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


def cursor_from(text: str, tab: Tab, *, backwards: bool) -> Cursor | None:
    """Read a cursor from an address; what cannot be read means the first page."""
    key, _, number = text.partition("_")
    read = datetime.fromisoformat if tab is Tab.CLOSED else date.fromisoformat
    if not number.isascii() or not number.isdigit() or len(number) > 18:
        return None
    try:
        value = read(key)
    except ValueError:
        return None
    if isinstance(value, datetime) and value.tzinfo is None:
        return None
    return Cursor(value, int(number), backwards)
