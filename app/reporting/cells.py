"""The cells of what is published: place × theme × job × size, and how they lie in one another; pure.

Within a place and a theme one goes down to the job (domain of the FAP-2021, then family FAP-228), to the size of the
company, or to a domain and a size together; never to a family and a size, which too few companies share. An empty name
is « all of them ».
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from app.kernel.vocabulary import Listed, ZoneKind
from app.routing.facts import REGION as REGION_CODE


class Size(Listed):
    """Employees of the company, by the bands of a very small business."""

    NONE = "0", "aucun salarié"
    UNDER_10 = "1-9", "1 à 9 salariés"
    UNDER_20 = "10-19", "10 à 19 salariés"
    UNDER_50 = "20-49", "20 à 49 salariés"
    FROM_50 = "50+", "50 salariés et plus"


SIRENE: Mapping[Size, tuple[str, ...]] = {
    Size.UNDER_10: ("01", "02", "03"),
    Size.UNDER_20: ("11",),
    Size.UNDER_50: ("12",),
    Size.FROM_50: ("21", "22", "31", "32", "41", "42", "51", "52", "53"),
}
"""INSEE's bands of the establishments that employ. Who employs nobody is not counted there: « 00 » is an employer that
had nobody on 31 December."""
BANDS = ((0, 0, Size.NONE), (1, 9, Size.UNDER_10), (10, 19, Size.UNDER_20), (20, 49, Size.UNDER_50))


class Place(NamedTuple):
    kind: ZoneKind
    code: str


REGION = Place(ZoneKind.REGION, REGION_CODE)


class Key(NamedTuple):
    """The name of a cell."""

    place: Place
    theme: str = ""
    job: str = ""
    size: str = ""


@dataclass(frozen=True, slots=True)
class Record:
    """One need of one company; `basin`, `family` and `size` are empty when they are not known."""

    company: str
    departement: str
    basin: str
    theme: str
    family: str
    size: str

    @property
    def places(self) -> tuple[Place, ...]:
        """The region, its département and, when it is known, its basin: a basin may lie in two départements."""
        basin = (Place(ZoneKind.BASSIN_BMO, self.basin),) if self.basin else ()
        return (REGION, Place(ZoneKind.DEPARTEMENT, self.departement), *basin)


def size_of(low: int | None, high: int | None) -> str:
    """The band that holds both ends of what was said, empty when it holds none or nothing was said."""
    first, last = (low if low is not None else high), (high if high is not None else low)
    if first is None or last is None:
        return ""
    if first >= 50:
        return Size.FROM_50
    return next((size for start, end, size in BANDS if start <= first and last <= end), "")


def domain_of(family: str) -> str:
    """The domain of a FAP-2021 family is its first letter (Dares, FAP-2021)."""
    return family[:1]


def keys_of(record: Record) -> Iterator[Key]:
    """Every cell this need is counted in."""
    jobs = (domain_of(record.family), record.family) if record.family else ()
    for place in record.places:
        yield Key(place)
        yield Key(place, record.theme)
        for job in jobs:
            yield Key(place, record.theme, job)
        if record.size:
            yield Key(place, record.theme, size=record.size)
            if record.family:
                yield Key(place, record.theme, domain_of(record.family), record.size)
