"""Steps of the escalation, working days entered by an administrator, letters to one person."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"

UNCALLED = sa.text("leads AND first_contact_on IS NULL AND closed_at IS NULL")
STEPS = ("first_contact", "reminder", "second", "manager", "maison", "explain", "silence")


def upgrade() -> None:
    op.create_table(
        "dossier_steps",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("dossier_id", sa.Integer(), nullable=False),
        sa.Column("step", sa.String(length=10), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("overtaken", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["dossier_id"], ["dossiers.id"], name=op.f("fk_dossier_steps_dossier_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dossier_steps")),
        sa.UniqueConstraint(
            "dossier_id", "step", "started_at", name=op.f("uq_dossier_steps_dossier_id_step_started_at")
        ),
    )
    op.create_table(
        "deadline_lines",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("urgency", sa.String(length=12), nullable=False),
        sa.Column("need_key", sa.String(length=40), nullable=True),
        sa.Column("actor", sa.String(length=40), nullable=True),
        *(sa.Column(step, sa.Integer(), nullable=False) for step in STEPS),
        sa.Column("removed", sa.Boolean(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_deadline_lines_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deadline_lines")),
    )
    op.create_index(
        "ix_deadline_lines_target", "deadline_lines", ["urgency", "need_key", "actor", "id"], unique=False
    )
    op.create_index(
        "ix_dossiers_uncalled",
        "dossiers",
        ["first_contact_due", "id"],
        unique=False,
        sqlite_where=UNCALLED,
        postgresql_where=UNCALLED,
    )
    with op.batch_alter_table("letters") as batch:
        batch.add_column(sa.Column("user_id", sa.Integer(), nullable=True))
        batch.create_foreign_key(op.f("fk_letters_user_id"), "users", ["user_id"], ["id"])


def downgrade() -> None:
    with op.batch_alter_table("letters") as batch:
        batch.drop_constraint(op.f("fk_letters_user_id"), type_="foreignkey")
        batch.drop_column("user_id")
    op.drop_index(
        "ix_dossiers_uncalled",
        table_name="dossiers",
        sqlite_where=UNCALLED,
        postgresql_where=UNCALLED,
    )
    op.drop_index("ix_deadline_lines_target", table_name="deadline_lines")
    op.drop_table("deadline_lines")
    op.drop_table("dossier_steps")
