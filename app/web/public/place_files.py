"""The figures of a territory as a file: every job of the survey there, secrets as such, each row with its source."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from app.gpec import queries
from app.gpec.figures import FRAGILE_UNDER, Figures, JobFigures
from app.reporting.exports import Cell
from app.web.public.recruitments import Recruitments

MASKED = "s"
COLUMNS = (
    *("genre de lieu", "code du lieu", "lieu", "code FAP", "famille professionnelle"),
    *("projets de recrutement", "jugés difficiles", "part difficile (%)", "base de la part", "saisonniers"),
    *("source", "édition", "licence"),
)


def rows(bmo: Recruitments) -> Iterator[Sequence[Cell]]:
    """The place itself first, all jobs together, then each job."""
    yield COLUMNS
    if bmo.at is None or bmo.at.code is None or bmo.figures is None:
        return
    jobs = queries.all_jobs(bmo.year, bmo.at.kind, bmo.at.code)
    place = (bmo.at.kind.label, bmo.at.code, bmo.at.name)
    source = bmo.source
    ends = (f"{source.publisher}, {source.title}", bmo.year, source.licence) if source else ("", bmo.year, "")
    for one in (JobFigures("", "Tous métiers", bmo.figures), *jobs):
        yield (*place, one.job, one.label, *measures(one.figures), *ends)


def measures(said: Figures) -> tuple[Cell, ...]:
    """Projects, difficult, share, base, seasonal: `s` is secret, a share never stands on too few."""
    share = said.difficult_share
    few = f"moins de {FRAGILE_UNDER}" if said.difficult is not None else MASKED
    kept = (_known(one) for one in (said.base, said.seasonal))
    return (_known(said.projects), _known(said.difficult), few if share is None else round(share, 1), *kept)


def _known(value: int | None) -> Cell:
    return MASKED if value is None else value
