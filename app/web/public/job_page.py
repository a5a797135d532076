"""What the page of a job says, gathered once: for each family, its places, their picture, their rows in a file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from app.gpec import jobs, queries
from app.gpec.figures import Edition, Figures, TensionFact
from app.gpec.jobs import Family, Job, PlaceFigures
from app.gpec.wording import NBSP, Saying, Spot, tell
from app.kernel.vocabulary import ZoneKind
from app.reporting.bars import Bar, Bars
from app.reporting.exports import Cell
from app.routing.facts import REGION
from app.web.public.place_files import measures
from app.web.public.recruitments import bar_words, published_place
from app.web.public.territory_card import KINDS, Card, card

OCCITANIE = Spot(ZoneKind.REGION, REGION, "Occitanie")
SECRET, FRAGILE = "s", "–"
COLUMNS = (
    *("code ROME", "métier", "code FAP", "famille professionnelle", "genre de lieu", "code du lieu", "lieu"),
    *("projets de recrutement", "jugés difficiles", "part difficile (%)", "base de la part", "saisonniers"),
    *("source", "édition", "licence"),
)


@dataclass(frozen=True, slots=True)
class FamilyPage:
    """A family of the job and its figures in the region, by département, by basin."""

    family: Family
    saying: Saying
    departements: Sequence[PlaceFigures] = ()
    basins: Sequence[PlaceFigures] = ()
    causes: Sequence[TensionFact] = ()

    def picture(self, year: int, tone: str = "clair", *, narrow: bool = False) -> Bars:
        title = f"Projets de recrutement et part jugée difficile par département, {self.family.name}, {year}"
        bars = [
            Bar(one.name, one.figures.figures.projects, bar_words(one.figures.figures))
            for one in self.departements
        ]
        return Bars(title, tuple(bars), tone, narrow)


@dataclass(frozen=True, slots=True)
class JobPage:
    job: Job
    year: int | None
    source: Edition | None
    families: Sequence[FamilyPage]
    tensions: dict[str, TensionFact] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Around:
    """The job where the reader comes from: a sentence for each of its families."""

    card: Card
    sayings: Sequence[Saying]
    tension: TensionFact | None


def job_page(job: Job) -> JobPage:
    years = queries.bmo_years()
    year = years[0] if years else None
    families = [_family(one, year) for one in job.families]
    basins = sorted({place.code for one in families for place in one.basins})
    tensions = {fact.code: fact for fact in queries.tensions_of(job.rome, basins)}
    return JobPage(job, year, queries.bmo_edition(year) if year else None, families, tensions)


def _family(family: Family, year: int | None) -> FamilyPage:
    if year is None:
        return FamilyPage(family, Saying(""))
    (region,) = queries.bmo_of_jobs(year, ZoneKind.REGION, REGION, [family.code])
    return FamilyPage(
        family,
        tell(OCCITANIE, f"BMO {year}", region.figures, family.name),
        jobs.by_departement(year, family.code),
        jobs.by_basin(year, family.code),
        [fact for _, fact in queries.causes_of([family.code])],
    )


def around(page: JobPage, asked: str | None) -> Around | None:
    """What is published of the job at the place one comes from, or at the published place it lies in."""
    kind, _, code = (asked or "").partition(":")
    place = card(ZoneKind(kind), code) if kind in KINDS else None
    at = published_place(place) if place else None
    if place is None or at is None or at.code is None or page.year is None:
        return None
    spot = Spot(at.kind, at.code, at.name)
    codes = [one.family.code for one in page.families]
    sayings = [
        tell(spot, f"BMO {page.year}", one.figures, one.label)
        for one in queries.bmo_of_jobs(page.year, spot.kind, spot.code, codes)
    ]
    tension = queries.tension(page.job.rome, spot.code) if spot.kind is ZoneKind.BASSIN_BMO else None
    return Around(place, sayings, tension if tension and tension.level else None)


def share_cell(figures: Figures) -> str:
    """A share, `s` when it is secret, `–` when it would stand on fewer than 50 projects."""
    if figures.difficult_share is not None:
        return f"{figures.difficult_share:.0f}{NBSP}%"
    return SECRET if figures.difficult is None else FRAGILE


def rows(page: JobPage) -> Iterator[Sequence[Cell]]:
    """The open file: secrets are written `s`, each row names its source."""
    yield COLUMNS
    for one in page.families:
        for place in (*one.departements, *one.basins):
            yield (page.job.rome, page.job.label, one.family.code, one.family.name, *_row(place, page))


def _row(place: PlaceFigures, page: JobPage) -> tuple[Cell, ...]:
    source = page.source
    return (
        *(place.kind.label, place.code, place.name),
        *measures(place.figures.figures),
        *((f"{source.publisher}, {source.title}", page.year, source.licence) if source else ("", "", "")),
    )
