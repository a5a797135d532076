"""Needs expressed in a territory, by theme: published only where nobody can be recognised."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import String, cast, func, select

from app.extensions import db
from app.inquiries.models import Inquiry, Need
from app.kernel.clock import PARIS
from app.rulebooks.queries import in_force

THRESHOLD = 5
"""Fewer companies in a cell, and the cell is secret."""
PERIOD = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class ThemeCount:
    """A theme and its needs; None is secret, which is not zero."""

    label: str
    needs: int | None


@dataclass(frozen=True, slots=True)
class Expressed:
    since: date
    threshold: int
    themes: tuple[ThemeCount, ...]


def expressed_in(communes: Sequence[str], on: date) -> Expressed:
    """The needs received in these communes over the last year."""
    since = on - PERIOD
    counts = _by_need(communes, datetime.combine(since, time.min, PARIS))
    if not counts:
        return Expressed(since, THRESHOLD, ())
    book = in_force(on)
    by_theme: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for key, count in counts.items():
        if key in book.needs:
            by_theme[book.needs[key].theme].append(count)
    labels = {key: theme.label for key, theme in book.themes.items()}
    themes = (ThemeCount(labels[key], published(by_theme[key])) for key in labels if key in by_theme)
    return Expressed(since, THRESHOLD, tuple(themes))


def published(cells: Iterable[tuple[int, int]]) -> int | None:
    """(needs, companies) of each kind of need → the needs of the theme, or None when too few companies.

    A company may stand in several cells: the largest cell is the least number of companies there can be.
    """
    cells = list(cells)
    fewest = max(companies for _, companies in cells)
    return sum(needs for needs, _ in cells) if fewest >= THRESHOLD else None


def _by_need(communes: Sequence[str], since: datetime) -> Mapping[str, tuple[int, int]]:
    company = func.coalesce(Inquiry.siret, cast(Inquiry.id, String))
    counted = (
        select(Need.key, func.count(), func.count(company.distinct()))
        .join(Inquiry, Inquiry.id == Need.inquiry_id)
        .where(Inquiry.commune.in_(communes), Inquiry.filed_at >= since)
        .group_by(Need.key)
    )
    return {key: (needs, companies) for key, needs, companies in db.session.execute(counted)}
