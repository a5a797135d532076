"""Slowing down whoever guesses passwords: failures are counted in the journal, for all processes alike."""

from __future__ import annotations

import hmac
from datetime import timedelta
from hashlib import sha256

from flask import current_app, request

from app.accounts.models import SignInOutcome
from app.accounts.queries import count_of, failures
from app.kernel.clock import utcnow

WINDOW = timedelta(minutes=15)
SAME_ACCOUNT_AND_ADDRESS = 5
SAME_ACCOUNT = 20
"""Higher than for one address, and not for an address its owner signed in from: strangers lock nobody out."""
USUAL = timedelta(days=60)
SAME_ADDRESS = 40
POSTS_PER_ADDRESS = "60 per minute"
"""Caps the work of hashing, whatever is sent."""
TOO_MANY = "Trop d’essais. Attendez 15 minutes, puis réessayez."


def account_key(email: str) -> str:
    """What stands for an e-mail in the journal, known or not."""
    key = current_app.config["GUICHET"].secret_key.encode()
    return hmac.new(key, email.strip().lower().encode("utf-8", "replace"), sha256).hexdigest()


def address() -> str:
    return (request.remote_addr or "")[:45]


def too_many(account: str) -> bool:
    """Has this account, or this address, failed too often lately?"""
    since, here = utcnow() - WINDOW, address()
    if failures(since, account, here) >= SAME_ACCOUNT_AND_ADDRESS:
        return True
    if failures(since, address=here) >= SAME_ADDRESS:
        return True
    if failures(since, account) < SAME_ACCOUNT:
        return False
    return not count_of(SignInOutcome.IN, utcnow() - USUAL, account, here)
