"""An inquiry an adviser types for a company, at the desk or on the telephone: how, and who agreed; pure."""

from __future__ import annotations

from dataclasses import dataclass

from app.kernel.vocabulary import Listed

COUNTER_CONSENT_VERSION = "2026-11-guichet"
"""The wording an adviser reads to the company; a new wording takes a new name."""


class EntryChannel(Listed):
    """How the company came; an inquiry it files itself has the channel « web »."""

    COUNTER = "counter", "Au guichet"
    PHONE = "phone", "Par téléphone"


class ConsentHow(Listed):
    ORAL = "oral", "De vive voix"
    WRITTEN = "written", "Par écrit"


@dataclass(frozen=True, slots=True)
class Entry:
    """Who typed it, for which Maison, and who in the company agreed, how."""

    channel: EntryChannel
    user_id: int
    branch_id: int
    consent_how: ConsentHow
    consent_by: str
