"""« Ce métier, ici »: what official figures say of a job around a commune, every linked family shown."""

from __future__ import annotations

from dataclasses import dataclass

from app.gpec import queries
from app.gpec.figures import Cause, Edition, TensionFact
from app.gpec.helping import strong
from app.gpec.links import Links
from app.gpec.wording import Saying, Spot, tell
from app.kernel.vocabulary import ZoneKind
from app.routing.facts import REGION
from app.territory import queries as territory
from app.territory.gazetteer import CommuneFact


@dataclass(frozen=True, slots=True)
class FamilyHere:
    """One family of the survey a job belongs to."""

    code: str
    label: str
    saying: Saying
    tension: TensionFact | None


@dataclass(frozen=True, slots=True)
class JobHere:
    """Families, else what the survey says of all jobs; `missing` names the files that would say more."""

    rome: str | None
    label: str | None
    spot: Spot
    year: int | None = None
    source: Edition | None = None
    overall: Saying | None = None
    families: tuple[FamilyHere, ...] = ()
    tension: TensionFact | None = None
    missing: tuple[str, ...] = ()

    @property
    def causes(self) -> tuple[Cause, ...]:
        return strong(one.tension.causes for one in self.families if one.tension)


def job_here(rome: str | None, commune: str, survey: str = "BMO") -> JobHere | None:
    """None when the commune is not of the region; `survey` is how the reader calls it."""
    found = territory.commune(commune)
    if found is None:
        return None
    spot, years = published_spot(found), queries.bmo_years()
    links = queries.links(rome) if rome else Links(None, ())
    tension = queries.tension(rome, spot.code) if rome and spot.kind is ZoneKind.BASSIN_BMO else None
    missing = _missing(spot, links, rome is not None, surveyed=bool(years))
    if not years:
        return JobHere(rome, links.label, spot, tension=tension, missing=missing)
    return JobHere(
        rome,
        links.label,
        spot,
        years[0],
        queries.bmo_edition(years[0]),
        tell(spot, f"{survey} {years[0]}", queries.bmo(years[0], spot.kind, spot.code)),
        _families(years[0], spot, links, found.departement, survey),
        tension,
        missing,
    )


def published_spot(one: CommuneFact) -> Spot:
    """The basin of a commune, or its département as long as basins are not known."""
    for kind in (ZoneKind.BASSIN_BMO, ZoneKind.DEPARTEMENT):
        code = one.zones.get(kind)
        zone = territory.zone(kind, code) if code else None
        if zone:
            return Spot(kind, zone.code, territory.zone_title(zone))
    return Spot(ZoneKind.DEPARTEMENT, one.departement, one.departement)


def _families(year: int, spot: Spot, links: Links, departement: str, survey: str) -> tuple[FamilyHere, ...]:
    known = queries.bmo_of_jobs(year, spot.kind, spot.code, links.fap228)
    return tuple(
        FamilyHere(
            one.job,
            one.label,
            tell(spot, f"{survey} {year}", one.figures, one.label),
            queries.tension_of_family(one.job, ZoneKind.DEPARTEMENT, departement)
            or queries.tension_of_family(one.job, ZoneKind.REGION, REGION),
        )
        for one in known
    )


def _missing(spot: Spot, links: Links, asked: bool, *, surveyed: bool) -> tuple[str, ...]:
    """The kinds of official files to bring, in the order they are of use."""
    absent = {
        "bmo": not surveyed,
        "bmo-basins": spot.kind is not ZoneKind.BASSIN_BMO,
        "rome-fap": asked and not links.fap228 and queries.last_import("rome-fap") is None,
    }
    return tuple(kind for kind, lacking in absent.items() if lacking)
