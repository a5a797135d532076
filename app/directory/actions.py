"""Verbs of the directory: load the base, enter and edit a branch, state an OPCO."""

from __future__ import annotations

from app.directory.records import publish, write_base
from app.directory.queries import snapshot_is_stored
from app.extensions import transaction


def load_base() -> bool:
    """Enter what the base directory lacks here and store its snapshot; True when something changed."""
    with transaction() as session:
        changed = write_base(session)
        if changed or not snapshot_is_stored():
            publish(session, changed=changed)
    return changed


def republish() -> None:
    """Store the snapshot again, after the territory changed under the directory."""
    with transaction() as session:
        publish(session, changed=False)
