"""Every page behind the secret link, on one blueprint."""

from __future__ import annotations

from app.web.company import contributing, messages, opinions, own_moves
from app.web.company.following import blueprint

__all__ = ["blueprint", "contributing", "messages", "opinions", "own_moves"]
