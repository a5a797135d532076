"""The one family a job is counted in.

A job of the ROME often leads to several FAP-228 families, by level of qualification, and nobody asks a company for
that level. The family counted is the one most levels lead to, the first code when two are equal. FAP-228 is the level
of the BMO survey, so that a collective need has its official figures beside it; pages name every linked family.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sqlalchemy import func, select

from app.extensions import db
from app.gpec.links import LEVEL_228
from app.gpec.models import RomeFapLink, RomeJob


def main_family(levels: Mapping[str, int]) -> str | None:
    """FAP code → how many levels of qualification lead to it; None without any."""
    summed: dict[str, int] = {}
    for code, count in levels.items():
        summed[code[:LEVEL_228]] = summed.get(code[:LEVEL_228], 0) + count
    return min(summed, key=lambda code: (-summed[code], code), default=None)


def family_of(rome: str) -> str | None:
    """None while the official passage is not imported, or when it does not know the job.

    A card born of a parting (ROME 4) has the family of the card it comes from."""
    parent = select(RomeJob.parent).where(RomeJob.code == rome, RomeJob.parent.is_not(None))
    codes = [rome, *db.session.scalars(parent)]
    return next((family for code in codes if (family := main_family(_levels(code)))), None)


def linked(romes: Iterable[str]) -> dict[str, str]:
    """The jobs that have a family today."""
    found = ((rome, family_of(rome)) for rome in romes)
    return {rome: family for rome, family in found if family}


def _levels(rome: str) -> dict[str, int]:
    counted = select(RomeFapLink.fap, func.count()).where(RomeFapLink.rome == rome)
    return dict(db.session.execute(counted.group_by(RomeFapLink.fap)).all())
