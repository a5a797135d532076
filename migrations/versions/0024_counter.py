"""Inquiries typed by an adviser for a company."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"


def upgrade() -> None:
    with op.batch_alter_table("drafts") as drafts:
        drafts.add_column(sa.Column("adviser_id", sa.Integer(), nullable=True))
        drafts.add_column(sa.Column("branch_id", sa.Integer(), nullable=True))
        drafts.add_column(sa.Column("channel", sa.String(length=12), nullable=True))
        drafts.create_foreign_key(op.f("fk_drafts_adviser_id"), "users", ["adviser_id"], ["id"])
        drafts.create_foreign_key(op.f("fk_drafts_branch_id"), "branches", ["branch_id"], ["id"])
    op.create_table(
        "counter_entries",
        sa.Column("inquiry_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("branch_id", sa.Integer(), nullable=False),
        sa.Column("consent_how", sa.String(length=8), nullable=False),
        sa.Column("consent_by", sa.String(length=120), nullable=False),
        sa.ForeignKeyConstraint(["inquiry_id"], ["inquiries.id"], name=op.f("fk_counter_entries_inquiry_id")),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_counter_entries_user_id")),
        sa.ForeignKeyConstraint(["branch_id"], ["branches.id"], name=op.f("fk_counter_entries_branch_id")),
        sa.PrimaryKeyConstraint("inquiry_id", name=op.f("pk_counter_entries")),
    )


def downgrade() -> None:
    op.drop_table("counter_entries")
    with op.batch_alter_table("drafts") as drafts:
        drafts.drop_constraint(op.f("fk_drafts_branch_id"), type_="foreignkey")
        drafts.drop_constraint(op.f("fk_drafts_adviser_id"), type_="foreignkey")
        for name in ("channel", "branch_id", "adviser_id"):
            drafts.drop_column(name)
