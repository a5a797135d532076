"""How to reach a company."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Contact:
    contact_name: str | None
    email: str | None
    phone: str | None
    preferred_time: str | None
