"""How often a page may be asked: the doors' only way to the limiter."""

from app.extensions import limiter

limited = limiter.limit
unlimited = limiter.exempt
