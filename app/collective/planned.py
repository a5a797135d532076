"""Questions about collective actions: what the Maison, the bearer, the company and anybody may read of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import Select, and_, exists, or_, select

from app.accounts.abilities import Viewer
from app.collective.acting import ActionKind, Reply, Result, Stage
from app.collective.models import Agreement, CollectiveAction, CollectiveEvent, CollectiveNeed, Signal
from app.collective.places import communes_of, maisons_touched
from app.collective.queries import about_place, need_read, read_by, signals_of
from app.collective.words import Happening
from app.directory.models import Branch
from app.directory.queries import snapshot
from app.dossiers.lifecycle import Outcome
from app.dossiers.models import Dossier
from app.dossiers.queries import WORKING_ROLES
from app.extensions import db
from app.inquiries.contacts import Contact
from app.inquiries.models import Inquiry
from app.territory.queries import place_of

MOST = 100
TOLD_FOR = timedelta(days=365)
"""An action is shown on the pages of its places that long after its day."""
TAKEN_BACK = (
    exists()
    .where(Dossier.need_id == Signal.need_id, Dossier.leads, Dossier.outcome == Outcome.WITHDRAWN)
    .correlate(Signal)
)
"""The company of this signal took its request back."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A company of a collective need, by the request it last filed; `reply` is None when it was not asked."""

    inquiry_id: int
    reference: str
    company: str
    place: str
    contact: Contact
    reply: Reply | None = None

    @property
    def to_call(self) -> bool:
        """Nobody can write to it, and it has not answered."""
        return not self.contact.email and self.reply is Reply.ASKED


@dataclass(frozen=True, slots=True)
class Action:
    """An action as pages read it; nothing here names a company."""

    id: int
    need_id: int
    kind: ActionKind
    title: str
    bearer: str
    bearer_slug: str
    bearer_told: bool
    on: date
    stage: Stage
    result: Result | None
    people: int | None
    words: str | None
    version: int


@dataclass(frozen=True, slots=True)
class Contribution:
    """An action a request led to, as its company reads it; `reply` is None when it was only told.

    `moved`: from which day to which, and why, the last time.
    """

    action: Action
    reply: Reply | None
    moved: str | None


def action_read(viewer: Viewer, action_id: int) -> Action | None:
    """None when it does not exist, or this viewer may not read its need."""
    found = _one(_actions().where(CollectiveAction.id == action_id))
    return found if found and need_read(viewer, found.need_id) else None


def actions_listed(viewer: Viewer) -> list[Action]:
    """The actions of the places this viewer reads the needs of, the latest first."""
    wanted = _actions().join(CollectiveNeed, CollectiveNeed.id == CollectiveAction.collective_need_id)
    kept = wanted.where(read_by(viewer))
    return _all(kept.order_by(CollectiveAction.planned_on.desc(), CollectiveAction.id.desc()).limit(MOST))


def bearers_for(need: CollectiveNeed) -> list[tuple[str, str]]:
    """(slug, name) of the branches that serve some commune of the place, the Maisons first."""
    places = [place_of(code) for code in communes_of(need.place_kind, need.place_code)]
    zones = {zone for place in places if place for zone in place.zones}
    serving = (one for one in snapshot().branches if zones & set(one.zones))
    maisons = set(maisons_touched(need.place_kind, need.place_code))
    named = {one.slug: one.name for one in serving} | {
        row.slug: row.name for row in db.session.scalars(select(Branch).where(Branch.slug.in_(maisons)))
    }
    return sorted(named.items(), key=lambda one: (one[0] not in maisons, one[1]))


def action_of(need_id: int) -> Action | None:
    return _one(_actions().where(CollectiveAction.collective_need_id == need_id))


def borne_by(viewer: Viewer) -> list[tuple[Action, Sequence[Asked]]]:
    """The actions the branches of this viewer bear, with those of the companies that agreed: no other."""
    branches = viewer.branch_ids(*WORKING_ROLES)
    wanted = _actions().where(CollectiveAction.bearer_id.in_(branches))
    found = _all(wanted.order_by(CollectiveAction.planned_on.desc(), CollectiveAction.id.desc()).limit(MOST))
    return [(one, _taking_part(one)) for one in found]


def _taking_part(action: Action) -> list[Asked]:
    """Nobody once it is abandoned, nor who withdrew its request since."""
    if action.stage is Stage.ABANDONED:
        return []
    gone = set(db.session.scalars(withdrawn_from(action.need_id)))
    agreed = (one for one in asked_of(action.id) if one.reply is Reply.AGREED)
    return [one for one in agreed if one.inquiry_id not in gone]


