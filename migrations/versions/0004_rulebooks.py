"""Editions of the rulebook."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.create_table(
        "rulebook_editions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("status", sa.String(length=12), nullable=False),
        sa.Column("in_force_from", sa.Date(), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("files", sa.JSON(), nullable=False),
        sa.CheckConstraint(
            "status in ('draft', 'published', 'withdrawn')", name=op.f("ck_rulebook_editions_status")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rulebook_editions")),
        sa.UniqueConstraint("hash", name=op.f("uq_rulebook_editions_hash")),
    )
    op.create_index(
        op.f("ix_rulebook_editions_in_force_from"), "rulebook_editions", ["in_force_from"], unique=False
    )


def downgrade() -> None:
    op.drop_index(op.f("ix_rulebook_editions_in_force_from"), table_name="rulebook_editions")
    op.drop_table("rulebook_editions")
