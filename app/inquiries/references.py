"""The reference an owner reads aloud on the phone: no vowel, no letter taken for a digit."""

from __future__ import annotations

import re
import secrets
from datetime import date

ALPHABET = "23456789BCDFGHJKMNPQRSTVWXZ"
LENGTH = 6
REFERENCE = re.compile(rf"\bGO-\d\d-[{ALPHABET}]{{{LENGTH}}}\b", re.ASCII)


def drawn(on: date) -> str:
    """GO-26-7KQ2VD: drawn at random so that it tells nobody how many requests there are."""
    body = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
    return f"GO-{on:%y}-{body}"
