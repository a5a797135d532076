"""What a manager asks of the board: period, département, theme; text in, a scope or a sentence out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from app.kernel.clock import PARIS
from app.kernel.vocabulary import DEPARTEMENTS
from app.reporting.scope import LONGEST, Scope

FIELDS = ("du", "au", "departement", "theme")
USUAL = timedelta(days=89)
FIRST = date(2020, 1, 1)
"""Nothing is older than the service."""
FORMATS = ("%Y-%m-%d", "%d/%m/%Y")
LONGEST_TYPED = 40


class BadFilter(ValueError):
    """A filter that means nothing; the sentence says what to write, `field` where."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field, self.sentence = field, sentence


@dataclass(frozen=True, slots=True)
class Asked:
    """The filters as typed, and what they mean; `scope` is None when they mean nothing."""

    typed: Mapping[str, str]
    scope: Scope | None
    problem: BadFilter | None = None

    @property
    def kept(self) -> dict[str, str]:
        """The filters that say something, to carry from page to page."""
        return {key: value for key, value in self.typed.items() if value}


def read(
    args: Mapping[str, str], themes: Mapping[str, str], branches: tuple[int, ...] | None, on: date
) -> Asked:
    """Never raises: a filter that cannot be read is a sentence on the page."""
    typed = {key: args.get(key, "").replace("\0", "").strip()[:LONGEST_TYPED] for key in FIELDS}
    try:
        start, end = _period(typed["du"], typed["au"], on)
        departement = _listed(typed, "departement", DEPARTEMENTS, "Choisissez un département de la liste.")
        theme = _listed(typed, "theme", themes, "Choisissez un thème de la liste.")
    except BadFilter as problem:
        return Asked(typed, None, problem)
    return Asked(typed, Scope(start, end, departement, theme, branches))


def _period(typed_start: str, typed_end: str, on: date) -> tuple[date, date]:
    end = _day("au", typed_end, on) or on
    start = _day("du", typed_start, on) or max(end - USUAL, FIRST)
    if start > end:
        raise BadFilter("du", "Le début vient après la fin. Inversez les deux dates.")
    if (end - start).days > LONGEST:
        raise BadFilter("du", "Choisissez une période de trois ans au plus.")
    return start, end


def _day(field: str, typed: str, on: date) -> date | None:
    if not typed:
        return None
    day = next((found for form in FORMATS if (found := _parsed(typed, form))), None)
    if day is None:
        raise BadFilter(field, f"Écrivez la date comme {on:%d/%m/%Y}.")
    if not FIRST <= day <= on:
        raise BadFilter(field, "Choisissez une date passée, à partir de 2020.")
    return day


def _parsed(typed: str, form: str) -> date | None:
    try:
        return datetime.strptime(typed, form).replace(tzinfo=PARIS).date()
    except ValueError:
        return None


def _listed(typed: Mapping[str, str], field: str, choices: Mapping[str, str], sentence: str) -> str | None:
    value = typed[field]
    if value and value not in choices:
        raise BadFilter(field, sentence)
    return value or None


def presets(on: date) -> tuple[tuple[str, dict[str, str]], ...]:
    """Usual periods, one click away."""
    spans = (("30 derniers jours", 29), ("90 derniers jours", 89), ("12 derniers mois", 364))
    return tuple(
        (label, {"du": (on - timedelta(days=days)).isoformat(), "au": on.isoformat()})
        for label, days in spans
    )
