"""Drafts, inquiries and their needs."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.create_table(
        "drafts",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("form_id", sa.String(length=40), nullable=False),
        sa.Column("data", sa.JSON(), nullable=False),
        sa.Column("step", sa.String(length=20), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_drafts")),
        sa.UniqueConstraint("form_id", name=op.f("uq_drafts_form_id")),
    )
    op.create_index("ix_drafts_updated_at", "drafts", ["updated_at"], unique=False)
    op.create_table(
        "inquiries",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(length=16), nullable=False),
        sa.Column("form_id", sa.String(length=40), nullable=False),
        sa.Column("filed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("channel", sa.String(length=12), nullable=False),
        sa.Column("words", sa.Text(), nullable=True),
        sa.Column("siret", sa.String(length=14), nullable=True),
        sa.Column("company", sa.String(length=200), nullable=False),
        sa.Column("place", sa.String(length=120), nullable=False),
        sa.Column("commune", sa.String(length=5), nullable=False),
        sa.Column("departement", sa.String(length=3), nullable=False),
        sa.Column("epci", sa.String(length=9), nullable=True),
        sa.Column("naf", sa.String(length=6), nullable=True),
        sa.Column("naf_version", sa.String(length=8), nullable=True),
        sa.Column("idcc", sa.String(length=5), nullable=True),
        sa.Column("workforce_low", sa.Integer(), nullable=True),
        sa.Column("workforce_high", sa.Integer(), nullable=True),
        sa.Column("legal_form", sa.String(length=60), nullable=True),
        sa.Column("contact_name", sa.String(length=120), nullable=True),
        sa.Column("email", sa.String(length=254), nullable=True),
        sa.Column("phone", sa.String(length=20), nullable=True),
        sa.Column("preferred_time", sa.String(length=120), nullable=True),
        sa.Column("consent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("consent_version", sa.String(length=20), nullable=True),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.Column("link_version", sa.Integer(), nullable=False),
        sa.Column("is_demo", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "workforce_low IS NULL OR workforce_low >= 0", name=op.f("ck_inquiries_workforce_low")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inquiries")),
        sa.UniqueConstraint("form_id", name=op.f("uq_inquiries_form_id")),
        sa.UniqueConstraint("reference", name=op.f("uq_inquiries_reference")),
    )
    op.create_index("ix_inquiries_filed_at", "inquiries", ["filed_at", "id"], unique=False)
    op.create_index("ix_inquiries_siret", "inquiries", ["siret"], unique=False)
    op.create_table(
        "needs",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("inquiry_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column("theme", sa.String(length=20), nullable=False),
        sa.Column("urgency", sa.String(length=12), nullable=False),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.Column("decision", sa.JSON(), nullable=True),
        sa.Column("rulebook_hash", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["inquiry_id"], ["inquiries.id"], name=op.f("fk_needs_inquiry_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_needs")),
        sa.UniqueConstraint("inquiry_id", "key", name=op.f("uq_needs_inquiry_id_key")),
    )
    op.create_index(op.f("ix_needs_inquiry_id"), "needs", ["inquiry_id"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_needs_inquiry_id"), table_name="needs")
    op.drop_table("needs")
    op.drop_index("ix_inquiries_siret", table_name="inquiries")
    op.drop_index("ix_inquiries_filed_at", table_name="inquiries")
    op.drop_table("inquiries")
    op.drop_index("ix_drafts_updated_at", table_name="drafts")
    op.drop_table("drafts")
