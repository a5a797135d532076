"""How many new cases a week a branch can take, said or unsaid."""

from __future__ import annotations

from app.directory.models import BranchCapacity
from app.extensions import transaction
from app.kernel.clock import utcnow


def say_capacity(branch_id: int, per_week: int | None) -> None:
    """None: nothing limits it any more. Who may say it is the page's to check."""
    with transaction() as session:
        row = session.get(BranchCapacity, branch_id)
        if per_week is None:
            if row is not None:
                session.delete(row)
        elif row is None:
            session.add(BranchCapacity(branch_id=branch_id, per_week=per_week, at=utcnow()))
        else:
            row.per_week, row.at = per_week, utcnow()
