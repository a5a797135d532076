"""What the public register of companies says: answers kept for a while, and completions of inquiries."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "look_ups",
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("fetched_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("found", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_look_ups")),
    )
    op.create_index("ix_look_ups_fetched_at", "look_ups", ["fetched_at"], unique=False)
    op.create_table(
        "completions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("inquiry_id", sa.Integer(), nullable=False),
        sa.Column("siret", sa.String(length=14), nullable=False),
        sa.Column("fetched_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("found", sa.JSON(), nullable=True),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["inquiry_id"], ["inquiries.id"], name=op.f("fk_completions_inquiry_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_completions")),
        sa.UniqueConstraint("inquiry_id", name=op.f("uq_completions_inquiry_id")),
    )
    op.create_index("ix_completions_due_at", "completions", ["due_at"], unique=False)


def downgrade() -> None:
    op.drop_index("ix_completions_due_at", table_name="completions")
    op.drop_table("completions")
    op.drop_index("ix_look_ups_fetched_at", table_name="look_ups")
    op.drop_table("look_ups")
