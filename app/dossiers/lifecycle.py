"""The life of a dossier as a table, and the closed lists that go with it; pure.

Pages, actions, the API and the tests read this table: a move that is not here does not exist.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

from app.kernel.vocabulary import Listed


class Status(Listed):
    RECEIVED = "received", "Reçu"
    TAKEN = "taken", "Pris"
    HANDED_OVER = "handed_over", "Passé"
    DECLINED = "declined", "Refusé"
    CLOSED = "closed", "Clos"
    WITHDRAWN = "withdrawn", "Plus demandé"
    REROUTED = "rerouted", "Réorienté"


class Part(Listed):
    """What a branch was asked to do on a need."""

    LEAD = "lead", "Pilote"
    SUPPORT = "support", "Appui"
    OFFERED = "offered", "Relais proposé"
    SECOND = "second", "Second parcours"


class Outcome(Listed):
    HELPED = "helped", "Aide apportée"
    STEERED = "steered", "Orienté vers un dispositif"
    NO_HELP = "no_help", "Aucune aide disponible"
    UNREACHABLE = "unreachable", "Entreprise injoignable"
    WITHDRAWN = "withdrawn", "Retiré par l’entreprise"
    NO_NEWS = "no_news", "Clos sans nouvelles"
    JOINED = "joined", "Joint à une autre demande"


class DeclineReason(Listed):
    NOT_OUR_REMIT = "not_our_remit", "Ce besoin ne relève pas de nos missions"
    NOT_OUR_TERRITORY = "not_our_territory", "L’établissement est hors de notre territoire"
    NOT_OUR_BRANCH = "not_our_branch", "L’entreprise relève d’une autre branche professionnelle"
    NO_CAPACITY = "no_capacity", "Nous ne pouvons pas répondre dans le délai"
    ALREADY_HELPED = "already_helped", "Un autre acteur suit déjà ce besoin"


class ReopenReason(Listed):
    ASKED_AGAIN = "asked_again", "L’entreprise revient vers nous"
    NEW_FACT = "new_fact", "Un élément nouveau change la réponse"
    BY_MISTAKE = "by_mistake", "Le dossier a été clos par erreur"


class Channel(Listed):
    """How a Maison told an actor whose mailbox nobody has verified."""

    PHONE = "phone", "Par téléphone"
    MAIL = "mail", "Par e-mail"
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
    WAITS = "waits", "Attend l’entreprise"
    RESUMED = "resumed", "Reprend après l’attente"
    OFFERED = "offered", "Relais proposé"
    OFFER_ENDED = "offer_ended", "Relais plus proposé"
    OFFER_LAPSED = "offer_lapsed", "Relais sans réponse dans le délai"
    OFFER_REFUSED = "offer_refused", "Relais refusé"
    SUPPORT_ASKED = "support_asked", "Appui demandé"
    ACCEPTED = "accepted", "Relais accepté"
    HANDED_OVER = "handed_over", "Passé"
    CLOSED = "closed", "Clos"
    REOPENED = "reopened", "Rouvert"
    REASSIGNED = "reassigned", "Confié à un collègue"
    REQUALIFIED = "requalified", "Besoin requalifié"
    REROUTED = "rerouted", "Réorienté"
    JOINED = "joined", "Joint à une autre demande"
    JOINED_BY = "joined_by", "Une autre demande est jointe"
    UNDONE = "undone", "Annulé"
    REMINDED = "reminded", "Rappel"
    TAKEN_OVER = "taken_over", "Repris par la Maison de Ma Région"
    SECOND_PATH = "second_path", "Second parcours ouvert"
    EXPLAINED = "explained", "Pourquoi ce dossier dure"
    GIVEN_BACK = "given_back", "Rendu à l’équipe"
    COMPANY_BACK = "company_back", "Rouvert par l’entreprise"
    CONFIRMED = "confirmed", "L’entreprise confirme le premier échange"
    NOT_CALLED = "not_called", "L’entreprise attend encore d’être appelée"
    DENIED = "denied", "L’entreprise dit n’avoir pas été appelée"
    WITHDRAWN = "withdrawn", "Retiré par l’entreprise"
    CORRECTED = "corrected", "Coordonnées corrigées par l’entreprise"
    OPINION = "opinion", "Avis de l’entreprise"
    RESULT = "result", "Résultat donné par l’entreprise"


STARTS_CLOCK = frozenset({Move.OPENED, Move.LEADS, Move.COMPANY_BACK, Move.DENIED})
"""From each of these on, a dossier has its whole time again."""


class WithdrawReason(Listed):
    """Why a company takes its need back; it may say nothing."""

    SOLVED = "solved", "C’est réglé"
    CHANGED = "changed", "Mon besoin a changé"
    ELSEWHERE = "elsewhere", "Quelqu’un d’autre m’aide"
    TOO_LONG = "too_long", "C’était trop long"
    MISTAKE = "mistake", "La demande était une erreur"


class Verb(Listed):
    """What somebody does to a dossier."""

    TAKE = "take", "Prendre"
    DECLINE = "decline", "Refuser"
    CONTACT = "contact", "Noter le premier échange"
    WAIT = "wait", "Attendre l’entreprise"
    RESUME = "resume", "Reprendre"
    CLOSE = "close", "Clore"
    REOPEN = "reopen", "Rouvrir"
    REASSIGN = "reassign", "Confier à un collègue"
    OFFER = "offer", "Passer à une autre antenne"
    ACCEPT = "accept", "Accepter le relais"
    REFUSE = "refuse", "Refuser le relais"
    END_OFFER = "end_offer", "Retirer la proposition"
    LAPSE = "lapse", "Laisser passer le délai du relais"
    HAND_OVER = "hand_over", "Céder la place"
    ASK_SUPPORT = "ask_support", "Demander un appui"
    REQUALIFY = "requalify", "Requalifier"
    REROUTE = "reroute", "Réorienter"
    JOIN = "join", "Joindre à une autre demande"
    CALL_BACK = "call_back", "Rappeler"
    SILENCE = "silence", "Clore sans nouvelles"
    GIVE_BACK = "give_back", "Rendre à l’équipe"
    COME_BACK = "come_back", "Rouvrir à la demande de l’entreprise"
    WITHDRAW = "withdraw", "Retirer sa demande"


class Who(Listed):
    """Who may: checked by the action, for the verb alone does not say whose dossier it is."""

    TEAM = "team", "L’antenne du dossier"
    LEAD = "lead", "L’antenne pilote"
    ASKED = "asked", "L’antenne à qui le relais est proposé"
    DESK = "desk", "Le guichet, en conséquence d’un autre geste"
    COMPANY = "company", "L’entreprise, sur sa page"


@dataclass(frozen=True, slots=True)
class Rule:
    """A line of the table. `end` None: the status stays. `letter` goes to the company when the dossier leads.
    `waiting`, `offered`: the pause or the pending offer this verb needs (None: either will do)."""

    who: Who
    start: frozenset[Status]
    end: Status | None
    event: Move
    letter: str | None = None
    undoable: bool = False
    waiting: bool | None = None
    offered: bool | None = False


OPEN = frozenset({Status.RECEIVED, Status.TAKEN})
ENDED = frozenset(Status) - OPEN
LEFT = frozenset({Status.DECLINED, Status.HANDED_OVER, Status.WITHDRAWN, Status.REROUTED})
"""The branch is no longer concerned: what the case became since is not for it to read."""
NEW, HELD, OVER = frozenset({Status.RECEIVED}), frozenset({Status.TAKEN}), frozenset({Status.CLOSED})

LIFE: Mapping[Verb, Rule] = {
    Verb.TAKE: Rule(Who.TEAM, NEW, Status.TAKEN, Move.TAKEN, "taken", undoable=True),
    Verb.DECLINE: Rule(Who.TEAM, NEW, Status.DECLINED, Move.DECLINED, undoable=True),
    Verb.CONTACT: Rule(Who.TEAM, HELD, None, Move.CONTACTED, offered=None),
    Verb.WAIT: Rule(Who.TEAM, HELD, None, Move.WAITS, undoable=True, waiting=False, offered=None),
    Verb.RESUME: Rule(Who.TEAM, HELD, None, Move.RESUMED, undoable=True, waiting=True, offered=None),
    Verb.CLOSE: Rule(Who.TEAM, HELD, Status.CLOSED, Move.CLOSED, "closed", undoable=True),
    Verb.REOPEN: Rule(Who.TEAM, OVER, Status.TAKEN, Move.REOPENED, "reopened", undoable=True),
    Verb.REASSIGN: Rule(Who.TEAM, OPEN, Status.TAKEN, Move.REASSIGNED, "taken", undoable=True),
    Verb.OFFER: Rule(Who.LEAD, OPEN, None, Move.OFFERED, undoable=True),
    Verb.ACCEPT: Rule(Who.ASKED, OPEN, Status.TAKEN, Move.ACCEPTED, "passed_on", undoable=True, offered=True),
    Verb.REFUSE: Rule(Who.ASKED, OPEN, Status.DECLINED, Move.OFFER_REFUSED, undoable=True, offered=True),
    Verb.END_OFFER: Rule(Who.LEAD, NEW, Status.WITHDRAWN, Move.OFFER_ENDED, offered=True),
    Verb.LAPSE: Rule(Who.DESK, NEW, Status.WITHDRAWN, Move.OFFER_LAPSED, offered=True),
    Verb.HAND_OVER: Rule(Who.DESK, OPEN, Status.HANDED_OVER, Move.HANDED_OVER),
    Verb.ASK_SUPPORT: Rule(Who.LEAD, OPEN, None, Move.SUPPORT_ASKED, undoable=True),
    Verb.REQUALIFY: Rule(Who.LEAD, OPEN, None, Move.REQUALIFIED, "requalified", undoable=True),
    Verb.REROUTE: Rule(Who.DESK, OPEN, Status.REROUTED, Move.REROUTED, offered=None),
    Verb.JOIN: Rule(Who.LEAD, OPEN, Status.CLOSED, Move.JOINED, "joined", undoable=True, offered=None),
    Verb.WITHDRAW: Rule(Who.COMPANY, OPEN, Status.CLOSED, Move.WITHDRAWN, "withdrawn", offered=None),
    # A branch that had finished starts again: asked to lead, to support, or for another need.
    Verb.CALL_BACK: Rule(Who.DESK, ENDED, Status.RECEIVED, Move.OPENED),
    # The clock closes what waited too long; the company may open it again, for whoever takes it.
    Verb.SILENCE: Rule(Who.DESK, HELD, Status.CLOSED, Move.CLOSED, "no_news", waiting=True, offered=None),
    # Whoever held the case left the branch: the team has it again, its promise unchanged.
    Verb.GIVE_BACK: Rule(Who.DESK, HELD, Status.RECEIVED, Move.GIVEN_BACK, offered=None),
    Verb.COME_BACK: Rule(Who.DESK, OVER, Status.RECEIVED, Move.COMPANY_BACK),
}
"""REFUSE and LAPSE of a branch that already supports the case end the offer alone: it keeps its part and its status.
OFFER, ASK_SUPPORT, REQUALIFY are said of the dossier that leads; END_OFFER, ACCEPT, REFUSE, LAPSE of the one asked."""

MOVES: Mapping[Status, frozenset[Status]] = {
    status: frozenset(
        rule.end for rule in LIFE.values() if rule.end and status in rule.start and rule.end is not status
    )
    for status in Status
}
"""Read from the table: which status may follow which (an undone move goes the other way)."""

CHOSEN_BY_ADVISER = tuple(one for one in Outcome if one not in (Outcome.NO_NEWS, Outcome.JOINED))
"""« Clos sans nouvelles » comes from the clock alone: nobody may disguise a silence as an answer."""

MEANS_CONTACT = frozenset({Outcome.HELPED, Outcome.STEERED, Outcome.NO_HELP, Outcome.WITHDRAWN})
"""Outcomes that cannot exist unless somebody spoke with the company."""

ANSWER_FIRST = "Un relais vous est proposé. Acceptez-le ou refusez-le d’abord."
NO_OFFER = "Le relais ne vous est plus proposé."


class IllegalMove(Exception):
    """The table has no such move; `sentence` tells the user why, in French."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class Standing(Protocol):
    """What the table and the computed status read of a dossier."""

    @property
    def status(self) -> str: ...
    @property
    def leads(self) -> bool: ...
    @property
    def waiting(self) -> bool: ...
    @property
    def offered(self) -> bool: ...


