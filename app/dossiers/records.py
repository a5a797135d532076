"""Dossiers, journal lines and letters added to the open transaction."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.directory.models import Branch
from app.dossiers.clocks import first_contact_due
from app.dossiers.lifecycle import OPEN, Move, Part, Status, check_move
from app.dossiers.models import Dossier, Event
from app.inquiries.models import Inquiry, Need
from app.mailbox.records import post
from app.routing.facts import Orientation
from app.territory.queries import maison_of


def open_case(
    session: Session,
    inquiry: Inquiry,
    need: Need,
    orientation: Orientation,
    at: datetime,
    user_id: int | None = None,
) -> Dossier:
    """Open the leading dossier of a need and its supports; post their letters and the acknowledgement.

    `inquiry` and `need` are flushed and `need.decision` is the orientation's trace. Returns the lead.
    """
    need.decision = need.decision or orientation.trace()
    opening = _Opening(session, inquiry, need, at, user_id)
    chain = list(_kept(need.decision))
    lead = opening.first_lead(chain)
    for rank, kept in chain:
        opening.support(rank, kept)
    post(session, "acknowledgement", inquiry_id=inquiry.id, at=at)
    return lead


def pass_on(session: Session, declined: Dossier, at: datetime, user_id: int | None) -> Dossier:
    """Give the need to the next kept actor of the stored decision, at last to the Maison; tell the company."""
    need = session.get_one(Need, declined.need_id)
    opening = _Opening(session, session.get_one(Inquiry, declined.inquiry_id), need, at, user_id)
    heir = opening.heir(declined)
    note(session, declined, Move.PASSED_ON, at, user_id, to=heir.actor)
    post(session, "passed_on", inquiry_id=declined.inquiry_id, dossier_id=heir.id, at=at)
    return heir


def note(
    session: Session,
    dossier: Dossier,
    move: Move,
    at: datetime,
    user_id: int | None,
    *,
    from_: str | None = None,
    to: str | None = None,
    why: str | None = None,
) -> Event:
    """Add a line to the journal."""
    decision = session.get_one(Need, dossier.need_id).decision or {}
    event = Event(
        need_id=dossier.need_id,
        dossier_id=dossier.id,
        at=at,
        user_id=user_id,
        kind=move,
        from_=from_,
        to=to,
        why=why,
        rulebook=str(decision.get("rulebook") or ""),
    )
    session.add(event)
    return event


def _kept(decision: Mapping[str, Any]) -> Iterator[tuple[int, Mapping[str, Any]]]:
    """(rank, kept actor) in the order of the decision, those without a branch left out."""
    kept = [decision.get("lead"), *(decision.get("supports") or [])]
    return ((rank, one) for rank, one in enumerate(kept) if one and one.get("branch"))


class _Opening:
    """What every dossier opened for one need, at one moment, has in common."""

    def __init__(
        self, session: Session, inquiry: Inquiry, need: Need, at: datetime, user_id: int | None
    ) -> None:
        self.session, self.inquiry, self.need = session, inquiry, need
        self.at, self.user_id = at, user_id
        maison = maison_of(inquiry.commune)
        if maison is None:
            raise LookupError(f"no Maison for commune {inquiry.commune}")
        self.maison: str = maison.slug
        self.urgency: str = (need.decision or {})["urgency"]

    def first_lead(self, chain: list[tuple[int, Mapping[str, Any]]]) -> Dossier:
        """The first kept actor that has a branch leads; without any, the Maison does."""
        for rank, kept in chain:
            branch = self._branch(kept["branch"])
            if branch is not None:
                return self._open(branch, rank, Part.LEAD)
        return self._open(self._maison_branch(), len(chain), Part.LEAD)

    def support(self, rank: int, kept: Mapping[str, Any]) -> None:
        branch = self._branch(kept["branch"])
        if branch is not None and self._known(branch) is None:
            self._open(branch, rank, Part.SUPPORT)

    def heir(self, declined: Dossier) -> Dossier:
        """The first kept actor after the one who declined that has not itself declined; else the Maison."""
        for rank, kept in _kept(self.need.decision or {}):
            branch = self._branch(kept["branch"])
            if branch is not None and rank > declined.rank and self._may_lead(branch):
                return self._lead(branch, rank, declined)
        return self._lead(self._maison_branch(), declined.rank + 1, declined)

    def _lead(self, branch: Branch, rank: int, after: Dossier) -> Dossier:
        """Promote the branch's own dossier on this need, or open one."""
        known = self._known(branch)
        if known is None:
            return self._open(branch, rank, Part.LEAD, after)
        known.leads, known.role, known.previous_id = True, Part.LEAD, after.id
        if known.first_contact_on is None:
            known.first_contact_due = first_contact_due(self.urgency, self.at)
        note(self.session, known, Move.LEADS, self.at, self.user_id, from_=known.status, to=self._back(known))
        self.session.flush()
        self._tell(known, branch, version=2)
        return known

    def _back(self, known: Dossier) -> str:
        """A branch that had finished its support starts again when it becomes responsible."""
        if known.status not in OPEN:
            check_move(known.status, Status.RECEIVED)
            known.status, known.closed_at = Status.RECEIVED, None
            known.outcome = known.decline_reason = None
        return known.status

    def _open(self, branch: Branch, rank: int, part: Part, after: Dossier | None = None) -> Dossier:
        place = self.inquiry
        dossier = Dossier(
            need_id=self.need.id,
            inquiry_id=self.inquiry.id,
            branch_id=branch.id,
            previous_id=after.id if after else None,
            actor=branch.actor,
            rank=rank,
            role=part,
            leads=part is Part.LEAD,
            status=Status.RECEIVED,
            filed_at=self.at,
            first_contact_due=first_contact_due(self.urgency, self.at),
            commune=place.commune,
            departement=place.departement,
            epci=place.epci,
            maison=self.maison,
            need_key=self.need.key,
            urgency=self.urgency,
        )
        self.session.add(dossier)
        self.session.flush()
        note(self.session, dossier, Move.OPENED, self.at, self.user_id, to=Status.RECEIVED)
        self._tell(dossier, branch, version=1)
        return dossier

    def _tell(self, dossier: Dossier, branch: Branch, version: int) -> None:
        """Write to the branch, or to the Maison when nobody has verified where the branch reads its mail."""
        told = branch.mailbox is not None and branch.mailbox_verified_on is not None
        kind, reader = ("case_for_branch", branch) if told else ("case_to_transmit", self._maison_branch())
        post(self.session, kind, dossier_id=dossier.id, branch_id=reader.id, version=version, at=self.at)

    def _may_lead(self, branch: Branch) -> bool:
        known = self._known(branch)
        return known is None or known.status in OPEN

    def _known(self, branch: Branch) -> Dossier | None:
        asked = select(Dossier).where(Dossier.need_id == self.need.id, Dossier.branch_id == branch.id)
        return self.session.scalar(asked)

    def _branch(self, slug: str) -> Branch | None:
        return self.session.scalar(select(Branch).where(Branch.slug == slug))

    def _maison_branch(self) -> Branch:
        branch = self._branch(self.maison)
        if branch is None:
            raise LookupError(f"the directory lacks the Maison {self.maison}")
        return branch
