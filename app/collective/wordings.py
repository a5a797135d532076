"""The words of a collective need, from the official names of families."""

from __future__ import annotations

from app.gpec.queries import family_names

UNSAID = "Métier non précisé"


def family_name(code: str) -> str:
    """The name of a family, its code when no file names it."""
    return family_names([code]).get(code, code) if code else UNSAID
