"""A Maison plans an action on a collective need, then says it was held and what it led to, or that it was abandoned.

Every request that made the need is told what it led to, whether its company took part or not.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.accounts.abilities import Viewer
from app.accounts.models import User
from app.collective import records
from app.collective.acting import STAGES, ActionKind, Reply, Result, Stage
from app.collective.models import Agreement, CollectiveAction, CollectiveNeed
from app.collective.need_actions import StaleNeed, UnknownNeed, own
from app.collective.planned import companies_of, inquiries_of
from app.collective.words import Happening, State
from app.directory.models import Branch
from app.dossiers.clocks import local_day
from app.extensions import transaction
from app.kernel.clock import utcnow
from app.kernel.days import in_full
from app.mailbox.records import post


class NotNow(Exception):
    """The action, or its need, does not allow it; `sentence` says why, in French."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


@dataclass(frozen=True, slots=True)
class NewAction:
    """What a Maison plans; `asked` are the inquiries of the companies asked to take part."""

    kind: ActionKind
    title: str
    bearer: str
    on: date
    asked: Sequence[int]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an action led to; `people` is None when nobody counted."""

    result: Result
    people: int | None
    words: str | None


def plan(viewer: Viewer, need_id: int, version: int, new: NewAction, at: datetime | None = None) -> int:
    """The number of the action; planning the same twice is once; another is refused. A bearer without a verified
    mailbox is told by the Maison itself: its page says so. Raises UnknownNeed, StaleNeed, NotNow."""
    at = at or utcnow()
    with transaction() as session:
        need = own(session, viewer, need_id)
        known = session.scalar(select(CollectiveAction).where(CollectiveAction.collective_need_id == need.id))
        if known is not None:
            _same(session, known, viewer, new)
            return known.id
        if need.version != version:
            raise StaleNeed(need_id)
        if need.state != State.PROPOSED:
            raise NotNow("Ce besoin a déjà une réponse. Il revient ici si de nouvelles demandes arrivent.")
        action = _add(session, need, new, at, viewer.user_id)
        records.answered(session, need, State.ACTION, at, viewer.user_id)
        records.note(session, need, Happening.PLANNED, at, viewer.user_id, words=action.title)
        _ask(session, need, action, new.asked, at)
        if session.get_one(Branch, action.bearer_id).told:
            post(session, "action_borne", branch_id=action.bearer_id, version=action.id, at=at)
        return action.id


def hold(viewer: Viewer, action_id: int, version: int, outcome: Outcome, at: datetime | None = None) -> None:
    """The action took place: its need is treated, and every request that made it is told. The same result twice is
    once. Raises UnknownNeed, StaleNeed, NotNow."""
    at = at or utcnow()
    with transaction() as session:
        need, action = _own(session, viewer, action_id)
        if action.stage == Stage.PLANNED and local_day(at) < action.planned_on:
            raise NotNow(
                f"Elle est prévue le {in_full(action.planned_on)}. Notez ce qu’elle a donné ce jour-là ou après."
            )
        known = Outcome(Result(action.result), action.people, action.words) if action.result else None
        if not _ends(action, version, Stage.HELD, at, same=known == outcome):
            return
        action.result, action.people, action.words = outcome.result, outcome.people, outcome.words
        records.answered(session, need, State.TREATED, at, viewer.user_id)
        records.note(session, need, Happening.HELD, at, viewer.user_id, words=outcome.result.label)
        for inquiry_id in inquiries_of(need):
            post(session, "action_result", inquiry_id=inquiry_id, version=action.id, at=at)


def move(
    viewer: Viewer, action_id: int, version: int, on: date, why: str, at: datetime | None = None
) -> None:
    """It takes place another day: the companies asked that did not decline and who bears it are told, and why. Each
    may change its answer as before. The same day twice is once. Raises UnknownNeed, StaleNeed, NotNow."""
    at = at or utcnow()
    with transaction() as session:
        need, action = _own(session, viewer, action_id)
        if action.stage != Stage.PLANNED:
            raise NotNow(f"Cette action est déjà « {Stage(action.stage).label} ».")
        if action.planned_on == on:
            return
        if action.version != version:
            raise StaleNeed(action.id)
        told = f"du {in_full(action.planned_on)} au {in_full(on)} : {why}"
        action.planned_on = on
        line = records.note(session, need, Happening.MOVED, at, viewer.user_id, words=told)
        session.flush()
        # The line of the journal, not the action: moved again, it is told again.
        _tell_asked(session, action, "action_moved", line.id, at)
        if session.get_one(Branch, action.bearer_id).told:
            post(session, "action_moved_bearer", branch_id=action.bearer_id, version=line.id, at=at)


def abandon(viewer: Viewer, action_id: int, version: int, words: str, at: datetime | None = None) -> None:
    """It will not take place: the companies asked are told why; new requests would propose the need again. The same
    reason twice is once. Raises UnknownNeed, StaleNeed, NotNow."""
    at = at or utcnow()
    with transaction() as session:
        need, action = _own(session, viewer, action_id)
        if not _ends(action, version, Stage.ABANDONED, at, same=action.words == words):
            return
        action.words = words
        records.answered(session, need, State.TREATED, at, viewer.user_id, words=words)
        records.note(session, need, Happening.ABANDONED, at, viewer.user_id, words=words)
        _tell_asked(session, action, "action_abandoned", action.id, at)


def _add(
    session: Session, need: CollectiveNeed, new: NewAction, at: datetime, user_id: int
) -> CollectiveAction:
    bearer = session.scalar(select(Branch.id).where(Branch.slug == new.bearer))
    if bearer is None:
        raise NotNow("Cette antenne n’existe plus. Choisissez-en une autre.")
    action = CollectiveAction(
        collective_need_id=need.id,
        kind=new.kind,
        title=new.title,
        bearer_id=bearer,
        planned_on=new.on,
        created_at=at,
        created_by_id=user_id,
    )
    session.add(action)
    session.flush()
    return action


def _ask(
    session: Session, need: CollectiveNeed, action: CollectiveAction, asked: Sequence[int], at: datetime
) -> None:
    """One letter a company, to the request it last filed; only requests of this need may be asked."""
    for one in companies_of(need):
        if one.inquiry_id in asked:
            session.add(Agreement(action_id=action.id, inquiry_id=one.inquiry_id, asked_at=at))
            post(session, "action_asked", inquiry_id=one.inquiry_id, version=action.id, at=at)


def _tell_asked(session: Session, action: CollectiveAction, kind: str, version: int, at: datetime) -> None:
    """The companies asked, but those that declined."""
    for one in session.scalars(select(Agreement).where(Agreement.action_id == action.id)):
        if one.reply != Reply.DECLINED:
            post(session, kind, inquiry_id=one.inquiry_id, version=version, at=at)


def _same(session: Session, known: CollectiveAction, viewer: Viewer, new: NewAction) -> None:
    """A second click of the same person; anything else is told which action was planned. Raises NotNow."""
    if known.created_by_id == viewer.user_id and _as_planned(session, known) == replace(
        new, asked=sorted(new.asked)
    ):
        return
    by_oneself = known.created_by_id == viewer.user_id
    who = "Vous venez" if by_oneself else f"{session.get_one(User, known.created_by_id).name} vient"
    raise NotNow(
        f"{who} de prévoir une action pour ce besoin : « {known.title} », le {in_full(known.planned_on)}. "
        "Votre saisie est gardée ici, et n’est pas envoyée."
    )


def _as_planned(session: Session, action: CollectiveAction) -> NewAction:
    asked = session.scalars(select(Agreement.inquiry_id).where(Agreement.action_id == action.id))
    bearer = session.get_one(Branch, action.bearer_id).slug
    return NewAction(ActionKind(action.kind), action.title, bearer, action.planned_on, sorted(asked))


def _own(session: Session, viewer: Viewer, action_id: int) -> tuple[CollectiveNeed, CollectiveAction]:
    """The action and its need, locked in that order, if a Maison of this viewer answers for the place."""
    known = session.get(CollectiveAction, action_id)
    if known is None:
        raise UnknownNeed(action_id)
    need = own(session, viewer, known.collective_need_id)
    session.refresh(known, with_for_update=True)
    return need, known


def _ends(action: CollectiveAction, version: int, stage: Stage, at: datetime, *, same: bool) -> bool:
    """False when it already ended so, with the `same` words: a second click. Raises StaleNeed, NotNow."""
    if action.stage == stage and same:
        return False
    if stage not in STAGES[Stage(action.stage)]:
        raise NotNow(f"Cette action est déjà « {Stage(action.stage).label} ».")
    if action.version != version:
        raise StaleNeed(action.id)
    action.stage, action.ended_at = stage, at
    return True
