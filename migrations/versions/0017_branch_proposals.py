"""Local actors proposed by official lists."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"


def upgrade() -> None:
    op.create_table(
        "branch_proposals",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(length=40), nullable=False),
        sa.Column("reference", sa.String(length=120), nullable=False),
        sa.Column("actor", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("commune", sa.String(length=5), nullable=False),
        sa.Column("served", sa.JSON(), nullable=False),
        sa.Column("address", sa.String(length=300), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=True),
        sa.Column("phone", sa.String(length=40), nullable=True),
        sa.Column("website", sa.String(length=300), nullable=True),
        sa.Column("updated_on", sa.Date(), nullable=True),
        sa.Column("decision", sa.String(length=12), nullable=False),
        sa.Column("branch", sa.String(length=80), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["decided_by_id"], ["users.id"], name=op.f("fk_branch_proposals_decided_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_branch_proposals")),
        sa.UniqueConstraint("source", "reference", name=op.f("uq_branch_proposals_source_reference")),
    )
    op.create_index("ix_branch_proposals_decision", "branch_proposals", ["decision", "id"], unique=False)


def downgrade() -> None:
    op.drop_index("ix_branch_proposals_decision", table_name="branch_proposals")
    op.drop_table("branch_proposals")
