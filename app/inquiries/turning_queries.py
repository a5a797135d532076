"""How many forms were turned away: for those who steer, numbers alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select

from app.extensions import db
from app.inquiries.models import TurnedAway
from app.inquiries.turned_away import Aside


@dataclass(frozen=True, slots=True)
class AsideLine:
    """`forms` were turned away for this reason; of these, those whose profile is known, by profile."""

    reason: Aside
    forms: int
    profiles: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class TurnedAwayForms:
    """`places` counts them by département; those that never said where are under an empty code."""

    lines: Sequence[AsideLine]
    places: Mapping[str, int]


def turned_away_in(quarters: Sequence[str], departement: str | None = None) -> TurnedAwayForms:
    """Those of these quarters, in every département or in one."""
    asked = select(
        TurnedAway.reason, TurnedAway.profile, TurnedAway.departement, func.sum(TurnedAway.forms)
    ).where(TurnedAway.quarter.in_(quarters))
    if departement:
        asked = asked.where(TurnedAway.departement == departement)
    grouped = asked.group_by(TurnedAway.reason, TurnedAway.profile, TurnedAway.departement)
    reasons, profiles, places = Counter[str](), dict[str, Counter[str]](), Counter[str]()
    for reason, profile, place, forms in db.session.execute(grouped):
        if profile:
            profiles.setdefault(reason, Counter())[profile] += int(forms)
        else:
            reasons[reason] += int(forms)
            places[place] += int(forms)
    lines = [
        AsideLine(one, reasons[one], dict(profiles.get(one, Counter()).most_common()))
        for one in Aside
        if reasons[one]
    ]
    return TurnedAwayForms(lines, dict(sorted(places.items(), key=lambda one: (not one[0], one[0]))))
