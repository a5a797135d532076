"""Verbs of the directory: load the base, enter and edit a branch, state an OPCO."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.directory.edits import BranchEdit, EditRefused, NewBranch, StaleEdit, UnknownBranch
from app.directory.models import Branch, OpcoFact
from app.directory.queries import snapshot_is_stored
from app.directory.records import add_branch, apply_edit, publish, state_opcos, write_base
from app.directory.statuses import BranchStatus, Origin
from app.extensions import transaction
from app.kernel.clock import today
from app.routing.rulebook import REGIONAL_DESK
from app.territory.records import rename_maison

STATED = "saisi"
NEVER_CLOSED = "Ce point d’entrée ne se ferme pas. Saisissez plutôt une antenne plus fine."


def load_base() -> bool:
    """Enter what the base directory lacks here and store its snapshot; True when something changed."""
    with transaction() as session:
        changed = write_base(session)
        if changed or not snapshot_is_stored():
            publish(session, changed=changed)
    return changed


def republish() -> None:
    """Store the snapshot again, after the territory changed under the directory."""
    with transaction() as session:
        publish(session, changed=False)


def edit_branch(slug: str, seen: int, edit: BranchEdit) -> None:
    """Change a branch that was read at version `seen`. Raises UnknownBranch, StaleEdit, EditRefused."""
    with transaction() as session:
        branch = session.scalar(select(Branch).where(Branch.slug == slug).with_for_update())
        if branch is None:
            raise UnknownBranch(slug)
        if branch.version != seen:
            raise StaleEdit(branch.version)
        if branch.entry_point and edit.status is BranchStatus.CLOSED:
            raise EditRefused("status", NEVER_CLOSED)
        apply_edit(branch, edit)
        if branch.actor == REGIONAL_DESK:
            rename_maison(session, slug, edit.name, checked=edit.status is BranchStatus.CHECKED)
        branch.version += 1
        publish(session)


def enter_branch(new: NewBranch) -> str:
    """Add a branch finer than the entry point of its network; its slug."""
    with transaction() as session:
        slug = add_branch(session, new)
        publish(session)
    return slug


def override_opco(idcc: str, seen: int, opco: str | None, source: str) -> None:
    """State the OPCO of an agreement against any other source; None says it is undetermined."""
    with transaction() as session:
        _same_version(session, idcc, seen)
        row = {"idcc": idcc, "opco": opco, "status": STATED, "source": source, "checked_on": today()}
        state_opcos(session, Origin.OVERRIDE, [row])
        publish(session)


def withdraw_override(idcc: str, seen: int) -> None:
    """Let the other sources speak again."""
    with transaction() as session:
        fact = _same_version(session, idcc, seen)
        if fact is not None:
            session.delete(fact)
            publish(session)


def _same_version(session: Session, idcc: str, seen: int) -> OpcoFact | None:
    """The override read at version `seen`; 0 when there was none."""
    wanted = select(OpcoFact).where(OpcoFact.idcc == idcc, OpcoFact.origin == Origin.OVERRIDE.value)
    fact = session.scalar(wanted.with_for_update())
    current = fact.version if fact else 0
    if current != seen:
        raise StaleEdit(current)
    return fact
