"""The published needs of a place beside its survey; questions only."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.gpec import queries as gpec
from app.gpec.figures import Edition, Employers, Figures
from app.reporting.cells import SIRENE, Place, Size, domain_of
from app.reporting.feedback import Line, compare, together
from app.reporting.models import PublishedCell
from app.reporting.published import Told, cells_of

FIRST_JOBS = 10
"""Families of the survey shown though nothing is told of them: those of most projects."""


@dataclass(frozen=True, slots=True)
class SizeLine:
    """The needs of companies of a size, and the establishments of that size Sirene counts there; None is not known."""

    size: Size
    needs: int | None
    employers: int | None


@dataclass(frozen=True, slots=True)
class Feedback:
    """One theme of one place in one quarter, of companies of one size or of all (None).

    `needs` is None when it is secret or none; no line before a survey is in or a job is told. A size has no families:
    no publication crosses them.
    """

    place: Place
    theme: str
    size: Size | None
    needs: int | None
    domains: tuple[Line, ...]
    families: tuple[Line, ...]
    sizes: tuple[SizeLine, ...]
    year: int | None
    source: Edition | None
    employers: Employers | None


def feedback(told: Told, place: Place, theme: str, size: Size | None = None) -> Feedback:
    """The latest edition of the survey is the one compared, whatever the quarter: it says so."""
    cells = [one for one in cells_of(told, place) if one.theme == theme]
    years = gpec.bmo_years()
    year = years[0] if years else None
    surveyed = _surveyed(year, place)
    domains, families = _split({one.job: one.needs for one in cells if one.job and one.size == (size or "")})
    by_domain = _by_domain(surveyed)
    known = gpec.employers(place.kind, place.code)
    return Feedback(
        place,
        theme,
        size,
        _needs(cells, size or ""),
        tuple(compare(domains, by_domain, _domain_names({*domains, *by_domain}))),
        () if size else tuple(_families(families, surveyed)),
        tuple(SizeLine(one, _needs(cells, one), _employers(known, one)) for one in Size),
        year,
        gpec.bmo_edition(year) if year else None,
        known,
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


def _families(told: dict[str, int], surveyed: dict[str, Figures]) -> list[Line]:
    """Those told, and the first of the survey."""
    first = {code: one for code, one in surveyed.items() if code in told or code in _first(surveyed)}
    return compare(told, first, gpec.family_names(sorted({*told, *first})))


def _needs(cells: Sequence[PublishedCell], size: str) -> int | None:
    return next((one.needs for one in cells if one.size == size and not one.job), None)


def _employers(known: Employers | None, size: Size) -> int | None:
    if known is None or size not in SIRENE:
        return None
    bands = known.by_band()
    return sum(bands.get(band, 0) for band in SIRENE[size])
