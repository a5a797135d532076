"""Anonymous counts of the self-check's answers."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"


def upgrade() -> None:
    op.create_table(
        "selfcheck_counts",
        sa.Column("quarter", sa.String(length=7), nullable=False),
        sa.Column("departement", sa.String(length=3), nullable=False),
        sa.Column("question", sa.String(length=20), nullable=False),
        sa.Column("answer", sa.String(length=4), nullable=False),
        sa.Column("companies", sa.Integer(), nullable=False),
        sa.CheckConstraint("companies > 0", name=op.f("ck_selfcheck_counts_companies")),
        sa.PrimaryKeyConstraint(
            "quarter", "departement", "question", "answer", name=op.f("pk_selfcheck_counts")
        ),
    )
    op.create_table(
        "selfcheck_forms",
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_selfcheck_forms")),
    )


def downgrade() -> None:
    op.drop_table("selfcheck_forms")
    op.drop_table("selfcheck_counts")
