"""The session pack: what the figures, the cases and the actions of a place say to those who govern; questions only.

No company is named, and no count of a few: the pack leaves the desk with whoever sits at the session.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, and_, func, or_, select

from app.accounts.abilities import Role, Viewer
from app.collective.acting import ActionKind, Reply, Result, Stage
from app.collective.models import Agreement, CollectiveAction, CollectiveEvent, CollectiveNeed
from app.collective.places import places_of
from app.collective.queries import about_place, read_by
from app.collective.wordings import NeedWords, worded
from app.collective.words import OPEN, Happening, Method, State
from app.directory.models import Branch
from app.extensions import db
from app.gpec import queries as gpec
from app.gpec.figures import Edition, Figures, JobFigures
from app.kernel.clock import midnight
from app.kernel.quarters import Quarter
from app.kernel.vocabulary import DEPARTEMENTS, ZoneKind
from app.reporting import indicators
from app.reporting.beside import Feedback, feedback
from app.reporting.cells import Place
from app.reporting.expressed import TOLD_AT, Expressed, expressed_of
from app.reporting.published import publication
from app.reporting.queries import board
from app.reporting.scope import Scope
from app.reporting.secrecy import rules
from app.routing.facts import REGION
from app.territory.queries import members, zones

MOST = 60
"""Lines of a list: a session reads no more."""
FIRST_JOBS = 8
THEME = "recruter"
"""The theme set beside the survey of recruitments."""
CHOSEN = (ZoneKind.DEPARTEMENT, ZoneKind.BASSIN_BMO, ZoneKind.EPCI)


@dataclass(frozen=True, slots=True)
class Survey:
    """The latest survey of the place, and of the region."""

    year: int
    source: Edition | None
    figures: Figures
    region: Figures
    jobs: Sequence[JobFigures]


@dataclass(frozen=True, slots=True)
class ActionLine:
    """An action, without any company: how many were asked, how many agreed."""

    title: str
    kind: ActionKind
    bearer: str
    on: date
    stage: Stage
    result: Result | None
    people: int | None
    asked: int
    agreed: int


@dataclass(frozen=True, slots=True)
class Activity:
    """The needs received in the period; `figures` is None under the threshold of companies' secrecy."""

    figures: indicators.Figures | None
    partner: indicators.Figures | None
    threshold: int


@dataclass(frozen=True, slots=True)
class Pack:
    """`needs` and `weak`: the collective needs open or answered in the period. `told`: what was published of it."""

    place: Place
    quarter: Quarter
    survey: Survey | None
    activity: Activity
    told: Expressed | None
    feedback: Feedback | None
    needs: Sequence[NeedWords]
    weak: Sequence[NeedWords]
    actions: Sequence[ActionLine]
    waiting: Sequence[NeedWords]
    overdue: Sequence[ActionLine]


def may_read(viewer: Viewer, place: Place) -> bool:
    """The Région reads every place; a Maison, those its département touches."""
    if Role.REGIONAL_MANAGER in viewer.roles:
        return place == Place(ZoneKind.REGION, REGION) or _exists(place)
    return Role.MAISON_ADVISER in viewer.roles and place.code in places_of(viewer).get(place.kind, set())


def places_for(viewer: Viewer) -> dict[ZoneKind, list[tuple[str, str]]]:
    """(code, name) of the places this viewer may ask a pack for, by kind."""
    everywhere = Role.REGIONAL_MANAGER in viewer.roles
    held = {} if everywhere else places_of(viewer)
    return {
        kind: [(code, name) for code, name in _named(kind) if everywhere or code in held.get(kind, set())]
        for kind in CHOSEN
    }


def pack(viewer: Viewer, place: Place, quarter: Quarter, on: date) -> Pack:
    """All that a session reads of a place in a quarter, as it stands that day."""
    told = publication(quarter.name)
    about = and_(read_by(viewer), about_place(place.kind, place.code))
    needs = [worded(one) for one in _needs(about, quarter, Method.THRESHOLD)]
    actions = _actions(about, quarter)
    return Pack(
        place,
        quarter,
        _survey(place),
        _activity(place, quarter, on),
        expressed_of(told, place, on) if told and place.kind in TOLD_AT else None,
        feedback(told, place, THEME) if told and place.kind in TOLD_AT else None,
        needs,
        [worded(one) for one in _needs(about, quarter, Method.PAST)],
        actions,
        [one for one in needs if one.state is State.PROPOSED],
        [one for one in actions if one.stage is Stage.PLANNED and one.on < on],
    )


