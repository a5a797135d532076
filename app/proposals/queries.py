"""Questions put to the proposals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select

from app.extensions import db
from app.proposals.areas import zones_of
from app.proposals.decisions import Decision
from app.proposals.models import BranchProposal
from app.territory.queries import gazetteer

PAGE = 25


@dataclass(frozen=True, slots=True)
class ProposalPage:
    """One page of proposals, in the order they came."""

    rows: Sequence[BranchProposal]
    after: int | None


def proposal(number: int) -> BranchProposal | None:
    return db.session.get(BranchProposal, number)


def proposals(decision: Decision, actor: str = "", after: int = 0) -> ProposalPage:
    """Those decided so, of one kind of actor or all, from one on."""
    wanted = select(BranchProposal).where(
        BranchProposal.decision == decision.value, BranchProposal.id > after
    )
    if actor:
        wanted = wanted.where(BranchProposal.actor == actor)
    found = db.session.scalars(wanted.order_by(BranchProposal.id).limit(PAGE + 1)).all()
    return ProposalPage(found[:PAGE], found[PAGE - 1].id if len(found) > PAGE else None)


def undecided() -> int:
    """How many wait: a few hundred rows, read by their index."""
    wanted = select(func.count()).where(BranchProposal.decision == Decision.OPEN.value)
    return db.session.scalar(wanted) or 0


def suggested_zones(one: BranchProposal) -> tuple[tuple[str, str], ...]:
    """The territory its source says, as zones of the directory."""
    return zones_of(one.served, {code: each.zones for code, each in gazetteer().communes.items()})
