"""The workbench: prescriptions, tasks, model answers, captured facts, summaries."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    _model_answers()
    _captured()
    _prescriptions()
    _summaries()
    _tasks()


def _model_answers() -> None:
    op.create_table(
        "model_answers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("branch_id", sa.Integer(), nullable=True),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by_id", sa.Integer(), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["branch_id"], ["branches.id"], name=op.f("fk_model_answers_branch_id")),
        sa.ForeignKeyConstraint(["changed_by_id"], ["users.id"], name=op.f("fk_model_answers_changed_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_model_answers")),
    )
    op.create_index("ix_model_answers_branch", "model_answers", ["branch_id", "title", "id"], unique=False)


def _captured() -> None:
    op.create_table(
        "captured",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("need_id", sa.Integer(), nullable=False),
        sa.Column("dossier_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("job", sa.String(length=120), nullable=True),
        sa.Column("rome", sa.String(length=5), nullable=True),
        sa.Column("posts", sa.Integer(), nullable=True),
        sa.Column("cause", sa.String(length=20), nullable=True),
        sa.Column("horizon", sa.String(length=20), nullable=True),
        sa.Column("training", sa.String(length=20), nullable=True),
        sa.Column("training_words", sa.String(length=200), nullable=True),
        sa.CheckConstraint("posts IS NULL OR posts > 0", name=op.f("ck_captured_posts")),
        sa.ForeignKeyConstraint(["dossier_id"], ["dossiers.id"], name=op.f("fk_captured_dossier_id")),
        sa.ForeignKeyConstraint(["need_id"], ["needs.id"], name=op.f("fk_captured_need_id")),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_captured_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_captured")),
    )
    op.create_index(op.f("ix_captured_dossier_id"), "captured", ["dossier_id"], unique=False)
    op.create_index("ix_captured_need", "captured", ["need_id", "id"], unique=False)


def _prescriptions() -> None:
    op.create_table(
        "prescriptions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("need_id", sa.Integer(), nullable=False),
        sa.Column("dossier_id", sa.Integer(), nullable=False),
        sa.Column("scheme", sa.String(length=60), nullable=False),
        sa.Column("step", sa.String(length=12), nullable=False),
        sa.Column("verdict", sa.String(length=14), nullable=False),
        sa.Column("rulebook", sa.String(length=64), nullable=False),
        sa.Column("proposed_on", sa.Date(), nullable=False),
        sa.Column("requested_on", sa.Date(), nullable=True),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("used_on", sa.Date(), nullable=True),
        sa.Column("amount", sa.Integer(), nullable=True),
        sa.Column("refusal", sa.String(length=20), nullable=True),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("amount IS NULL OR amount >= 0", name=op.f("ck_prescriptions_amount")),
        sa.ForeignKeyConstraint(["changed_by_id"], ["users.id"], name=op.f("fk_prescriptions_changed_by_id")),
        sa.ForeignKeyConstraint(["dossier_id"], ["dossiers.id"], name=op.f("fk_prescriptions_dossier_id")),
        sa.ForeignKeyConstraint(["need_id"], ["needs.id"], name=op.f("fk_prescriptions_need_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_prescriptions")),
    )
    op.create_index(op.f("ix_prescriptions_dossier_id"), "prescriptions", ["dossier_id"], unique=False)
    op.create_index("uq_prescriptions_need_scheme", "prescriptions", ["need_id", "scheme"], unique=True)


def _summaries() -> None:
    op.create_table(
        "summaries",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("dossier_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("pdf", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["dossier_id"], ["dossiers.id"], name=op.f("fk_summaries_dossier_id")),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_summaries_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_summaries")),
    )
    op.create_index("ix_summaries_state", "summaries", ["state", "asked_at", "id"], unique=False)
    op.create_index("uq_summaries_reader", "summaries", ["dossier_id", "user_id"], unique=True)


def _tasks() -> None:
    op.create_table(
        "tasks",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("dossier_id", sa.Integer(), nullable=False),
        sa.Column("branch_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("due", sa.Date(), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=True),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("added_by_id", sa.Integer(), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("done_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["added_by_id"], ["users.id"], name=op.f("fk_tasks_added_by_id")),
        sa.ForeignKeyConstraint(["branch_id"], ["branches.id"], name=op.f("fk_tasks_branch_id")),
        sa.ForeignKeyConstraint(["done_by_id"], ["users.id"], name=op.f("fk_tasks_done_by_id")),
        sa.ForeignKeyConstraint(["dossier_id"], ["dossiers.id"], name=op.f("fk_tasks_dossier_id")),
        sa.ForeignKeyConstraint(["owner_id"], ["users.id"], name=op.f("fk_tasks_owner_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tasks")),
    )
    op.create_index("ix_tasks_branch", "tasks", ["branch_id", "done_at", "due", "id"], unique=False)
    op.create_index("ix_tasks_dossier", "tasks", ["dossier_id", "due", "id"], unique=False)
    op.create_index("ix_tasks_owner", "tasks", ["owner_id", "done_at", "due", "id"], unique=False)


def downgrade() -> None:
    op.drop_index("ix_tasks_owner", table_name="tasks")
    op.drop_index("ix_tasks_dossier", table_name="tasks")
    op.drop_index("ix_tasks_branch", table_name="tasks")

    op.drop_table("tasks")
    op.drop_index("uq_summaries_reader", table_name="summaries")
    op.drop_index("ix_summaries_state", table_name="summaries")

    op.drop_table("summaries")
    op.drop_index("uq_prescriptions_need_scheme", table_name="prescriptions")
    op.drop_index(op.f("ix_prescriptions_dossier_id"), table_name="prescriptions")

    op.drop_table("prescriptions")
    op.drop_index("ix_captured_need", table_name="captured")
    op.drop_index(op.f("ix_captured_dossier_id"), table_name="captured")

    op.drop_table("captured")
    op.drop_index("ix_model_answers_branch", table_name="model_answers")

    op.drop_table("model_answers")
