"""Communes, zones, dated memberships and Maisons."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "communes",
        sa.Column("code", sa.String(length=5), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("departement", sa.String(length=3), nullable=False),
        sa.Column("population", sa.Integer(), nullable=False),
        sa.Column("longitude", sa.Double(), nullable=True),
        sa.Column("latitude", sa.Double(), nullable=True),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_communes")),
    )
    op.create_index(op.f("ix_communes_departement"), "communes", ["departement"], unique=False)
    op.create_table(
        "contours",
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("rings", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("kind", "code", name=op.f("pk_contours")),
    )
    op.create_table(
        "elsewhere_communes",
        sa.Column("code", sa.String(length=5), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("departement", sa.String(length=100), nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_elsewhere_communes")),
    )
    op.create_table(
        "maisons",
        sa.Column("slug", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("departement", sa.String(length=3), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.PrimaryKeyConstraint("slug", name=op.f("pk_maisons")),
        sa.UniqueConstraint("departement", name=op.f("uq_maisons_departement")),
    )
    op.create_table(
        "territory_datasets",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("publisher", sa.String(length=200), nullable=False),
        sa.Column("version", sa.String(length=40), nullable=True),
        sa.Column("published_on", sa.Date(), nullable=True),
        sa.Column("licence", sa.String(length=100), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("against", sa.String(length=64), nullable=True),
        sa.Column("loaded_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_territory_datasets")),
    )
    op.create_index(op.f("ix_territory_datasets_kind"), "territory_datasets", ["kind"], unique=False)
    op.create_table(
        "territory_versions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_territory_versions")),
    )
    op.create_table(
        "zones",
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=True),
        sa.Column("vintage", sa.String(length=10), nullable=True),
        sa.PrimaryKeyConstraint("kind", "code", name=op.f("pk_zones")),
    )
    op.create_table(
        "former_communes",
        sa.Column("code", sa.String(length=5), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("commune", sa.String(length=5), nullable=False),
        sa.ForeignKeyConstraint(["commune"], ["communes.code"], name=op.f("fk_former_communes_commune")),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_former_communes")),
    )
    op.create_index(op.f("ix_former_communes_commune"), "former_communes", ["commune"], unique=False)
    op.create_table(
        "memberships",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("commune", sa.String(length=5), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "ends_on IS NULL OR ends_on >= starts_on", name=op.f("ck_memberships_dates_in_order")
        ),
        sa.ForeignKeyConstraint(["commune"], ["communes.code"], name=op.f("fk_memberships_commune")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_memberships")),
        sa.UniqueConstraint(
            "commune", "kind", "starts_on", name=op.f("uq_memberships_commune_kind_starts_on")
        ),
    )
    op.create_index("ix_memberships_kind_code", "memberships", ["kind", "code"], unique=False)
    op.create_table(
        "postal_codes",
        sa.Column("commune", sa.String(length=5), nullable=False),
        sa.Column("code", sa.String(length=5), nullable=False),
        sa.ForeignKeyConstraint(["commune"], ["communes.code"], name=op.f("fk_postal_codes_commune")),
        sa.PrimaryKeyConstraint("commune", "code", name=op.f("pk_postal_codes")),
    )


def downgrade() -> None:
    op.drop_table("postal_codes")
    op.drop_index("ix_memberships_kind_code", table_name="memberships")
    op.drop_table("memberships")
    op.drop_index(op.f("ix_former_communes_commune"), table_name="former_communes")
    op.drop_table("former_communes")
    op.drop_table("zones")
    op.drop_table("territory_versions")
    op.drop_index(op.f("ix_territory_datasets_kind"), table_name="territory_datasets")
    op.drop_table("territory_datasets")
    op.drop_table("maisons")
    op.drop_table("elsewhere_communes")
    op.drop_table("contours")
    op.drop_index(op.f("ix_communes_departement"), table_name="communes")
    op.drop_table("communes")
