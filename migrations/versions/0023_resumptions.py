"""The link of a draft asked for, with or without one reminder."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "resumptions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("draft_id", sa.String(length=40), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reminder_wanted", sa.Boolean(), nullable=False),
        sa.Column("reminded_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["draft_id"], ["drafts.id"], name=op.f("fk_resumptions_draft_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_resumptions")),
    )
    op.create_index(op.f("ix_resumptions_draft_id"), "resumptions", ["draft_id"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_resumptions_draft_id"), table_name="resumptions")
    op.drop_table("resumptions")
