"""What the desk could not take and what nobody could answer, for those who steer the region: numbers, each defined."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.collective.unmet import lapsed_between, unanswered_between
from app.inquiries.turning_queries import turned_away_in
from app.kernel.quarters import quarters_of
from app.kernel.vocabulary import DEPARTEMENTS
from app.reporting.indicators import Indicator
from app.reporting.scope import Scope

NOT_SAID = "Département non dit"

TURNED_AWAY = Indicator(
    "Demandes que le guichet n’a pas pu prendre",
    "Formulaires commencés que le guichet a envoyés ailleurs, ou dont la phrase a été lue comme hors sujet.",
    "Chaque formulaire compte une fois par motif. Ni texte, ni entreprise, ni personne ne sont gardés.",
    "Aucun : c’est un nombre, par trimestres entiers.",
    "Les formulaires corrigés puis déposés. Un visiteur qui recommence compte de nouveau.",
)
UNANSWERED = Indicator(
    "Demandes restées sans réponse",
    "Besoins déposés pendant la période auxquels personne n’a pu répondre.",
    "Chaque besoin compte une fois, dans le dernier motif connu.",
    "Aucun : c’est un nombre.",
    "Les besoins retirés par l’entreprise, et ceux joints à une autre demande.",
)
LAPSED = Indicator(
    "Besoins collectifs éteints sans réponse",
    "Besoins collectifs et signaux faibles que personne n’a traités et qui n’atteignent plus leur seuil.",
    "Ceux dont le journal dit l’extinction pendant la période.",
    "Aucun : c’est un nombre.",
    "Ceux auxquels une Maison a répondu ensuite. Avec un département choisi, ceux d’un bassin ou d’une EPCI.",
)


@dataclass(frozen=True, slots=True)
class AsideWords:
    """A reason, how many forms, and who wrote them when they said so."""

    label: str
    forms: int
    profiles: Sequence[tuple[str, int]]


@dataclass(frozen=True, slots=True)
class Unmet:
    """`first` and `last` are the days the whole quarters cover: more than the period asked."""

    first: date
    last: date
    aside: Sequence[AsideWords]
    places: Sequence[tuple[str, int]]
    unanswered: Sequence[tuple[str, int]]
    lapsed: int


def unmet_in(scope: Scope, profiles: dict[str, str]) -> Unmet:
    """`profiles` are the words of the rules in force; a code they no longer know is shown as it is."""
    quarters = quarters_of(scope.start, scope.end)
    turned = turned_away_in([one.name for one in quarters], scope.departement)
    aside = [
        AsideWords(
            one.reason.label,
            one.forms,
            [(profiles.get(code, code), forms) for code, forms in one.profiles.items()],
        )
        for one in turned.lines
    ]
    return Unmet(
        quarters[0].first,
        quarters[-1].last,
        aside,
        [
            (DEPARTEMENTS.get(code, code) if code else NOT_SAID, forms)
            for code, forms in turned.places.items()
        ],
        [
            (why.label, count)
            for why, count in unanswered_between(scope.start, scope.end, scope.departement).items()
        ],
        lapsed_between(scope.since, scope.until, scope.departement),
    )
