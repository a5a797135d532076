"""The company corrects its contact; an address finds its requests again."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    op.create_table(
        "contact_corrections",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("inquiry_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("former_email", sa.String(length=254), nullable=True),
        sa.Column("contact_name", sa.String(length=120), nullable=True),
        sa.Column("email", sa.String(length=254), nullable=True),
        sa.Column("phone", sa.String(length=20), nullable=True),
        sa.Column("preferred_time", sa.String(length=120), nullable=True),
        sa.ForeignKeyConstraint(
            ["inquiry_id"], ["inquiries.id"], name=op.f("fk_contact_corrections_inquiry_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact_corrections")),
    )
    op.create_index(
        op.f("ix_contact_corrections_inquiry_id"), "contact_corrections", ["inquiry_id"], unique=False
    )
    op.create_index("ix_contact_corrections_email", "contact_corrections", [sa.text("lower(email)")])
    op.create_index("ix_inquiries_email", "inquiries", [sa.text("lower(email)")])


def downgrade() -> None:
    op.drop_index("ix_inquiries_email", table_name="inquiries")
    op.drop_table("contact_corrections")
