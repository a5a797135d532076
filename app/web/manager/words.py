"""How figures are written: a base beside each, « aucun » rather than nought, no median on a few cases."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from app.kernel.vocabulary import DEPARTEMENTS
from app.reporting import indicators
from app.reporting.charts import Point
from app.reporting.exports import Cell
from app.reporting.indicators import LEAST, Figures, Indicator
from app.reporting.queries import Board, Line, Slice
from app.reporting.scope import Scope

MONTHS = ("janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc.")
NBSP = "\u00a0"


@dataclass(frozen=True, slots=True)
class Tile:
    label: str
    figure: str
    base: str
    definition: str


def tiles(figures: Figures) -> tuple[Tile, ...]:
    """Four figures, each with what it is counted on."""
    base = f"sur {plural(figures.received, 'besoin reçu', 'besoins reçus')}"
    return (
        _tile(indicators.RECEIVED, number(figures.received), "pendant la période"),
        _tile(indicators.TAKEN, number(figures.taken), base),
        _tile(indicators.CLOSED, number(figures.closed), base),
        _tile(indicators.FIRST_CONTACT, *_median_tile(figures)),
    )


def _tile(indicator: Indicator, figure: str, base: str) -> Tile:
    return Tile(indicator.name, figure, base, meaning(indicator))


def meaning(indicator: Indicator) -> str:
    return (
        f"{indicator.definition} Compte{NBSP}: {indicator.numerator} "
        f"Base{NBSP}: {indicator.denominator} Exclut{NBSP}: {indicator.excluded}"
    )


def _median_tile(figures: Figures) -> tuple[str, str]:
    exchanges = plural(figures.contacted, "premier échange noté", "premiers échanges notés")
    if figures.median_days is None:
        few = f"{exchanges}. Il en faut {LEAST} pour donner une médiane." if figures.contacted else ""
        return "Non donné", few or "aucun premier échange noté"
    return days(figures.median_days), f"médiane, sur {exchanges}"


def number(count: int) -> str:
    """« Aucun » reads better than a lone nought."""
    return f"{count:,}".replace(",", NBSP) if count else "Aucun"


def days(value: float) -> str:
    return f"{value:g}".replace(".", ",") + NBSP + ("jour" if value < 2 else "jours")


def plural(count: int, one: str, several: str) -> str:
    return f"{number(count).lower()}{NBSP}{several if count > 1 else one}"


def wait(figures: Figures) -> tuple[str, str]:
    """The median of a line, and the base that goes with it."""
    if not figures.contacted:
        return "–", "aucun échange"
    base = plural(figures.contacted, "échange", "échanges")
    return (days(figures.median_days), base) if figures.median_days is not None else ("trop peu", base)


def silent(lines: Iterable[Line], names: Mapping[str, str]) -> list[str]:
    """What the filters allow and nobody wrote from: said, because a missing line could mean anything."""
    seen = {line.code for line in lines}
    return [name for code, name in names.items() if code not in seen]


def cut_label(cut: Slice, *, weekly: bool) -> str:
    return short_day(cut.first) if weekly else f"{MONTHS[cut.first.month - 1]} {cut.first:%y}"


def short_day(day: date) -> str:
    return f"{day.day}{'er' if day.day == 1 else ''} {MONTHS[day.month - 1]}"


def points(cuts: Sequence[Slice], *, weekly: bool) -> tuple[Point, ...]:
    return tuple(Point(cut_label(cut, weekly=weekly), cut.received, cut.taken) for cut in cuts)


HEADER = (
    "Tableau",
    "Code",
    "Libellé",
    "Du",
    "Au",
    "Besoins reçus",
    "Besoins pris",
    "Besoins clos",
    "Premiers échanges notés",
    f"Jours ouvrés avant le premier échange (médiane, à partir de {LEAST} échanges)",
)


def export(scope: Scope, counted: Board, themes: Mapping[str, str]) -> list[Sequence[Cell]]:
    """The tables of the board as rows of a file."""
    period = (scope.start.isoformat(), scope.end.isoformat())

    def row(table: str, code: str, label: str, one: Figures) -> Sequence[Cell]:
        counts = (one.received, one.taken, one.closed, one.contacted, one.median_days)
        return (table, code, label, *period, *counts)

    return [
        HEADER,
        row("Ensemble", "", "Sans France Travail", counted.total),
        *(
            row("Département", one.code, DEPARTEMENTS.get(one.code, one.code), one.figures)
            for one in counted.by_departement
        ),
        *(row("Thème", one.code, themes.get(one.code, one.code), one.figures) for one in counted.by_theme),
        row("France Travail", "", "Partenaire, compté à part", counted.partner),
    ]
