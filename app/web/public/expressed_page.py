"""What the page of expressed needs shows, once its three choices are read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.kernel.clock import today
from app.kernel.quarters import Quarter
from app.kernel.vocabulary import DEPARTEMENTS, ZoneKind
from app.reporting.beside import Feedback, feedback
from app.reporting.cells import REGION, Place, Size
from app.reporting.charts import LIGHT
from app.reporting.expressed import TOLD_AT, ThemeCount, expressed_of, quarter_of, themes_on
from app.reporting.feedback import Line, Verdict, strongest
from app.reporting.pairs import Pair, Pairs
from app.reporting.published import Told, Withdrawn, publication, publications, withdrawn
from app.territory.queries import zone_title, zones
from app.web.public.territory_card import OCCITANIE

FIRST_THEME = "recruter"
"""What the survey is about: the closest to it."""
ALL_THEMES = "tous"
"""How an address says all themes together: jobs and sizes are not told across themes."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One option of a list: what the address says, what is read."""

    value: str
    label: str


SIZES = (Choice("", "Toutes"), *(Choice(one.value, one.label) for one in Size))


@dataclass(frozen=True, slots=True)
class Page:
    """`unknown`: something asked in the address does not exist, and the usual choice stands for it."""

    told: Told
    quarter: Quarter
    quarters: Sequence[Choice]
    places: Mapping[str, Sequence[Choice]]
    themes: Sequence[Choice]
    sizes: Sequence[Choice]
    place: Choice
    theme: Choice
    size: Choice
    feedback: Feedback
    by_theme: Sequence[ThemeCount]
    unknown: bool

    @property
    def query(self) -> dict[str, str]:
        """The choices, as an address says them."""
        size = {"taille": self.size.value} if self.size.value else {}
        return {"lieu": self.place.value, "theme": self.theme.value, "trimestre": self.told.quarter, **size}

    @property
    def subject(self) -> str:
        """« Trouver la bonne personne », of companies of a size when one is chosen."""
        return self.theme.label + (f", entreprises de {self.size.label}" if self.size.value else "")

    @property
    def compared(self) -> list[Line]:
        return [one for one in self.feedback.domains if one.verdict is not None]

    @property
    def more(self) -> list[Line]:
        return strongest(self.feedback.domains, Verdict.MORE)

    @property
    def less(self) -> list[Line]:
        return strongest(self.feedback.domains, Verdict.LESS)

    def picture(self, tone: str = LIGHT, *, narrow: bool = False) -> Pairs:
        title = f"{self.subject}, {self.place.label} : part de chaque domaine, demandes et enquête BMO"
        pairs = (
            Pair(one.label, one.share or 0, one.surveyed_share or 0, one.verdict.value)
            for one in self.compared
            if one.verdict
        )
        return Pairs(title, tuple(pairs), tone, narrow)


def gone(quarter: str) -> Withdrawn | None:
    """Why this quarter is no longer told; None when it is, or never was."""
    return next((one for one in withdrawn() if one.quarter == quarter), None)


def page(asked: Mapping[str, str]) -> Page | None:
    """None before anything is published."""
    told, known = _told(asked.get("trimestre", ""))
    if told is None:
        return None
    places = places_told()
    themes = [Choice(ALL_THEMES, "Tous les thèmes"), *(Choice(*one) for one in themes_on(today()).items())]
    place, place_known = _chosen([one for ones in places.values() for one in ones], asked.get("lieu", ""))
    theme, theme_known = _chosen(themes, asked.get("theme", ""), FIRST_THEME)
    where = place_of(place.value)
    size, size_known = _chosen(SIZES, asked.get("taille", ""))
    return Page(
        told=told,
        quarter=quarter_of(told),
        quarters=[Choice(one.quarter, quarter_of(one).words) for one in publications()],
        places=places,
        themes=themes,
        place=place,
        sizes=SIZES,
        theme=theme,
        size=size,
        feedback=feedback(
            told,
            where,
            "" if theme.value == ALL_THEMES else theme.value,
            Size(size.value) if size.value else None,
        ),
        by_theme=expressed_of(told, where, today()).themes if theme.value == ALL_THEMES else (),
        unknown=not (known and place_known and theme_known and size_known),
    )


def places_told() -> dict[str, list[Choice]]:
    """The places a publication may tell of, by kind."""
    basins = sorted(zones(ZoneKind.BASSIN_BMO), key=lambda one: one.name)
    return {
        ZoneKind.REGION.label: [Choice(_value(*REGION), OCCITANIE)],
        "Départements": [
            Choice(_value(ZoneKind.DEPARTEMENT, code), f"{name} ({code})")
            for code, name in DEPARTEMENTS.items()
        ],
        "Bassins de l’enquête BMO": [
            Choice(_value(ZoneKind.BASSIN_BMO, one.code), zone_title(one)) for one in basins
        ],
    }


def place_of(value: str) -> Place:
    """« departement:31 ». Raises ValueError for a kind that nothing is told of."""
    kind, _, code = value.partition(":")
    if kind not in TOLD_AT:
        raise ValueError("no publication tells of this kind of place")
    return Place(ZoneKind(kind), code)


def _value(kind: str, code: str) -> str:
    return f"{kind}:{code}"


def _told(name: str) -> tuple[Told | None, bool]:
    found = publication(name) if name else None
    return found or publication(), not name or found is not None


def _chosen(choices: Sequence[Choice], value: str, usual: str = "") -> tuple[Choice, bool]:
    """The choice asked for, else the usual one, else the first; and whether what was asked exists."""
    by_value = {one.value: one for one in choices}
    found = by_value.get(value)
    fallback = by_value.get(usual) or (choices[0] if choices else Choice("", ""))
    return found or fallback, found is not None or not value
