"""Who is away and who replaces them; how many cases a week a branch can take."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"


def upgrade() -> None:
    op.create_table(
        "absences",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("replaced_by_id", sa.Integer(), nullable=True),
        sa.Column("entered_by_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("ends_on >= starts_on", name=op.f("ck_absences_dates")),
        sa.ForeignKeyConstraint(["entered_by_id"], ["users.id"], name=op.f("fk_absences_entered_by_id")),
        sa.ForeignKeyConstraint(["replaced_by_id"], ["users.id"], name=op.f("fk_absences_replaced_by_id")),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_absences_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_absences")),
    )
    op.create_index("ix_absences_user_id_ends_on", "absences", ["user_id", "ends_on"], unique=False)
    op.create_table(
        "branch_capacities",
        sa.Column("branch_id", sa.Integer(), nullable=False),
        sa.Column("per_week", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("per_week >= 0", name=op.f("ck_branch_capacities_per_week")),
        sa.ForeignKeyConstraint(
            ["branch_id"], ["branches.id"], name=op.f("fk_branch_capacities_branch_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("branch_id", name=op.f("pk_branch_capacities")),
    )
    op.create_index("ix_dossiers_arrivals", "dossiers", ["branch_id", "filed_at"], unique=False)


def downgrade() -> None:
    op.drop_index("ix_dossiers_arrivals", table_name="dossiers")
    op.drop_table("branch_capacities")
    op.drop_index("ix_absences_user_id_ends_on", table_name="absences")
    op.drop_table("absences")
