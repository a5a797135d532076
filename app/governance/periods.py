"""The periods a session looks at: quarters, half-years and years, from the first request on; pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from app.kernel.quarters import Quarter, last_over, quarters_of
from app.kernel.vocabulary import Listed


class Length(Listed):
    QUARTER = "quarter", "Trimestres"
    HALF = "half", "Semestres"
    YEAR = "year", "Années"


@dataclass(frozen=True, slots=True)
class Period:
    """Whole quarters, one after the other; `name` is what an address says: « 2026-T3 », « 2026-S2 », « 2026 »."""

    name: str
    words: str
    quarters: tuple[Quarter, ...]

    @property
    def first(self) -> date:
        return self.quarters[0].first

    @property
    def after(self) -> date:
        return self.quarters[-1].after

    @property
    def last(self) -> date:
        return self.quarters[-1].last


def periods(since: date | None, on: date) -> Mapping[Length, Sequence[Period]]:
    """All that began by that day and hold some of it since the first request, the latest first; the quarter over last
    at least."""
    latest = last_over(on)
    known = quarters_of(min(since or latest.first, latest.first), on)
    years = sorted({one.first.year for one in known}, reverse=True)
    halves = [(year, half) for year in years for half in (2, 1)]
    offered = {one.name for one in known}
    return {
        Length.QUARTER: [Period(one.name, one.words, (one,)) for one in reversed(known)],
        Length.HALF: [one for year, half in halves if offered & _names(one := _half(year, half))],
        Length.YEAR: [_year(year) for year in years],
    }


def chosen(name: str, since: date | None, on: date) -> Period | None:
    """The period of this name, the quarter over last when none is named; None when it is not offered."""
    wanted = name or last_over(on).name
    return next((one for ones in periods(since, on).values() for one in ones if one.name == wanted), None)


def _half(year: int, half: int) -> Period:
    quarters = quarters_of(date(year, 6 * half - 5, 1), date(year, 6 * half, 1))
    return Period(f"{year}-S{half}", f"{'1er' if half == 1 else '2e'} semestre {year}", quarters)


def _year(year: int) -> Period:
    return Period(str(year), f"Année {year}", quarters_of(date(year, 1, 1), date(year, 12, 31)))


def _names(period: Period) -> set[str]:
    return {one.name for one in period.quarters}
