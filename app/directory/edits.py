"""What an administrator enters of a branch or of an agreement, once parsed; and why it may be refused. Pure."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date

from app.directory.statuses import BranchStatus

LONGEST_SLUG = 80


class UnknownBranch(LookupError):
    """No branch has this slug."""


class StaleEdit(RuntimeError):
    """Somebody else changed the same row since it was read; `version` is the one it has now."""

    def __init__(self, version: int) -> None:
        super().__init__(f"the row is now at version {version}")
        self.version = version


class EditRefused(ValueError):
    """A change that would leave a company without anybody; the sentence says what to do instead."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field, self.sentence = field, sentence


@dataclass(frozen=True, slots=True)
class BranchEdit:
    """Everything an administrator may say of a branch."""

    name: str
    status: BranchStatus
    mailbox: str | None
    mailbox_verified_on: date | None
    zones: tuple[tuple[str, str], ...]
    source: str | None


@dataclass(frozen=True, slots=True)
class NewBranch:
    """A branch finer than the entry point of its network."""

    actor: str
    opco: str | None
    edit: BranchEdit


def slug_for(actor: str, name: str, taken: frozenset[str]) -> str:
    """mission_locale, « Mission locale de Lodève » → mission-locale-de-lodeve; a number when it is taken."""
    flat = unicodedata.normalize("NFKD", name.lower().replace("œ", "oe"))
    plain = "".join(letter for letter in flat if not unicodedata.combining(letter))
    words = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
    prefix = actor.replace("_", "-")
    slug = words if words.startswith(prefix) else f"{prefix}-{words}".strip("-")
    slug = slug[: LONGEST_SLUG - 5].strip("-")
    free = (slug, *(f"{slug}-{number}" for number in range(2, len(taken) + 3)))
    return next(one for one in free if one not in taken)
