"""When requests alike make a collective need, and when a place asks more than it used to; pure and deterministic.

A place is looked for from the basin up (`PLACE_COLUMNS`): the basin is where the official survey speaks, an EPCI may
cross basins, the département is for requests spread too thin. A request already in a smaller place that holds is not
counted again in a wider one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from app.collective.poisson import at_least, upper_limit
from app.collective.thresholds import PastLimit, Threshold
from app.collective.words import PLACE_COLUMNS
from app.kernel.vocabulary import ZoneKind


@dataclass(frozen=True, slots=True)
class Seen:
    """A request as the detection reads it; `places` has no entry for a zone that is not known."""

    id: int
    family: str
    theme: str
    company: str
    filed_on: date
    places: Mapping[ZoneKind, str]


@dataclass(frozen=True, slots=True, order=True)
class Subject:
    """What a collective need is about."""

    family: str
    theme: str
    kind: ZoneKind
    code: str


@dataclass(frozen=True, slots=True)
class Found:
    """A subject that holds, with its requests in the order of their numbers."""

    subject: Subject
    signals: tuple[int, ...]
    companies: int


@dataclass(frozen=True, slots=True)
class Rising:
    """A count above what the place's own past explains."""

    signals: int
    companies: int
    past: int
    past_days: int
    expected: float
    limit: int
    chance: float


def first_day(on: date, days: int) -> date:
    """The first of the `days` days that end on this one."""
    return on - timedelta(days=days - 1)


def holding(signals: Iterable[Seen], threshold: Threshold, on: date) -> dict[Subject, Found]:
    """Every subject that holds, whatever the kind of its place: one more request never removes any."""
    kept = _in_window(signals, threshold, on)
    found = (one for kind in PLACE_COLUMNS for one in _holding_in(kind, kept, threshold))
    return {one.subject: one for one in found}


def chosen(signals: Iterable[Seen], threshold: Threshold, on: date) -> list[Found]:
    """What is proposed: the smallest places first, each request once, in the order of the subjects."""
    free, proposed = _in_window(signals, threshold, on), list[Found]()
    for kind in PLACE_COLUMNS:
        found = _holding_in(kind, free, threshold)
        taken = {number for one in found for number in one.signals}
        free = [one for one in free if one.id not in taken]
        proposed += found
    return sorted(proposed, key=lambda one: one.subject)


def rising(recent: int, companies: int, past: int, observed_days: int, limits: PastLimit) -> Rising | None:
    """None when the count may be chance, or when the past is too short or too empty to say."""
    past_days = min(observed_days, limits.past_days)
    if recent < limits.signals or companies < limits.companies:
        return None
    if past_days < limits.shortest_past or past < limits.past_signals:
        return None
    expected = past * limits.days / past_days
    chance = at_least(recent, expected)
    if chance >= limits.alpha:
        return None
    return Rising(recent, companies, past, past_days, expected, upper_limit(expected, limits.alpha), chance)


def _in_window(signals: Iterable[Seen], threshold: Threshold, on: date) -> list[Seen]:
    """A request without a known family is never counted: unknown is not a family."""
    since = first_day(on, threshold.days)
    kept = (one for one in signals if one.family and since <= one.filed_on <= on)
    return sorted(kept, key=lambda one: one.id)


def _holding_in(kind: ZoneKind, signals: Iterable[Seen], threshold: Threshold) -> list[Found]:
    alike: dict[Subject, list[Seen]] = defaultdict(list)
    for one in signals:
        code = one.places.get(kind)
        if code:
            alike[Subject(one.family, one.theme, kind, code)].append(one)
    return [
        Found(subject, tuple(one.id for one in group), companies)
        for subject, group in alike.items()
        if len(group) >= threshold.signals
        and (companies := len({one.company for one in group})) >= threshold.companies
    ]
