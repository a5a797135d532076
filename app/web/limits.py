"""How often a page may be asked: the doors' only way to the limiter."""

from flask_limiter import RateLimitExceeded

from app.extensions import limiter

limited = limiter.limit
unlimited = limiter.exempt


def within(rate: str) -> bool:
    """May this visitor do it once more? For what a page can go on without."""
    try:
        with limited(rate):
            return True
    except RateLimitExceeded:
        return False
