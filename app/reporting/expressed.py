"""Needs expressed in a territory, by theme: published only where nobody can be recognised."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import String, cast, func, select

from app.extensions import db
from app.inquiries.models import Inquiry, Need
from app.kernel.quarters import Quarter, last_over
from app.reporting.secrecy import THRESHOLD, Cell, published
from app.rulebooks.queries import NoRulebook, in_force


@dataclass(frozen=True, slots=True)
class ThemeCount:
    """A theme and its needs; None is secret or none at all: the two are not told apart."""

    label: str
    needs: int | None


@dataclass(frozen=True, slots=True)
class Expressed:
    """Of the last quarter that is over: two readings a day apart are the same, and two quarters share no need."""

    quarter: Quarter
    threshold: int
    themes: tuple[ThemeCount, ...]


def expressed_in(communes: Sequence[str], on: date) -> Expressed:
    """The needs received in these communes, theme by theme: every theme of the edition, whatever was asked;
    none while there is no edition."""
    over = last_over(on)
    try:
        book = in_force(on)
    except NoRulebook:
        return Expressed(over, THRESHOLD, ())
    by_theme: dict[str, list[Cell]] = defaultdict(list)
    for key, count in _by_need(communes, over).items():
        if key in book.needs:
            by_theme[book.needs[key].theme].append(count)
    used = {need.theme for need in book.needs.values() if need.in_scope}
    themes = (
        ThemeCount(theme.label, published(by_theme[key])) for key, theme in book.themes.items() if key in used
    )
    return Expressed(over, THRESHOLD, tuple(themes))


def _by_need(communes: Sequence[str], over: Quarter) -> Mapping[str, Cell]:
    company = func.coalesce(Inquiry.siret, cast(Inquiry.id, String))
    each = (
        select(Need.key, func.count().label("needs"))
        .join(Inquiry, Inquiry.id == Need.inquiry_id)
        .where(Inquiry.commune.in_(communes), Inquiry.filed_at >= over.began, Inquiry.filed_at < over.ended)
        .group_by(Need.key, company)
        .subquery()
    )
    of_key = select(each.c.key, func.sum(each.c.needs), func.count(), func.max(each.c.needs))
    return {
        key: Cell(int(needs), companies, largest)
        for key, needs, companies, largest in db.session.execute(of_key.group_by(each.c.key))
    }
