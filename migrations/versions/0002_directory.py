"""Branches, agreements, OPCO facts and the compiled snapshot."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.create_table(
        "agreements",
        sa.Column("idcc", sa.String(length=5), nullable=False),
        sa.Column("title", sa.String(length=500), nullable=False),
        sa.Column("short_title", sa.String(length=200), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("successor", sa.String(length=5), nullable=True),
        sa.PrimaryKeyConstraint("idcc", name=op.f("pk_agreements")),
    )
    op.create_index(op.f("ix_agreements_successor"), "agreements", ["successor"], unique=False)
    op.create_table(
        "branches",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=80), nullable=False),
        sa.Column("actor", sa.String(length=40), nullable=False),
        sa.Column("opco", sa.String(length=20), nullable=True),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("entry_point", sa.Boolean(), nullable=False),
        sa.Column("status", sa.String(length=12), nullable=False),
        sa.Column("mailbox", sa.String(length=254), nullable=True),
        sa.Column("mailbox_verified_on", sa.Date(), nullable=True),
        sa.Column("source", sa.String(length=300), nullable=True),
        sa.Column("verified_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "mailbox_verified_on IS NULL OR mailbox IS NOT NULL", name=op.f("ck_branches_verified_mailbox")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_branches")),
        sa.UniqueConstraint("slug", name=op.f("uq_branches_slug")),
    )
    op.create_index(op.f("ix_branches_actor"), "branches", ["actor"], unique=False)
    op.create_table(
        "compiled_directories",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("directory", sa.Integer(), nullable=False),
        sa.Column("territory", sa.Integer(), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.Column("stale_from", sa.Date(), nullable=True),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_compiled_directories")),
    )
    op.create_table(
        "directory_datasets",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("publisher", sa.String(length=200), nullable=False),
        sa.Column("version", sa.String(length=40), nullable=True),
        sa.Column("licence", sa.String(length=100), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("loaded_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_directory_datasets")),
    )
    op.create_index(op.f("ix_directory_datasets_kind"), "directory_datasets", ["kind"], unique=False)
    op.create_table(
        "directory_versions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_directory_versions")),
    )
    op.create_table(
        "opco_facts",
        sa.Column("idcc", sa.String(length=5), nullable=False),
        sa.Column("origin", sa.String(length=12), nullable=False),
        sa.Column("opco", sa.String(length=20), nullable=True),
        sa.Column("status", sa.String(length=40), nullable=False),
        sa.Column("source", sa.String(length=300), nullable=False),
        sa.Column("checked_on", sa.Date(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("idcc", "origin", name=op.f("pk_opco_facts")),
    )
    op.create_table(
        "branch_zones",
        sa.Column("branch_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.ForeignKeyConstraint(
            ["branch_id"], ["branches.id"], name=op.f("fk_branch_zones_branch_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("branch_id", "kind", "code", name=op.f("pk_branch_zones")),
    )
    op.create_index("ix_branch_zones_kind_code", "branch_zones", ["kind", "code"], unique=False)


def downgrade() -> None:
    op.drop_index("ix_branch_zones_kind_code", table_name="branch_zones")
    op.drop_table("branch_zones")
    op.drop_table("opco_facts")
    op.drop_table("directory_versions")
    op.drop_index(op.f("ix_directory_datasets_kind"), table_name="directory_datasets")
    op.drop_table("directory_datasets")
    op.drop_table("compiled_directories")
    op.drop_index(op.f("ix_branches_actor"), table_name="branches")
    op.drop_table("branches")
    op.drop_index(op.f("ix_agreements_successor"), table_name="agreements")
    op.drop_table("agreements")
