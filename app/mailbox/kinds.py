"""Kinds of letters: the capability that sends one says how it reads; the mailbox imports none of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Protocol

from app.kernel.vocabulary import Listed


class LetterStatus(Listed):
    WAITING = "waiting", "À envoyer"
    KEPT = "kept", "Pour l’e-mail du jour"
    SENT = "sent", "Envoyée"
    TOGETHER = "together", "Dite par l’e-mail du jour"
    DEAD = "dead", "Non distribuée"
    BOUNCED = "bounced", "Revenue"
    NO_ADDRESS = "no_address", "Sans adresse"


FAILED = (LetterStatus.DEAD, LetterStatus.BOUNCED, LetterStatus.NO_ADDRESS)
"""What may be sent again: a letter that left is never sent twice by a click."""


SETTLED = frozenset({LetterStatus.SENT, LetterStatus.TOGETHER})
"""Nothing more is done of them."""


class Recipient(Listed):
    COMPANY = "company", "L’entreprise"
    BRANCH = "branch", "L’antenne"
    MAISON = "maison", "La Maison de Ma Région"
    PERSON = "person", "Une personne de l’antenne"


class LetterIds(Protocol):
    """What a context function reads of a letter row."""

    @property
    def inquiry_id(self) -> int | None: ...
    @property
    def dossier_id(self) -> int | None: ...
    @property
    def branch_id(self) -> int | None: ...
    @property
    def user_id(self) -> int | None: ...
    @property
    def version(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Content:
    """What is read at the moment of sending; no address means nobody to write to."""

    address: str | None
    subject: str
    facts: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Kind:
    """`template` is the stem of templates/mail/<template>.txt and .html."""

    name: str
    template: str
    recipient: Recipient
    content: Callable[[LetterIds], Content]


KINDS: dict[str, Kind] = {}


def register(kind: Kind) -> None:
    """Called at boot by the sending capability; the same name twice must be the same kind."""
    KINDS[kind.name] = kind
