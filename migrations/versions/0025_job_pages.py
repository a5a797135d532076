"""The pages of jobs read by index: figures and jobs of a family, needs where a job was captured."""

from __future__ import annotations

from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None

INDEXES = (
    ("ix_bmo_figures_job", "bmo_figures", ["job", "year"]),
    ("ix_rome_fap_links_fap", "rome_fap_links", ["fap"]),
    ("ix_captured_rome", "captured", ["rome", "at"]),
)


def upgrade() -> None:
    for name, table, columns in INDEXES:
        op.create_index(name, table, columns, unique=False)


def downgrade() -> None:
    for name, table, _ in reversed(INDEXES):
        op.drop_index(name, table_name=table)
