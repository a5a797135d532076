"""What an owner looks for: one establishment by its SIRET, a company by its SIREN, or a name. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from app.kernel.codes import CodeError, Siren, Siret
from app.kernel.text import storable
from app.kernel.vocabulary import Listed

SHORTEST, LONGEST = 3, 80
"""The register refuses fewer than three letters."""


class Kind(Listed):
    SIRET = "siret", "SIRET"
    SIREN = "siren", "SIREN"
    NAME = "name", "Nom"


@dataclass(frozen=True, slots=True)
class Asked:
    kind: Kind
    text: str

    @property
    def key(self) -> str:
        """The same question has the same key, whatever its spaces and capitals."""
        return f"{self.kind}:{self.text.casefold()}"


def asked(text: str) -> Asked | None:
    """None when the text is too short, or digits that are no number of a company."""
    words = " ".join(storable(text).split())[:LONGEST]
    digits = "".join(words.split())
    if digits.isascii() and digits.isdigit() and len(digits) > 5:
        return _numbered(digits)
    return Asked(Kind.NAME, words) if len(words) >= SHORTEST else None


def _numbered(digits: str) -> Asked | None:
    try:
        if len(digits) == 9:
            return Asked(Kind.SIREN, Siren(digits))
        return Asked(Kind.SIRET, Siret(digits))
    except CodeError:
        return None