def refusal(verb: Verb, dossier: Standing) -> str | None:
    """Why the table has no such move from here, in French; None when it has."""
    rule = LIFE[verb]
    if dossier.status not in rule.start:
        return f"Ce dossier est « {Status(dossier.status).label} ». Cette action n’est plus possible."
    if rule.offered not in (None, dossier.offered):
        return ANSWER_FIRST if dossier.offered else NO_OFFER
    if rule.waiting not in (None, dossier.waiting):
        return "Ce dossier attend déjà l’entreprise." if dossier.waiting else "Ce dossier n’attend personne."
    if rule.who is Who.LEAD and verb is not Verb.END_OFFER and not dossier.leads:
        return "Seule l’antenne pilote peut le faire."
    return None


def check_move(verb: Verb, dossier: Standing) -> None:
    """Raise IllegalMove unless the table allows it."""
    sentence = refusal(verb, dossier)
    if sentence:
        raise IllegalMove(sentence)


def need_status(dossiers: Iterable[Standing]) -> NeedStatus:
    """The state of a need is that of the dossier which leads it."""
    lead = next((dossier for dossier in dossiers if dossier.leads), None)
    if lead is None:
        return NeedStatus.NO_LEAD
    if lead.status == Status.TAKEN and lead.waiting:
        return NeedStatus.WAITING
    return NeedStatus(lead.status)
