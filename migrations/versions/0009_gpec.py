"""Official figures by job and basin, the ROME, the FAP and their passage."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"

TABLES = ("bmo_figures", "tensions", "rome_jobs", "rome_appellations", "fap_families", "rome_fap_links")


def upgrade() -> None:
    _datasets()
    _figures()
    _rome()
    _fap()


def _datasets() -> None:
    op.create_table(
        "gpec_datasets",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("publisher", sa.String(length=200), nullable=False),
        sa.Column("version", sa.String(length=40), nullable=True),
        sa.Column("licence", sa.String(length=100), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("loaded_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_gpec_datasets")),
    )
    op.create_index("ix_gpec_datasets_kind", "gpec_datasets", ["kind", "version"], unique=False)


def _figures() -> None:
    op.create_table(
        "bmo_figures",
        sa.Column("year", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("basin", sa.String(length=4), nullable=False),
        sa.Column("departement", sa.String(length=3), nullable=False),
        sa.Column("job", sa.String(length=6), nullable=False),
        sa.Column("job_label", sa.String(length=200), nullable=False),
        sa.Column("family", sa.String(length=10), nullable=False),
        sa.Column("family_label", sa.String(length=200), nullable=False),
        sa.Column("basin_name", sa.String(length=200), nullable=False),
        sa.Column("projects", sa.Integer(), nullable=True),
        sa.Column("difficult", sa.Integer(), nullable=True),
        sa.Column("seasonal", sa.Integer(), nullable=True),
        *_source("bmo_figures"),
        sa.PrimaryKeyConstraint("year", "basin", "departement", "job", name=op.f("pk_bmo_figures")),
    )
    by_departement = ["year", "departement", "job"]
    op.create_index("ix_bmo_figures_departement", "bmo_figures", by_departement, unique=False)
    op.create_table(
        "tensions",
        sa.Column("year", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("basin", sa.String(length=4), nullable=False),
        sa.Column("rome", sa.String(length=5), nullable=False),
        sa.Column("fap", sa.String(length=6), nullable=False),
        sa.Column("offers", sa.Integer(), nullable=False),
        sa.Column("seekers", sa.Integer(), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        *_source("tensions"),
        sa.PrimaryKeyConstraint("year", "basin", "rome", "fap", name=op.f("pk_tensions")),
    )


def _rome() -> None:
    op.create_table(
        "rome_jobs",
        sa.Column("code", sa.String(length=5), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("parent", sa.String(length=5), nullable=True),
        *_source("rome_jobs"),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_rome_jobs")),
    )
    op.create_table(
        "rome_appellations",
        sa.Column("code", sa.String(length=10), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("rome", sa.String(length=5), nullable=False),
        *_source("rome_appellations"),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_rome_appellations")),
    )
    op.create_index(op.f("ix_rome_appellations_rome"), "rome_appellations", ["rome"], unique=False)


def _fap() -> None:
    op.create_table(
        "fap_families",
        sa.Column("code", sa.String(length=6), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("fap228", sa.String(length=5), nullable=False),
        sa.Column("fap228_name", sa.String(length=200), nullable=False),
        sa.Column("fap86", sa.String(length=3), nullable=False),
        sa.Column("fap86_name", sa.String(length=200), nullable=False),
        sa.Column("fap22", sa.String(length=2), nullable=False),
        sa.Column("fap22_name", sa.String(length=200), nullable=False),
        *_source("fap_families"),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_fap_families")),
    )
    op.create_index(op.f("ix_fap_families_fap228"), "fap_families", ["fap228"], unique=False)
    op.create_table(
        "rome_fap_links",
        sa.Column("rome", sa.String(length=5), nullable=False),
        sa.Column("qualification", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("fap", sa.String(length=6), nullable=False),
        sa.Column("rome_label", sa.String(length=200), nullable=False),
        *_source("rome_fap_links"),
        sa.PrimaryKeyConstraint("rome", "qualification", "fap", name=op.f("pk_rome_fap_links")),
    )


def _source(table: str) -> tuple[sa.Column[int], sa.ForeignKeyConstraint]:
    """Each row keeps the file it came from."""
    return (
        sa.Column("dataset_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["dataset_id"], ["gpec_datasets.id"], name=op.f(f"fk_{table}_dataset_id")),
    )


def downgrade() -> None:
    op.drop_index("ix_bmo_figures_departement", table_name="bmo_figures")
    op.drop_index(op.f("ix_rome_appellations_rome"), table_name="rome_appellations")
    op.drop_index(op.f("ix_fap_families_fap228"), table_name="fap_families")
    op.drop_index("ix_gpec_datasets_kind", table_name="gpec_datasets")
    for table in (*TABLES, "gpec_datasets"):
        op.drop_table(table)
