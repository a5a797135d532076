"""Every page of the manager's door, on one blueprint."""

from __future__ import annotations

from app.web.manager import late, team
from app.web.manager.pages import blueprint

__all__ = ["blueprint", "late", "team"]
