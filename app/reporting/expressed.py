"""Needs expressed in a territory, by theme: published only where nobody can be recognised."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import String, cast, func, select

from app.extensions import db
from app.inquiries.models import Inquiry, Need
from app.kernel.clock import PARIS
from app.reporting.secrecy import THRESHOLD, Cell, published
from app.rulebooks.queries import in_force

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
    by_theme: dict[str, list[Cell]] = defaultdict(list)
    for key, count in counts.items():
        if key in book.needs:
            by_theme[book.needs[key].theme].append(count)
    labels = {key: theme.label for key, theme in book.themes.items()}
    themes = (ThemeCount(labels[key], published(by_theme[key])) for key in labels if key in by_theme)
    return Expressed(since, THRESHOLD, tuple(themes))


def _by_need(communes: Sequence[str], since: datetime) -> Mapping[str, Cell]:
    company = func.coalesce(Inquiry.siret, cast(Inquiry.id, String))
    each = (
        select(Need.key, func.count().label("needs"))
        .join(Inquiry, Inquiry.id == Need.inquiry_id)
        .where(Inquiry.commune.in_(communes), Inquiry.filed_at >= since)
        .group_by(Need.key, company)
        .subquery()
    )
    of_key = select(each.c.key, func.sum(each.c.needs), func.count(), func.max(each.c.needs))
    return {
        key: Cell(int(needs), companies, largest)
        for key, needs, companies, largest in db.session.execute(of_key.group_by(each.c.key))
    }
