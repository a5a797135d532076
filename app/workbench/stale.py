"""A row of the workbench that somebody changed since its page was read."""

from __future__ import annotations


class StaleRow(Exception):
    """Nothing was written: the page shows the row as it is and gives back what was typed."""
