"""What the BMO survey says of a place: sums that skip secrets, shares with their base. Pure."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from app.kernel.vocabulary import Listed, ZoneKind

PUBLISHED_AT = (ZoneKind.DEPARTEMENT, ZoneKind.REGION, ZoneKind.BASSIN_BMO)
"""A basin is published by the survey; départements and the region are sums of its rows."""
FRAGILE_UNDER = 50
"""Projects under which a share is not shown: it rests on too few answers."""


class Cause(Listed):
    """What makes a recruitment hard, as the Dares measures it; 1 weak … 5 strong."""

    INTENSITY = "intensity", "Intensité d’embauches"
    TRAINING = "training", "Lien entre la formation et l’emploi"
    WORKFORCE = "workforce", "Manque de main-d’œuvre disponible"
    PRECARITY = "precarity", "Non-durabilité de l’emploi"
    CONDITIONS = "conditions", "Conditions de travail contraignantes"
    DISTANCE = "distance", "Inadéquation géographique"


@dataclass(frozen=True, slots=True)
class Figures:
    """Numbers of recruitment projects; None when every row is secret, or when there is none.

    `base`: the projects of the rows whose difficulty is published too. Shares are taken over it: difficulties
    are secret more often than projects, and over all projects each secret would count as no difficulty.
    """

    projects: int | None
    difficult: int | None
    seasonal: int | None
    rows: int
    secret_rows: int
    base: int | None = None
    seasonal_base: int | None = field(default=None, compare=False)
    """The same for seasons: the projects of the rows whose seasonal ones are published too."""

    @property
    def difficult_share(self) -> float | None:
        """Difficult projects in a hundred, from 50 projects on."""
        return _share(self.difficult, self.base)

    @property
    def seasonal_share(self) -> float | None:
        return _share(self.seasonal, self.seasonal_base)

    def to_dict(self) -> dict[str, object]:
        return {
            "projects": self.projects,
            "difficult": self.difficult,
            "seasonal": self.seasonal,
            "rows": self.rows,
            "secret_rows": self.secret_rows,
        }


def _share(part: int | None, base: int | None) -> float | None:
    return None if part is None or not base or base < FRAGILE_UNDER else 100 * part / base


NOTHING = Figures(None, None, None, 0, 0)
UNPUBLISHED: dict[str, object] = {
    **dict.fromkeys(NOTHING.to_dict()),
    "published_at": [kind.value for kind in PUBLISHED_AT],
}
"""The answer for a kind of zone the survey does not reach: nothing is known, and where to look."""


@dataclass(frozen=True, slots=True)
class JobFigures:
    """A job of the survey and its figures in a place."""

    job: str
    label: str
    figures: Figures


@dataclass(frozen=True, slots=True)
class Edition:
    """Where the figures of a year come from."""

    title: str
    publisher: str
    licence: str


@dataclass(frozen=True, slots=True)
class Employers:
    """Active employers of a zone by (nomenclature, division, band of employees), and where they come from."""

    year: int
    kind: ZoneKind
    code: str
    source: Edition
    counts: dict[tuple[str, str, str], int]

    @property
    def total(self) -> int:
        return sum(self.counts.values())

    def by_band(self) -> dict[str, int]:
        found: Counter[str] = Counter()
        for (_, _, band), count in self.counts.items():
            found[band] += count
        return dict(found)


@dataclass(frozen=True, slots=True)
class TensionFact:
    """How hard a job is to fill in a zone, one year: level 1 to 5 or None, and its causes when they are published."""

    year: int
    kind: ZoneKind
    code: str
    level: int | None
    nomenclature: str | None
    causes: dict[str, int]
    source: Edition
