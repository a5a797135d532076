"""The company's secret link: derived from the inquiry and its link version, never stored."""

from __future__ import annotations

import hmac
import re
from base64 import urlsafe_b64encode
from hashlib import sha256

from flask import current_app

SHAPE = re.compile(r"^([0-9a-z]{1,13})-([A-Za-z0-9_-]{32})\Z", re.ASCII)
DRAFT_SHAPE = re.compile(r"^([0-9a-f]{32})-([A-Za-z0-9_-]{32})\Z", re.ASCII)
DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
SIGNATURE_BYTES = 24
LARGEST_ID = 2**63 - 1


def token_for(inquiry_id: int, link_version: int) -> str:
    """The secret part of the address; raising the version revokes the former one."""
    return f"{_short(inquiry_id)}-{_signature(inquiry_id, link_version)}"


def id_in(token: str) -> int | None:
    """The inquiry a token speaks of, genuine or not."""
    found = SHAPE.match(token)
    number = int(found[1], 36) if found else 0
    return number if 0 < number <= LARGEST_ID else None


def is_genuine(token: str, inquiry_id: int, link_version: int) -> bool:
    """Compared in constant time. The shape is checked first: only ASCII is compared."""
    if SHAPE.match(token) is None:
        return False
    return hmac.compare_digest(token, token_for(inquiry_id, link_version))


def draft_token_for(form_id: str) -> str:
    """The secret part of the address that resumes a draft, on any device."""
    return f"{form_id}-{_signed(f'draft:{form_id}')}"


def form_in(token: str) -> str | None:
    """The form a genuine token resumes, compared in constant time."""
    found = DRAFT_SHAPE.match(token)
    if found is None or not hmac.compare_digest(token, draft_token_for(found[1])):
        return None
    return found[1]


def _signature(inquiry_id: int, link_version: int) -> str:
    return _signed(f"inquiry:{inquiry_id}:{link_version}")


def _signed(what: str) -> str:
    key: str = current_app.config["GUICHET"].link_key
    digest = hmac.new(key.encode(), what.encode(), sha256).digest()
    return urlsafe_b64encode(digest[:SIGNATURE_BYTES]).decode()


def _short(number: int) -> str:
    text = ""
    while number:
        number, rest = divmod(number, 36)
        text = DIGITS[rest] + text
    return text
