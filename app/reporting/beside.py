"""The published needs of a place beside its survey; questions only."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.gpec import queries as gpec
from app.gpec.figures import Edition, Figures
from app.reporting.cells import Place, Size, domain_of
from app.reporting.feedback import Line, compare, together
from app.reporting.models import PublishedCell
from app.reporting.published import Told, cells_of

FIRST_JOBS = 10
"""Families of the survey shown though nothing is told of them: those of most projects."""


@dataclass(frozen=True, slots=True)
class Feedback:
    """One theme of one place in one quarter. `needs` is None when it is secret or none; no line before a survey is in
    or a job is told."""

    place: Place
    theme: str
    needs: int | None
    domains: tuple[Line, ...]
    families: tuple[Line, ...]
    sizes: tuple[tuple[Size, int | None], ...]
    year: int | None
    source: Edition | None


def feedback(told: Told, place: Place, theme: str) -> Feedback:
    """The latest edition of the survey is the one compared, whatever the quarter: it says so."""
    cells = [one for one in cells_of(told, place) if one.theme == theme]
    years = gpec.bmo_years()
    year = years[0] if years else None
    surveyed = _surveyed(year, place)
    jobs = {one.job: one.needs for one in cells if one.job}
    domains, families = _split(jobs)
    by_domain = _by_domain(surveyed)
    first = {code: one for code, one in surveyed.items() if code in families or code in _first(surveyed)}
    return Feedback(
        place,
        theme,
        next((one.needs for one in cells if not one.job and not one.size), None),
        tuple(compare(domains, by_domain, _domain_names({*domains, *by_domain}))),
        tuple(compare(families, first, gpec.family_names(sorted({*families, *first})))),
        tuple((size, _of_size(cells, size)) for size in Size),
        year,
        gpec.bmo_edition(year) if year else None,
    )


def _surveyed(year: int | None, place: Place) -> dict[str, Figures]:
    if year is None:
        return {}
    return {one.job: one.figures for one in gpec.all_jobs(year, place.kind, place.code)}


def _split(jobs: dict[str, int]) -> tuple[dict[str, int], dict[str, int]]:
    domains = {code: needs for code, needs in jobs.items() if len(code) == 1}
    return domains, {code: needs for code, needs in jobs.items() if len(code) > 1}


def _first(surveyed: dict[str, Figures]) -> Sequence[str]:
    known = [code for code, one in surveyed.items() if one.projects is not None]
    return sorted(known, key=lambda code: (-(surveyed[code].projects or 0), code))[:FIRST_JOBS]


def _by_domain(surveyed: dict[str, Figures]) -> dict[str, Figures]:
    found: dict[str, list[Figures]] = defaultdict(list)
    for code, one in surveyed.items():
        found[domain_of(code)].append(one)
    return {domain: together(ones) for domain, ones in found.items()}


def _domain_names(codes: Iterable[str]) -> dict[str, str]:
    """Those of the official tree; a letter alone would say nothing."""
    return {code: f"Domaine {code} de la FAP-2021" for code in codes} | gpec.domain_names()


def _of_size(cells: Sequence[PublishedCell], size: Size) -> int | None:
    return next((one.needs for one in cells if one.size == size), None)