def withdrawn_from(need_id: int) -> Select[int]:
    """The inquiries of a collective need whose company took its request back: left alone from then on."""
    return select(Signal.inquiry_id).where(Signal.collective_need_id == need_id, TAKEN_BACK)


def asked_of(action_id: int) -> list[Asked]:
    """The companies asked, in the order of their names."""
    rows = db.session.execute(
        select(Agreement.reply, Inquiry)
        .join(Inquiry, Inquiry.id == Agreement.inquiry_id)
        .where(Agreement.action_id == action_id)
        .order_by(Inquiry.company, Inquiry.id)
    )
    return [_asked(inquiry, Reply(reply)) for reply, inquiry in rows]


def companies_of(need: CollectiveNeed) -> list[Asked]:
    """Those who may be asked to take part: each company once; whoever withdrew its request is left alone."""
    wanted = (
        select(Signal.company, Inquiry)
        .join(Inquiry, Inquiry.id == Signal.inquiry_id)
        .where(signals_of(need), ~TAKEN_BACK)
        .order_by(Signal.id)
    )
    latest: dict[str, Inquiry] = dict(db.session.execute(wanted).all())
    return sorted((_asked(one) for one in latest.values()), key=lambda one: (one.company, one.inquiry_id))


def companies_behind(need_id: int) -> list[Asked]:
    """Those of this collective need; none when it does not exist."""
    need = db.session.get(CollectiveNeed, need_id)
    return companies_of(need) if need else []


def inquiries_of(need: CollectiveNeed) -> list[int]:
    """Every request that made the need, each once: all are told what it led to, save those taken back."""
    wanted = select(Signal.inquiry_id).where(signals_of(need)).distinct()
    wanted = wanted.where(Signal.inquiry_id.not_in(withdrawn_from(need.id)))
    return list(db.session.scalars(wanted.order_by(Signal.inquiry_id)))


def contributions(inquiry_id: int) -> list[Contribution]:
    """What the needs of an inquiry contributed to, and what is asked of its company."""
    asked = {
        one.action_id: Reply(one.reply)
        for one in db.session.scalars(select(Agreement).where(Agreement.inquiry_id == inquiry_id))
    }
    made = select(Signal.collective_need_id).where(Signal.inquiry_id == inquiry_id)
    told = and_(CollectiveAction.collective_need_id.in_(made), CollectiveAction.stage == Stage.HELD)
    found = _all(_actions().where(or_(CollectiveAction.id.in_(asked), told)).order_by(CollectiveAction.id))
    return [Contribution(one, asked.get(one.id), _moved(one)) for one in found]


def _moved(action: Action) -> str | None:
    if action.stage is not Stage.PLANNED:
        return None
    lines = select(CollectiveEvent.words).where(
        CollectiveEvent.collective_need_id == action.need_id,
        CollectiveEvent.kind == Happening.MOVED,
    )
    return db.session.scalar(lines.order_by(CollectiveEvent.id.desc()).limit(1))


def public_actions(kind: str, code: str, on: date) -> list[Action]:
    """The actions to come that touch a place, and those held within a year, the latest first."""
    wanted = (
        _actions()
        .join(CollectiveNeed, CollectiveNeed.id == CollectiveAction.collective_need_id)
        .where(
            about_place(kind, code),
            CollectiveAction.stage != Stage.ABANDONED,
            CollectiveAction.planned_on >= on - TOLD_FOR,
        )
    )
    return _all(wanted.order_by(CollectiveAction.planned_on.desc(), CollectiveAction.id.desc()).limit(MOST))


def _actions() -> Select[CollectiveAction, Branch]:
    return select(CollectiveAction, Branch).join(Branch, Branch.id == CollectiveAction.bearer_id)


def _one(wanted: Select[CollectiveAction, Branch]) -> Action | None:
    return next(iter(_all(wanted)), None)


def _all(wanted: Select[CollectiveAction, Branch]) -> list[Action]:
    return [_action(row, bearer) for row, bearer in db.session.execute(wanted)]


def _action(row: CollectiveAction, bearer: Branch) -> Action:
    return Action(
        row.id,
        row.collective_need_id,
        ActionKind(row.kind),
        row.title,
        bearer.name,
        bearer.slug,
        bearer.told,
        row.planned_on,
        Stage(row.stage),
        Result(row.result) if row.result else None,
        row.people,
        row.words,
        row.version,
    )


def _asked(inquiry: Inquiry, reply: Reply | None = None) -> Asked:
    place = inquiry.place
    return Asked(inquiry.id, inquiry.reference, inquiry.company, place, inquiry.contact, reply)
