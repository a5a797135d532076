"""What somebody narrows a list by, read from an address and written back to it; pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from datetime import date

from app.dossiers.lifecycle import Part
from app.dossiers.words import words_asked
from app.kernel.text import storable
from app.kernel.vocabulary import DEPARTEMENTS, Urgency

LONGEST = 100
EARLIEST, LATEST = date(2000, 1, 1), date(2999, 12, 31)
NAMES = {
    "words": "q",
    "theme": "theme",
    "need": "besoin",
    "urgency": "urgence",
    "departement": "departement",
    "part": "role",
    "branch": "antenne",
    "since": "du",
    "until": "au",
}
"""Field → its name in the address."""


@dataclass(frozen=True, slots=True)
class Narrowing:
    """Nothing asked keeps everything. `theme` and `need` are keys of the rules in force."""

    words: str = ""
    theme: str = ""
    need: str = ""
    urgency: str = ""
    departement: str = ""
    part: str = ""
    branch: int | None = None
    since: date | None = None
    until: date | None = None

    @property
    def tokens(self) -> list[str]:
        return words_asked(self.words)

    @property
    def any(self) -> bool:
        return self != Narrowing()

    def address(self) -> dict[str, str]:
        """What the address holds of it; nothing for what is not asked."""
        return {NAMES[name]: str(value) for name, value in asdict(self).items() if value}


def narrowing_from(asked: Mapping[str, str]) -> Narrowing:
    """Read from an address; what cannot be read is not asked."""
    told = {one.name: storable(asked.get(NAMES[one.name], "")[:LONGEST]).strip() for one in fields(Narrowing)}
    return Narrowing(
        words=told["words"],
        theme=told["theme"],
        need=told["need"],
        urgency=told["urgency"] if told["urgency"] in set(Urgency) else "",
        departement=told["departement"] if told["departement"] in DEPARTEMENTS else "",
        part=told["part"] if told["part"] in set(Part) else "",
        branch=_number(told["branch"]),
        since=_day(told["since"]),
        until=_day(told["until"]),
    )


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


def _day(text: str) -> date | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if EARLIEST <= day <= LATEST else None
