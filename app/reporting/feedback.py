"""What the cases say beside the BMO survey: more, as much, less; pure.

Needs of one theme and place are set beside the recruitment projects of the same place, among the jobs known on both
sides alone: a job whose needs are secret, or whose projects are secret or too few, is no part of the shares. Given
their total, the needs of a job follow a binomial law whose chance is its share of the projects: « more » or « less »
is said when chance alone would give that many, or that few, less than once in forty (exact tails, 2.5 % on each side).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from app.gpec.figures import FRAGILE_UNDER, NOTHING, Figures
from app.kernel.binomial import at_least, at_most
from app.kernel.vocabulary import Listed

TAIL = 0.025


class Verdict(Listed):
    MORE = "plus", "les demandes disent plus"
    SAME = "autant", "autant"
    LESS = "moins", "les demandes disent moins"


class Gap(Listed):
    """Why no verdict is given."""

    UNTOLD = "non_publie", "demandes : néant ou secret"
    UNSURVEYED = "hors_enquete", "absent de l’enquête"
    SECRET = "bmo_secret", "enquête : secret"
    FRAGILE = "bmo_fragile", f"moins de {FRAGILE_UNDER} projets"
    ALONE = "seul", "seul métier comparable"


@dataclass(frozen=True, slots=True)
class Line:
    """A job on both sides. Shares are percents among the compared jobs; `needs` is None when secret or none."""

    code: str
    label: str
    needs: int | None
    figures: Figures
    verdict: Verdict | None = None
    gap: Gap | None = None
    share: float | None = None
    surveyed_share: float | None = None

    @property
    def told(self) -> str:
        """The last column: a verdict, or why there is none."""
        return (self.verdict or self.gap or Gap.UNTOLD).label


def compare(
    needs: Mapping[str, int], surveyed: Mapping[str, Figures], names: Mapping[str, str]
) -> list[Line]:
    """Every job of either side, those most asked first, then those of most projects."""
    lines = [
        Line(code, names.get(code, code), needs.get(code), surveyed.get(code, NOTHING))
        for code in {*needs, *surveyed}
    ]
    compared = [one for one in lines if _gap(one) is None]
    asked = sum(one.needs or 0 for one in compared)
    projects = sum(one.figures.projects or 0 for one in compared)
    judged = (_judged(one, len(compared), asked, projects) for one in lines)
    return sorted(judged, key=lambda one: (-(one.needs or 0), -(one.figures.projects or 0), one.code))


def strongest(lines: Iterable[Line], verdict: Verdict) -> list[Line]:
    """The jobs of this verdict, the farthest from the survey first."""
    kept = [one for one in lines if one.verdict is verdict]
    return sorted(kept, key=lambda one: (-abs((one.share or 0) - (one.surveyed_share or 0)), one.code))


def together(figures: Sequence[Figures]) -> Figures:
    """The sum of rows that skip secrets, as the survey's own figures are summed."""

    def total(values: Iterable[int | None]) -> int | None:
        known = [one for one in values if one is not None]
        return sum(known) if known else None

    return Figures(
        total(one.projects for one in figures),
        total(one.difficult for one in figures),
        total(one.seasonal for one in figures),
        sum(one.rows for one in figures),
        sum(one.secret_rows for one in figures),
        total(one.base for one in figures),
        total(one.seasonal_base for one in figures),
    )


def _judged(line: Line, compared: int, asked: int, projects: int) -> Line:
    gap = _gap(line)
    if gap is not None:
        return replace(line, gap=gap)
    if compared < 2 or line.needs is None or line.figures.projects is None:
        return replace(line, gap=Gap.ALONE)
    chance = line.figures.projects / projects
    return replace(
        line,
        verdict=_verdict(line.needs, asked, chance),
        share=100 * line.needs / asked,
        surveyed_share=100 * chance,
    )


def _verdict(needs: int, asked: int, chance: float) -> Verdict:
    if at_least(needs, asked, chance) < TAIL:
        return Verdict.MORE
    return Verdict.LESS if at_most(needs, asked, chance) < TAIL else Verdict.SAME


def _gap(line: Line) -> Gap | None:
    if line.needs is None:
        return Gap.UNTOLD
    if not line.figures.rows:
        return Gap.UNSURVEYED
    if line.figures.projects is None:
        return Gap.SECRET
    return Gap.FRAGILE if line.figures.projects < FRAGILE_UNDER else None
