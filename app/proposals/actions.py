"""Verbs of a proposal: accept it into the directory, set it aside, take it up again."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.directory.edits import NewBranch, StaleEdit
from app.directory.records import add_branch, publish
from app.extensions import transaction
from app.kernel.clock import utcnow
from app.proposals.decisions import Decision
from app.proposals.models import BranchProposal


class UnknownProposal(LookupError):
    """No proposal has this number."""


def accept(number: int, seen: int, person: int, new: NewBranch) -> str:
    """Enter the branch as the administrator completed it; its slug. Raises UnknownProposal, StaleEdit."""
    with transaction() as session:
        proposal = _undecided(session, number, seen)
        slug = add_branch(session, new)
        _decide(proposal, Decision.ACCEPTED, person)
        proposal.branch = slug
        publish(session)
    return slug


def set_aside(number: int, seen: int, person: int) -> None:
    """Not for this desk; the next edition of the list will not propose it again."""
    with transaction() as session:
        _decide(_undecided(session, number, seen), Decision.SET_ASIDE, person)


def take_up_again(number: int, seen: int, person: int) -> None:
    """Back among those to decide; what was accepted is a branch now, and is edited there."""
    with transaction() as session:
        proposal = _read_at(session, number, seen)
        if proposal.decision != Decision.SET_ASIDE:
            raise StaleEdit(proposal.version)
        _decide(proposal, Decision.OPEN, person)


def _undecided(session: Session, number: int, seen: int) -> BranchProposal:
    proposal = _read_at(session, number, seen)
    if proposal.decision != Decision.OPEN:
        raise StaleEdit(proposal.version)
    return proposal


def _read_at(session: Session, number: int, seen: int) -> BranchProposal:
    proposal = session.scalar(select(BranchProposal).where(BranchProposal.id == number).with_for_update())
    if proposal is None:
        raise UnknownProposal(number)
    if proposal.version != seen:
        raise StaleEdit(proposal.version)
    return proposal


def _decide(proposal: BranchProposal, decision: Decision, person: int) -> None:
    proposal.decision, proposal.decided_at, proposal.decided_by_id = decision.value, utcnow(), person
    proposal.version += 1