def _named(kind: ZoneKind) -> list[tuple[str, str]]:
    if kind is ZoneKind.DEPARTEMENT:
        return list(DEPARTEMENTS.items())
    return sorted(((one.code, one.name) for one in zones(kind)), key=lambda one: (one[1], one[0]))


def _exists(place: Place) -> bool:
    return place.kind in CHOSEN and any(code == place.code for code, _ in _named(place.kind))


def _survey(place: Place) -> Survey | None:
    years = gpec.bmo_years()
    if not years or place.kind not in TOLD_AT:
        return None
    figures = gpec.bmo(years[0], place.kind, place.code)
    region = gpec.bmo(years[0], ZoneKind.REGION, REGION)
    jobs = gpec.top_jobs(years[0], place.kind, place.code, FIRST_JOBS)
    return Survey(years[0], gpec.bmo_edition(years[0]), figures, region, jobs)


def _activity(place: Place, quarter: Quarter, on: date) -> Activity:
    """The board of the place, from enough needs on: fewer would speak of a few companies."""
    counted = board(_scope(place, quarter, on))
    least = rules().companies
    kept = counted.total if counted.total.received >= least else None
    return Activity(kept, counted.partner if counted.partner.received >= least else None, least)


def _scope(place: Place, quarter: Quarter, on: date) -> Scope:
    end = min(quarter.last, on)
    if place.kind is ZoneKind.REGION:
        return Scope(quarter.first, end)
    if place.kind is ZoneKind.DEPARTEMENT:
        return Scope(quarter.first, end, departement=place.code)
    communes = tuple(one.code for one in members(place.kind, place.code))
    return Scope(quarter.first, end, communes=communes)


def _needs(about: ColumnElement[bool], quarter: Quarter, method: Method) -> Sequence[CollectiveNeed]:
    """Seen by the end of the period, and still open, or answered or lapsed since it began; the latest first."""
    since = midnight(quarter.first)
    lapsed = select(CollectiveEvent.collective_need_id).where(
        CollectiveEvent.kind == Happening.LAPSED, CollectiveEvent.at >= since
    )
    live = or_(
        CollectiveNeed.state.in_(OPEN),
        CollectiveNeed.answered_at >= since,
        and_(CollectiveNeed.state == State.LAPSED, CollectiveNeed.id.in_(lapsed)),
    )
    wanted = select(CollectiveNeed).where(
        about, live, CollectiveNeed.method == method, CollectiveNeed.opened_on < quarter.after
    )
    return db.session.scalars(wanted.order_by(CollectiveNeed.id.desc()).limit(MOST)).all()


def _actions(about: ColumnElement[bool], quarter: Quarter) -> list[ActionLine]:
    """Those of the period and those to come, by day."""
    wanted = (
        select(CollectiveAction, Branch.name)
        .join(Branch, Branch.id == CollectiveAction.bearer_id)
        .join(CollectiveNeed, CollectiveNeed.id == CollectiveAction.collective_need_id)
        .where(about, CollectiveAction.planned_on >= quarter.first)
        .order_by(CollectiveAction.planned_on, CollectiveAction.id)
        .limit(MOST)
    )
    rows = db.session.execute(wanted).all()
    replies = _replies([row.id for row, _ in rows])
    return [_line(row, bearer, replies[row.id]) for row, bearer in rows]


def _replies(actions: Sequence[int]) -> Mapping[int, Mapping[str, int]]:
    found: dict[int, dict[str, int]] = defaultdict(dict)
    counted = (
        select(Agreement.action_id, Agreement.reply, func.count())
        .where(Agreement.action_id.in_(actions))
        .group_by(Agreement.action_id, Agreement.reply)
    )
    for action, reply, count in db.session.execute(counted):
        found[action][reply] = count
    return found


def _line(row: CollectiveAction, bearer: str, replies: Mapping[str, int]) -> ActionLine:
    return ActionLine(
        row.title,
        ActionKind(row.kind),
        bearer,
        row.planned_on,
        Stage(row.stage),
        Result(row.result) if row.result else None,
        row.people,
        sum(replies.values()),
        replies.get(Reply.AGREED, 0),
    )
