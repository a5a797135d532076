"""To whom a case may be passed, or who may be asked for support: proposed with reasons, or found by name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import exists, select
from sqlalchemy.orm import aliased

from app.accounts.abilities import Viewer
from app.directory import queries as directory
from app.directory.models import Branch
from app.dossiers.lifecycle import OPEN, Move, Status
from app.dossiers.models import Dossier, Event
from app.dossiers.opening import kept_of
from app.dossiers.queries import dossier_seen
from app.extensions import db
from app.inquiries.models import Need
from app.routing import facts
from app.routing.rulebook import REGIONAL_DESK
from app.territory.names import plain

MOST_FOUND = 20
SAME_NETWORK = "Même réseau, sert aussi cette commune."
LAST = "Maison de Ma Région de la commune\u00a0: dernière responsable."
CHOSEN = "Sert cette commune."
GONE = frozenset({Status.DECLINED, Status.HANDED_OVER})


@dataclass(frozen=True, slots=True)
class Choice:
    """A branch that may be asked. `refused`: it already refused this need; `asked`: it works on it now."""

    slug: str
    name: str
    actor: str
    reason: str
    told: bool
    refused: bool
    asked: bool


@dataclass(frozen=True, slots=True)
class Choices:
    """Kept by the decision, then of the same network, then found by name; each branch once."""

    proposed: Sequence[Choice]
    network: Sequence[Choice]
    found: Sequence[Choice]

    def of(self, slug: str) -> Choice | None:
        every = (*self.proposed, *self.network, *self.found)
        return next((one for one in every if one.slug == slug), None)


def choices(viewer: Viewer, dossier_id: int, words: str = "") -> Choices:
    """Who may be asked for this case, within the coverage of its commune."""
    dossier = dossier_seen(viewer, dossier_id)
    if dossier is None:
        return Choices((), (), ())
    return _Choosing(dossier).choices(words)


def choice_of(dossier: Dossier, slug: str) -> Choice | None:
    """The branch of that name, if it may be asked at all."""
    choosing = _Choosing(dossier)
    known = choosing.serving.get(slug)
    return choosing.choice(known, CHOSEN) if known else None


def left_to_ask(dossier: Dossier) -> bool:
    """Is there still an actor of the decision, other than the Maison, that has not refused this need?"""
    choosing = _Choosing(dossier)
    kept = (choosing.serving[slug] for slug in choosing.reasons if slug in choosing.serving)
    return any(not choosing.choice(one, "").refused for one in kept if one.actor != REGIONAL_DESK)


class _Choosing:
    """What is read once for one case."""

    def __init__(self, dossier: Dossier) -> None:
        snapshot = directory.snapshot()
        place = snapshot.place(dossier.commune)
        zones = set(place.zones) if place else set()
        own = db.session.get_one(Branch, dossier.branch_id).slug
        need = db.session.get_one(Need, dossier.need_id)
        self.dossier, self.own = dossier, own
        self.reasons = {
            one["branch"]: str(one.get("reason") or "") for _, one in kept_of(need.decision or {})
        }
        usual = {*self.reasons, dossier.maison}
        self.serving = {
            one.slug: one
            for one in (*snapshot.branches, *_entered(usual))
            if one.slug != own and (one.slug in usual or zones & set(one.zones))
        }
        self.states = _states(dossier.need_id)

    def choices(self, words: str) -> Choices:
        proposed = [self.serving[slug] for slug in self.reasons if slug in self.serving]
        network = [one for one in self.serving.values() if self._is_near(one)]
        return Choices(
            [*(self.choice(one, self.reasons[one.slug]) for one in proposed), *self._maison()],
            [self.choice(one, SAME_NETWORK) for one in sorted(network, key=lambda one: one.name)],
            [self.choice(one, CHOSEN) for one in self._found(words)],
        )

    def choice(self, one: facts.Branch, reason: str) -> Choice:
        status, refused = self.states.get(one.slug, (None, False))
        asked = status in OPEN
        return Choice(
            one.slug, one.name, one.actor, reason or CHOSEN, one.told, refused or status in GONE, asked
        )

    def _maison(self) -> Iterator[Choice]:
        maison = self.serving.get(self.dossier.maison)
        if maison is not None and maison.slug not in self.reasons:
            yield self.choice(maison, LAST)

    def _is_near(self, one: facts.Branch) -> bool:
        own = directory.branch(self.own)
        same = own is not None and (one.actor, one.opco) == (own.actor, own.opco)
        return same and one.slug not in self.reasons and one.actor != REGIONAL_DESK

    def _found(self, words: str) -> list[facts.Branch]:
        wanted = plain(words).split()
        if not wanted:
            return []
        rows = [one for one in self.serving.values() if all(word in plain(one.name) for word in wanted)]
        return sorted(rows, key=lambda one: one.name)[:MOST_FOUND]


def _entered(slugs: set[str]) -> list[facts.Branch]:
    """Branches the decision or the territory names, whatever zones are entered for them."""
    rows = db.session.scalars(select(Branch).where(Branch.slug.in_(slugs)))
    return [
        facts.Branch(row.slug, row.actor, row.name, (), row.entry_point, row.told, row.opco) for row in rows
    ]


def _states(need_id: int) -> dict[str, tuple[str, bool]]:
    """Branch → the status of its dossier on this need, and whether it refused a relay."""
    undone = aliased(Event)
    taken_back = exists().where(
        undone.dossier_id == Event.dossier_id,
        undone.id > Event.id,
        undone.kind == Move.UNDONE,
        undone.why == Move.OFFER_REFUSED.label,
    )
    refused = exists().where(Event.dossier_id == Dossier.id, Event.kind == Move.OFFER_REFUSED, ~taken_back)
    rows = db.session.execute(
        select(Branch.slug, Dossier.status, refused)
        .join(Branch, Branch.id == Dossier.branch_id)
        .where(Dossier.need_id == need_id)
    )
    return {slug: (status, gone) for slug, status, gone in rows}
