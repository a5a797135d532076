"""Closed lists of the loop from cases to collective needs; pure."""

from __future__ import annotations

from collections.abc import Mapping

from app.kernel.vocabulary import Listed, ZoneKind


class Unanswered(Listed):
    """Why nobody could answer a request: it is a signal as well, and says so."""

    NO_HELP = "no_help", "Aucune aide disponible"
    DECLINED = "declined", "Refusée par tous les acteurs sollicités"
    ALONE = "alone", "Aucun acteur connu, la Maison seule"
    OUTSIDE = "outside", "Hors du catalogue du guichet"


class State(Listed):
    PROPOSED = "proposed", "À examiner"
    ACTION = "action", "Action engagée"
    TREATED = "treated", "Traité"
    NOT_RELEVANT = "not_relevant", "Sans suite"
    LAPSED = "lapsed", "Éteint sans réponse"


OPEN = (State.PROPOSED, State.ACTION)
"""Later requests join these. What was answered comes back with new requests alone; what lapsed, with its own too."""


class Method(Listed):
    """How a collective need was seen."""

    THRESHOLD = "threshold", "Besoin collectif"
    PAST = "past", "Signal faible"


class Shelf(Listed):
    """The lists of a Maison."""

    OPEN = "a-examiner", "À examiner"
    WEAK = "faibles", "Signaux faibles"
    ACTION = "en-action", "Action engagée"
    ANSWERED = "repondus", "Réponse donnée ou éteints"


class Reason(Listed):
    """Why a collective need calls for nothing."""

    SAME_PROJECT = "same_project", "Un seul et même projet"
    ALREADY_COVERED = "already_covered", "Une offre existe déjà sur place"
    SEASONAL = "seasonal", "Un pic attendu chaque année"
    MISREAD = "misread", "Des demandes sans rapport entre elles"
    NO_MEANS = "no_means", "Aucun moyen d’agir ici aujourd’hui"
    OTHER = "other", "Autre raison"


class LapseReason(Listed):
    """Why nobody is asked to answer any more: nobody chose it, so nobody picks it in a list."""

    BELOW = "below", "Le seuil n’est plus atteint et personne n’a répondu"
    USUAL = "usual", "Le lieu ne demande plus davantage que d’habitude et personne n’a répondu"


def why(code: str | None) -> str:
    """The sentence of a reason, given by somebody or by the passing of time; empty when there is none."""
    if not code:
        return ""
    return LapseReason(code).label if code in set(LapseReason) else Reason(code).label


class Happening(Listed):
    """What the journal of a collective need says."""

    PROPOSED = "proposed", "Proposé à la Maison"
    CONFIRMED = "confirmed", "Signal faible devenu besoin collectif"
    JOINED = "joined", "Nouvelles demandes"
    ANSWERED = "answered", "Réponse donnée"
    LAPSED = "lapsed", "Éteint sans réponse"
    PLANNED = "planned", "Action prévue"
    HELD = "held", "Action réalisée"
    MOVED = "moved", "Action déplacée"
    ABANDONED = "abandoned", "Action abandonnée"
    AGREED = "agreed", "Une entreprise participe"
    DECLINED = "declined", "Une entreprise ne participe pas"


PLACE_COLUMNS: Mapping[ZoneKind, str] = {
    ZoneKind.BASSIN_BMO: "bassin_bmo",
    ZoneKind.EPCI: "epci",
    ZoneKind.DEPARTEMENT: "departement",
}
"""The kinds of place a need is looked for in, the first that holds winning: the basin is where the survey speaks."""
