"""The life of a dossier as a table, and the closed lists that go with it; pure.

Pages, actions, the API and the tests read this table: a move that is not here does not exist.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Protocol

from app.kernel.vocabulary import Listed


class Status(Listed):
    RECEIVED = "received", "Reçu"
    TAKEN = "taken", "Pris"
    HANDED_OVER = "handed_over", "Passé"
    DECLINED = "declined", "Refusé"
    CLOSED = "closed", "Clos"


class Part(Listed):
    """What a branch was asked to do on a need."""

    LEAD = "lead", "Pilote"
    SUPPORT = "support", "Appui"


class Outcome(Listed):
    HELPED = "helped", "Aide apportée"
    STEERED = "steered", "Orienté vers un dispositif"
    NO_HELP = "no_help", "Aucune aide disponible"
    UNREACHABLE = "unreachable", "Entreprise injoignable"
    WITHDRAWN = "withdrawn", "Retiré par l’entreprise"
    NO_NEWS = "no_news", "Clos sans nouvelles"


class DeclineReason(Listed):
    NOT_OUR_REMIT = "not_our_remit", "Ce besoin ne relève pas de nos missions"
    NOT_OUR_TERRITORY = "not_our_territory", "L’établissement est hors de notre territoire"
    NOT_OUR_BRANCH = "not_our_branch", "L’entreprise relève d’une autre branche professionnelle"
    NO_CAPACITY = "no_capacity", "Nous ne pouvons pas répondre dans le délai"
    ALREADY_HELPED = "already_helped", "Un autre acteur suit déjà ce besoin"


class Channel(Listed):
    """How a Maison told an actor whose mailbox nobody has verified."""

    PHONE = "phone", "Par téléphone"
    MAIL = "mail", "Par courriel"
    OTHER = "other", "Autrement"


class NeedStatus(Listed):
    """Computed from the dossiers of a need, never stored."""

    RECEIVED = "received", "Reçu"
    TAKEN = "taken", "Pris"
    WAITING = "waiting", "Attend l’entreprise"
    CLOSED = "closed", "Clos"
    NO_LEAD = "no_lead", "Sans responsable"


class Move(Listed):
    """What the journal says happened."""

    OPENED = "opened", "Reçu"
    TAKEN = "taken", "Pris"
    DECLINED = "declined", "Refusé"
    PASSED_ON = "passed_on", "Transmis à l’acteur suivant"
    LEADS = "leads", "Devient pilote"
    CONTACTED = "contacted", "Premier échange avec l’entreprise"
    REACHED = "reached", "Échange avec l’entreprise"
    NO_ANSWER = "no_answer", "Appel sans réponse"
    MESSAGE_LEFT = "message_left", "Message laissé à l’entreprise"
    SCHEME = "scheme", "Dispositif suivi"
    CAPTURED = "captured", "Constat noté"
    TRANSMITTED = "transmitted", "Transmis à l’acteur par la Maison"
    CLOSED = "closed", "Clos"


MOVES: Mapping[Status, frozenset[Status]] = {
    Status.RECEIVED: frozenset({Status.TAKEN, Status.DECLINED}),
    Status.TAKEN: frozenset({Status.HANDED_OVER, Status.CLOSED}),
    Status.HANDED_OVER: frozenset(),
    # Only the Maison, last responsible of all, is called back on a need it supported and left.
    Status.DECLINED: frozenset({Status.RECEIVED}),
    Status.CLOSED: frozenset({Status.RECEIVED}),
}

OPEN = frozenset({Status.RECEIVED, Status.TAKEN})
ENDED = frozenset(MOVES) - OPEN

CHOSEN_BY_ADVISER = tuple(outcome for outcome in Outcome if outcome is not Outcome.NO_NEWS)
"""« Clos sans nouvelles » comes from the clock alone: nobody may disguise a silence as an answer."""

MEANS_CONTACT = frozenset({Outcome.HELPED, Outcome.STEERED, Outcome.NO_HELP, Outcome.WITHDRAWN})
"""Outcomes that cannot exist unless somebody spoke with the company."""


class IllegalMove(Exception):
    """The table has no such move; `sentence` tells the user why, in French."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class Standing(Protocol):
    """What the computed status reads of a dossier."""

    @property
    def status(self) -> str: ...
    @property
    def leads(self) -> bool: ...
    @property
    def waiting(self) -> bool: ...


def may_move(start: str, end: Status) -> bool:
    return end in MOVES[Status(start)]


def check_move(start: str, end: Status) -> None:
    """Raise IllegalMove unless the table allows `start` → `end`."""
    if not may_move(start, end):
        raise IllegalMove(f"Ce dossier est « {Status(start).label} ». Cette action n’est plus possible.")


def need_status(dossiers: Iterable[Standing]) -> NeedStatus:
    """The state of a need is that of the dossier which leads it."""
    lead = next((dossier for dossier in dossiers if dossier.leads), None)
    if lead is None:
        return NeedStatus.NO_LEAD
    if lead.status == Status.TAKEN and lead.waiting:
        return NeedStatus.WAITING
    return NeedStatus(lead.status)
