"""What a database can hold of what was typed."""

from __future__ import annotations

import re

UNSTORABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


def storable(text: str) -> str:
    """Without control characters nor halves of characters: PostgreSQL refuses the first, UTF-8 the others."""
    return UNSTORABLE.sub("", text)
