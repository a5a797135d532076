"""How the dossiers of a need are opened, promoted or called back inside the open transaction."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.directory.models import Branch
from app.dossiers.clocks import first_contact_due
from app.dossiers.deadline_lines import steps_for
from app.dossiers.indexing import index_again, index_dossier
from app.dossiers.journal import note
from app.dossiers.lifecycle import OPEN, Move, Part, Status, Verb, check_move
from app.dossiers.models import Dossier
from app.dossiers.readers import tell_persons
from app.dossiers.words import sort_key
from app.inquiries.models import Inquiry, Need
from app.mailbox.records import post
from app.territory.queries import maison_of

MAY_LEAD = OPEN | {Status.WITHDRAWN, Status.REROUTED}
"""A branch that refused, handed over or closed is not asked again unless somebody chooses it."""


def kept_of(decision: Mapping[str, Any]) -> Iterator[tuple[int, Mapping[str, Any]]]:
    """(rank, kept actor) in the order of the decision, those without a branch left out."""
    kept = [decision.get("lead"), *(decision.get("supports") or [])]
    return ((rank, one) for rank, one in enumerate(kept) if one and one.get("branch"))


class Opening:
    """What every dossier opened for one need, at one moment, has in common."""

    def __init__(
        self, session: Session, inquiry: Inquiry, need: Need, at: datetime, user_id: int | None
    ) -> None:
        self.session, self.inquiry, self.need = session, inquiry, need
        self.at, self.user_id = at, user_id
        self.why: str | None = None
        maison = maison_of(inquiry.commune)
        if maison is None:
            raise LookupError(f"no Maison for commune {inquiry.commune}")
        self.maison: str = maison.slug
        self.urgency: str = (need.decision or {})["urgency"]

    def first_lead(self, chain: list[tuple[int, Mapping[str, Any]]]) -> Dossier:
        """The first kept actor that has a branch leads; without any, the Maison does."""
        for rank, kept in chain:
            branch = self.branch(kept["branch"])
            if branch is not None:
                return self._open(branch, rank, Part.LEAD)
        return self._open(self.maison_branch(), len(chain), Part.LEAD)

    def support(self, rank: int, kept: Mapping[str, Any]) -> None:
        branch = self.branch(kept["branch"])
        if branch is not None and self.known(branch) is None:
            self._open(branch, rank, Part.SUPPORT)

    def heir(self, declined: Dossier) -> Dossier:
        """The first kept actor after the one who declined that has not itself declined; else the Maison."""
        for rank, kept in kept_of(self.need.decision or {}):
            branch = self.branch(kept["branch"])
            if branch is not None and rank > declined.rank and self._may_lead(branch):
                return self._lead(branch, rank, declined)
        return self.maison_leads(declined)

    def next_lead(self, after: Dossier) -> Dossier:
        """The first kept actor that has a branch, called back if it had finished; else the Maison."""
        for rank, kept in kept_of(self.need.decision or {}):
            branch = self.branch(kept["branch"])
            if branch is not None:
                lead = self._lead(branch, rank, after)
                lead.rank = rank
                return lead
        return self.maison_leads(after)

    def dossiers(self) -> list[Dossier]:
        """Every dossier of the need."""
        asked = select(Dossier).where(Dossier.need_id == self.need.id).order_by(Dossier.id)
        return list(self.session.scalars(asked))

    def maison_leads(self, after: Dossier) -> Dossier:
        """The Maison, last responsible of all, leads."""
        return self._lead(self.maison_branch(), after.rank + 1, after)

    def _lead(self, branch: Branch, rank: int, after: Dossier) -> Dossier:
        """Promote the branch's own dossier on this need, or open one."""
        known = self.known(branch)
        if known is None:
            return self._open(branch, rank, Part.LEAD, after)
        return self.promote(known, branch, after.id)

    def promote(self, known: Dossier, branch: Branch, after_id: int | None) -> Dossier:
        """The dossier leads from now on; whoever led before no longer does."""
        known.leads, known.role, known.previous_id = True, Part.LEAD, after_id
        if known.first_contact_on is None:
            known.first_contact_due = self._due(branch)
        note(self.session, known, Move.LEADS, self.at, self.user_id, from_=known.status, to=self._back(known))
        self._tell(known, branch, version=known.version + 1)
        self.session.flush()
        return known

    def _due(self, branch: Branch) -> date:
        return first_contact_due(steps_for(self.need.key, branch.actor, self.urgency), self.at)

    def _back(self, known: Dossier) -> str:
        """A branch that had finished starts again: nobody holds its case yet."""
        if known.status not in OPEN:
            check_move(Verb.CALL_BACK, known)
            known.status, known.closed_at, known.waiting_since = Status.RECEIVED, None, None
            known.outcome = known.decline_reason = None
            known.taken_at = known.taken_by_id = None
            known.need_key, known.urgency = self.need.key, self.urgency
            index_again(self.session, self.inquiry, Dossier.id == known.id)
        return known.status

    def ask(self, branch: Branch, part: Part, offered_by_id: int | None = None) -> Dossier:
        """The branch's dossier on this need, opened or begun again, as a support or for a relay."""
        known = self.known(branch)
        if known is None:
            return self._open(branch, self._last_rank() + 1, part, offered_by_id=offered_by_id)
        if known.status not in OPEN:
            before, known.role = known.status, part
            if known.first_contact_on is None:
                known.first_contact_due = self._due(branch)
            back = self._back(known)
            note(self.session, known, Move.OPENED, self.at, self.user_id, from_=before, to=back, why=self.why)
        known.offered_by_id = offered_by_id
        self.session.flush()
        if offered_by_id is None:
            self._tell(known, branch, version=known.version)
        return known

    def _last_rank(self) -> int:
        asked = select(func.max(Dossier.rank)).where(Dossier.need_id == self.need.id)
        return self.session.scalar(asked) or 0

    def _open(
        self,
        branch: Branch,
        rank: int,
        part: Part,
        after: Dossier | None = None,
        offered_by_id: int | None = None,
    ) -> Dossier:
        place = self.inquiry
        dossier = Dossier(
            need_id=self.need.id,
            inquiry_id=self.inquiry.id,
            branch_id=branch.id,
            previous_id=after.id if after else None,
            offered_by_id=offered_by_id,
            actor=branch.actor,
            rank=rank,
            role=part,
            leads=part is Part.LEAD,
            status=Status.RECEIVED,
            filed_at=self.at,
            first_contact_due=self._due(branch),
            company_key=sort_key(place.company),
            commune=place.commune,
            departement=place.departement,
            epci=place.epci,
            maison=self.maison,
            need_key=self.need.key,
            theme=self.need.theme,
            asked_at=self.inquiry.filed_at,
            urgency=self.urgency,
        )
        self.session.add(dossier)
        self.session.flush()
        index_dossier(self.session, dossier, place)
        note(self.session, dossier, Move.OPENED, self.at, self.user_id, to=Status.RECEIVED, why=self.why)
        if offered_by_id is None:
            self._tell(dossier, branch, version=1)
        return dossier

    def _tell(self, dossier: Dossier, branch: Branch, version: int) -> None:
        """Write to the branch; when nobody has verified where it reads its mail, to the Maison, which passes the
        case on, and to those of the branch who have an account here."""
        kind, reader = (
            ("case_for_branch", branch) if branch.told else ("case_to_transmit", self.maison_branch())
        )
        post(self.session, kind, dossier_id=dossier.id, branch_id=reader.id, version=version, at=self.at)
        if not branch.told:
            tell_persons(self.session, dossier, "case_for_branch", version, self.at)

    def _may_lead(self, branch: Branch) -> bool:
        known = self.known(branch)
        return known is None or known.status in MAY_LEAD

    def known(self, branch: Branch) -> Dossier | None:
        asked = select(Dossier).where(Dossier.need_id == self.need.id, Dossier.branch_id == branch.id)
        return self.session.scalar(asked)

    def branch(self, slug: str) -> Branch | None:
        return self.session.scalar(select(Branch).where(Branch.slug == slug))

    def maison_branch(self) -> Branch:
        branch = self.branch(self.maison)
        if branch is None:
            raise LookupError(f"the directory lacks the Maison {self.maison}")
        return branch
