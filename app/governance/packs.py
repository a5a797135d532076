"""The session pack: what the figures, the cases and the actions of a place say to those who govern; questions only.

The pack leaves the desk with whoever sits at the session: no company is named, and no count of a few (`lines`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import and_, func, select

from app.accounts.abilities import Viewer
from app.collective.places import communes_of
from app.collective.queries import about_place, read_by
from app.collective.words import Method
from app.dossiers.clocks import local_day
from app.dossiers.models import Dossier
from app.extensions import db
from app.governance import lines
from app.governance.lines import ActionLine, Lines, NeedLine
from app.governance.periods import Period
from app.gpec import queries as gpec
from app.gpec.figures import Edition, Figures, JobFigures
from app.gpec.tense import Tense, tense
from app.kernel.vocabulary import ZoneKind
from app.reporting import indicators
from app.reporting.beside import Feedback, feedback
from app.reporting.cells import Place
from app.reporting.expressed import TOLD_AT, Expressed, expressed_of
from app.reporting.published import Told, publication
from app.reporting.queries import board
from app.reporting.scope import Scope
from app.reporting.secrecy import rules
from app.reporting.served import Served, served_in, tellable
from app.routing.facts import REGION

FIRST_JOBS = 8
THEME = "recruter"
"""The theme set beside the survey of recruitments."""


@dataclass(frozen=True, slots=True)
class Survey:
    """The latest survey of the place, and of the region."""

    year: int
    source: Edition | None
    figures: Figures
    region: Figures
    jobs: Sequence[JobFigures]


@dataclass(frozen=True, slots=True)
class Activity:
    """The needs received in the period and how they were served; None when they come from too few companies."""

    figures: indicators.Figures | None
    served: Served | None
    partner: indicators.Figures | None
    least: int


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waits for a decision today, whatever the period."""

    needs: Lines[NeedLine]
    weak: int
    actions: Lines[ActionLine]

    def __bool__(self) -> bool:
        return bool(self.needs.total or self.weak or self.actions.total)


@dataclass(frozen=True, slots=True)
class Pack:
    """`needs` and `weak`: the collective needs open or answered in the period. `told`: the latest of its quarters that
    is published."""

    place: Place
    period: Period
    survey: Survey | None
    tense: Sequence[Tense]
    activity: Activity
    told: Expressed | None
    feedback: Feedback | None
    needs: Lines[NeedLine]
    weak: Lines[NeedLine]
    actions: Lines[ActionLine]
    waiting: Waiting


def pack(viewer: Viewer, place: Place, period: Period, on: date) -> Pack:
    """All that a session reads of a place in a period, as it stands that day."""
    least = rules().companies
    told = _told(period) if place.kind in TOLD_AT else None
    about = and_(read_by(viewer), about_place(place.kind, place.code))
    return Pack(
        place,
        period,
        _survey(place),
        tense(place.kind, place.code, FIRST_JOBS),
        _activity(place, period, on),
        expressed_of(told, place, on) if told else None,
        feedback(told, place, THEME) if told else None,
        lines.needs_in(about, period, Method.THRESHOLD, least),
        lines.needs_in(about, period, Method.PAST, least),
        lines.actions_in(about, period, least),
        Waiting(
            lines.needs_waiting(about, Method.THRESHOLD, least),
            lines.needs_waiting(about, Method.PAST, least).total,
            lines.actions_overdue(about, on, least),
        ),
    )


def first_day() -> date | None:
    """When the first company asked; None before any did."""
    asked = db.session.scalar(select(func.min(Dossier.asked_at)).where(Dossier.leads))
    return local_day(asked) if asked else None


def _told(period: Period) -> Told | None:
    found = (publication(one.name) for one in reversed(period.quarters))
    return next((one for one in found if one), None)


def _survey(place: Place) -> Survey | None:
    years = gpec.bmo_years()
    if not years or place.kind not in TOLD_AT:
        return None
    figures = gpec.bmo(years[0], place.kind, place.code)
    region = gpec.bmo(years[0], ZoneKind.REGION, REGION)
    jobs = gpec.top_jobs(years[0], place.kind, place.code, FIRST_JOBS)
    return Survey(years[0], gpec.bmo_edition(years[0]), figures, region, jobs)


def _activity(place: Place, period: Period, on: date) -> Activity:
    scope, told = _scope(place, period, on), rules()
    counted = board(scope)
    enough, partner_enough = tellable(scope, told), tellable(scope, told, partner=True)
    return Activity(
        counted.total if enough else None,
        served_in(scope, on) if enough else None,
        counted.partner if partner_enough else None,
        told.companies,
    )


def _scope(place: Place, period: Period, on: date) -> Scope:
    end = min(period.last, on)
    if place.kind is ZoneKind.REGION:
        return Scope(period.first, end)
    if place.kind is ZoneKind.DEPARTEMENT:
        return Scope(period.first, end, departement=place.code)
    return Scope(period.first, end, communes=tuple(communes_of(place.kind, place.code)))
