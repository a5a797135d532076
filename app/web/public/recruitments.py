"""What the BMO survey says of a territory page's place, or of the published place it lies in."""

from __future__ import annotations

from dataclasses import dataclass

from app.gpec import queries
from app.gpec.figures import FRAGILE_UNDER, Edition, Figures, JobFigures
from app.kernel.vocabulary import ZoneKind
from app.web.public.territory_card import Card, Link

SHOWN_JOBS = 10
ITS_OWN = (ZoneKind.DEPARTEMENT, ZoneKind.BASSIN_BMO)


@dataclass(frozen=True, slots=True)
class Recruitments:
    """The figures of the latest edition at a place the survey reaches, and where they come from."""

    year: int
    source: Edition | None
    at: Link | None
    figures: Figures | None = None
    jobs: tuple[JobFigures, ...] = ()
    fragile_under: int = FRAGILE_UNDER


def recruitments(card: Card) -> Recruitments | None:
    """None when no survey is in; without place when the survey is not published at this scale."""
    years = queries.bmo_years()
    if not years:
        return None
    year, at = years[0], _published_place(card)
    source = queries.bmo_edition(year)
    if at is None or at.code is None:
        return Recruitments(year, source, None)
    jobs = queries.top_jobs(year, at.kind, at.code, SHOWN_JOBS)
    return Recruitments(year, source, at, queries.bmo(year, at.kind, at.code), tuple(jobs))


def _published_place(card: Card) -> Link | None:
    """Itself; a commune has its basin, or its département as long as basins are not known."""
    if card.kind in ITS_OWN:
        return Link(card.kind, card.code, card.name)
    if card.kind is not ZoneKind.COMMUNE:
        return None
    known = {link.kind: link for link in card.zones if link.code}
    return known.get(ZoneKind.BASSIN_BMO) or known.get(ZoneKind.DEPARTEMENT)
