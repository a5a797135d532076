"""The board counted again from the rows, one need at a time and without SQL: slow, and easy to believe."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

import holidays

from app.dossiers.models import Dossier
from app.extensions import db
from app.inquiries.models import Inquiry, Need
from app.kernel.clock import PARIS

FRENCH = holidays.country_holidays("FR")


@dataclass(frozen=True)
class Told:
    """What the rows say of one need."""

    departement: str
    theme: str
    filed_on: date
    lead_branch: int | None
    partner: bool
    taken: bool
    closed: bool
    days: int | None


def told() -> list[Told]:
    dossiers = db.session.query(Dossier).all()
    return [
        _told(
            need, db.session.get_one(Inquiry, need.inquiry_id), [d for d in dossiers if d.need_id == need.id]
        )
        for need in db.session.query(Need)
        if any(d.leads and d.outcome != "joined" for d in dossiers if d.need_id == need.id)
    ]


def _told(need: Need, inquiry: Inquiry, dossiers: list[Dossier]) -> Told:
    lead = next((one for one in dossiers if one.leads), None)
    filed_on = inquiry.filed_at.astimezone(PARIS).date()
    contacts = [one.first_contact_on for one in dossiers if one.first_contact_on]
    return Told(
        inquiry.departement,
        need.theme,
        filed_on,
        lead.branch_id if lead else None,
        bool(lead and lead.actor == "france_travail"),
        bool(lead and lead.status in {"taken", "closed"}),
        bool(lead and lead.status == "closed"),
        working_days(filed_on, min(contacts)) if contacts else None,
    )


def working_days(start: date, end: date) -> int:
    """Days after `start`, `end` included, that are neither a weekend nor a public holiday."""
    day, count = start, 0
    while day < end:
        day += timedelta(days=1)
        count += day.weekday() not in (5, 6) and day not in FRENCH
    return count


def figures(rows: Iterable[Told], least: int = 5) -> tuple[int, int, int, int, float | None]:
    rows = list(rows)
    days = sorted(one.days for one in rows if one.days is not None)
    middle = len(days) // 2
    median = None
    if len(days) >= least:
        median = float(days[middle]) if len(days) % 2 else (days[middle - 1] + days[middle]) / 2
    return (
        len(rows),
        len([one for one in rows if one.taken]),
        len([one for one in rows if one.closed]),
        len(days),
        median,
    )


def by(
    rows: Iterable[Told], key: Callable[[Told], str]
) -> dict[str, tuple[int, int, int, int, float | None]]:
    groups: dict[str, list[Told]] = {}
    for one in rows:
        groups.setdefault(key(one), []).append(one)
    return {code: figures(group) for code, group in groups.items()}
