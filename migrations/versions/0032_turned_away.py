"""Forms the desk turned away, counted; requests their company took back count no more."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0031"

GONE = """SELECT need_id FROM dossiers WHERE leads AND outcome = 'withdrawn'"""
MINE = "signals.collective_need_id = collective_needs.id AND signals.counted"
OPEN = "method = 'threshold' AND state IN ('proposed', 'action')"


def upgrade() -> None:
    op.create_table(
        "turned_away",
        sa.Column("quarter", sa.String(length=7), nullable=False),
        sa.Column("reason", sa.String(length=20), nullable=False),
        sa.Column("profile", sa.String(length=20), nullable=False),
        sa.Column("departement", sa.String(length=3), nullable=False),
        sa.Column("forms", sa.Integer(), nullable=False),
        sa.CheckConstraint("forms > 0", name=op.f("ck_turned_away_forms")),
        sa.PrimaryKeyConstraint("quarter", "reason", "profile", "departement", name=op.f("pk_turned_away")),
    )
    with op.batch_alter_table("drafts") as batch:
        batch.add_column(sa.Column("turned_away", sa.JSON(), nullable=False, server_default="[]"))
    _count_those_left()


def _count_those_left() -> None:
    """A signal is read again when its case moves: those whose case ended before are corrected here."""
    op.execute(
        f"UPDATE signals SET counted = FALSE, unanswered = NULL WHERE counted AND need_id IN ({GONE})"  # noqa: S608
    )
    op.execute(
        f"UPDATE collective_needs SET signals = (SELECT count(*) FROM signals WHERE {MINE}), "  # noqa: S608
        f"companies = (SELECT count(DISTINCT company) FROM signals WHERE {MINE}) WHERE {OPEN}"
    )


def downgrade() -> None:
    """What lapsed is « sans suite », as a schema without the word can say; the requests taken back count again."""
    joined = "SELECT id FROM needs WHERE joined_to_id IS NOT NULL"
    op.execute(f"UPDATE signals SET counted = TRUE WHERE need_id IN ({GONE}) AND need_id NOT IN ({joined})")  # noqa: S608
    op.execute("UPDATE collective_needs SET state = 'not_relevant', reason = 'other' WHERE state = 'lapsed'")
    op.execute(
        "UPDATE collective_events SET kind = 'answered', \"to\" = 'not_relevant', reason = 'other' "
        "WHERE kind = 'lapsed'"
    )
    with op.batch_alter_table("drafts") as batch:
        batch.drop_column("turned_away")
    op.drop_table("turned_away")
