"""How each person wants the letters of their team: at once, together once a day, or not."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"


def upgrade() -> None:
    op.create_table(
        "mail_choices",
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("topic", sa.String(length=10), nullable=False),
        sa.Column("choice", sa.String(length=10), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_mail_choices_user_id")),
        sa.PrimaryKeyConstraint("user_id", "topic", name=op.f("pk_mail_choices")),
    )
    with op.batch_alter_table("letters") as batch:
        batch.add_column(sa.Column("digest_on", sa.Date(), nullable=True))
        batch.create_index("ix_letters_digest", ["user_id", "digest_on"], unique=False)


def downgrade() -> None:
    """What was kept for a digest leaves by itself; the digests, which nothing can write any more, are no more."""
    op.execute("DELETE FROM letters WHERE kind = 'digest'")
    op.execute("UPDATE letters SET status = 'waiting' WHERE status = 'kept'")
    op.execute("UPDATE letters SET status = 'sent', sent_at = posted_at WHERE status = 'together'")
    with op.batch_alter_table("letters") as batch:
        batch.drop_index("ix_letters_digest")
        batch.drop_column("digest_on")
    op.drop_table("mail_choices")
