"""What is hardest to fill in a place: jobs of a basin, families of a département or of the region."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from app.extensions import db
from app.gpec import queries
from app.gpec.figures import TensionFact
from app.gpec.helping import STRONG
from app.gpec.jobs import names
from app.gpec.models import Tension, TensionCause
from app.gpec.tensions import Nomenclature
from app.kernel.vocabulary import ZoneKind


@dataclass(frozen=True, slots=True)
class Tense:
    """A job (`rome`), or a family, and its tension."""

    label: str
    rome: str | None
    fact: TensionFact


def tense(kind: ZoneKind, code: str, limit: int) -> list[Tense]:
    """Levels 4 and 5 of the latest year, the hardest first; other kinds of zone have none."""
    if kind is ZoneKind.BASSIN_BMO:
        return _jobs(code, limit)
    return _families(kind, code, limit) if kind in (ZoneKind.DEPARTEMENT, ZoneKind.REGION) else []


def _jobs(basin: str, limit: int) -> list[Tense]:
    year = max(queries.tension_years(), default=0)
    wanted = select(Tension).where(Tension.year == year, Tension.basin == basin, Tension.level >= STRONG)
    rows = db.session.scalars(wanted.order_by(Tension.level.desc(), Tension.offers.desc()).limit(limit))
    labels = names().labels
    return [
        Tense(
            labels.get(row.rome, row.rome),
            row.rome if row.rome in labels else None,
            TensionFact(
                year, ZoneKind.BASSIN_BMO, basin, row.level, None, {}, queries.edition(row.dataset_id)
            ),
        )
        for row in rows
    ]


def _families(kind: ZoneKind, code: str, limit: int) -> list[Tense]:
    wanted = select(TensionCause).where(
        TensionCause.year.in_(queries.cause_years()),
        TensionCause.kind == kind.value,
        TensionCause.code == code,
        TensionCause.nomenclature == Nomenclature.FAP_2021.value,
        TensionCause.level >= STRONG,
    )
    order = (TensionCause.year.desc(), TensionCause.level.desc(), TensionCause.fap)
    rows = db.session.scalars(wanted.order_by(*order).limit(limit)).all()
    return _named([row for row in rows if row.year == rows[0].year])


def _named(rows: Sequence[TensionCause]) -> list[Tense]:
    called = queries.family_names([row.fap for row in rows])
    return [Tense(called.get(row.fap, row.fap), None, queries.measured(row)) for row in rows]
