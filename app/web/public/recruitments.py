"""What the BMO survey says of a territory page's place, or of the published place it lies in."""

from __future__ import annotations

from dataclasses import dataclass

from app.gpec import queries
from app.gpec.figures import FRAGILE_UNDER, Edition, Figures, JobFigures
from app.gpec.wording import NBSP, number
from app.kernel.vocabulary import ZoneKind
from app.reporting.bars import Bar, Bars
from app.reporting.charts import LIGHT
from app.routing.facts import REGION
from app.web.public.territory_card import Card, Link

SHOWN_JOBS = 10
ITS_OWN = (ZoneKind.DEPARTEMENT, ZoneKind.BASSIN_BMO, ZoneKind.REGION)


@dataclass(frozen=True, slots=True)
class Recruitments:
    """The figures of the latest edition at a place the survey reaches, and where they come from."""

    year: int
    source: Edition | None
    at: Link | None
    figures: Figures | None = None
    jobs: tuple[JobFigures, ...] = ()
    fragile_under: int = FRAGILE_UNDER
    region: Figures | None = None
    touched: tuple[tuple[Link, Figures], ...] = ()
    """The basins of a place the survey is not published for: side by side, never summed."""

    def picture(self, tone: str = LIGHT, *, narrow: bool = False) -> Bars:
        name = self.at.name if self.at else ""
        bars = tuple(Bar(one.label, one.figures.projects, bar_words(one.figures)) for one in self.jobs)
        return Bars(f"Métiers qui ont le plus de projets, {name}, {self.year}", bars, tone, narrow)


def recruitments(card: Card) -> Recruitments | None:
    """None when no survey is in; without place when the survey is not published at this scale."""
    years = queries.bmo_years()
    if not years:
        return None
    year, at = years[0], published_place(card)
    source = queries.bmo_edition(year)
    if at is None or at.code is None:
        return Recruitments(year, source, None, touched=_basins(year, card))
    jobs = queries.top_jobs(year, at.kind, at.code, SHOWN_JOBS)
    figures = queries.bmo(year, at.kind, at.code)
    region = queries.bmo(year, ZoneKind.REGION, REGION) if at.kind is not ZoneKind.REGION else None
    return Recruitments(year, source, at, figures, tuple(jobs), region=region)


def bar_words(figures: Figures) -> str:
    """« 1 200 · 65 % », as the end of a bar says it."""
    if figures.projects is None:
        return "secret"
    share = figures.difficult_share
    return number(figures.projects) + (f" · {share:.0f}{NBSP}%" if share is not None else "")


def _basins(year: int, card: Card) -> tuple[tuple[Link, Figures], ...]:
    basins = (link for link in card.zones if link.kind is ZoneKind.BASSIN_BMO and link.code)
    return tuple((link, queries.bmo(year, link.kind, link.code or "")) for link in basins)


def published_place(card: Card) -> Link | None:
    """Itself; a commune has its basin, or its département as long as basins are not known."""
    if card.kind in ITS_OWN:
        return Link(card.kind, card.code, card.name)
    if card.kind is not ZoneKind.COMMUNE:
        return None
    known = {link.kind: link for link in card.zones if link.code}
    return known.get(ZoneKind.BASSIN_BMO) or known.get(ZoneKind.DEPARTEMENT)
