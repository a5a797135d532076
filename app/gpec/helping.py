"""Who helps against each cause of tension: a direction to look in, never a reason to refuse. Pure.

The causes are those the Dares measures; who answers for each is read in the desk's own repertory (`actors.toml`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from app.gpec.figures import Cause

STRONG = 4
"""Level, out of 5, from which a cause is said to weigh."""
HELP: Mapping[Cause, str] = {
    Cause.TRAINING: "La formation compte beaucoup\u00a0: l’OPCO (l’organisme qui finance les formations de la branche) "
    "et la Région peuvent aider.",
    Cause.CONDITIONS: "Les conditions de travail pèsent\u00a0: l’Aract (l’agence régionale pour leur amélioration) "
    "aide à les revoir.",
    Cause.DISTANCE: "Les candidats ont du mal à venir\u00a0: pour le logement, Action Logement\u00a0; pour les "
    "trajets, l’aide à la mobilité de France Travail.",
    Cause.WORKFORCE: "Peu de candidats sont disponibles\u00a0: France Travail, la mission locale et Cap emploi "
    "élargissent la recherche.",
    Cause.PRECARITY: "Les emplois proposés sont courts\u00a0: un groupement d’employeurs permet de partager un poste "
    "durable.",
    Cause.INTENSITY: "Beaucoup d’entreprises embauchent en même temps\u00a0: la Maison de Ma Région peut proposer une "
    "action commune.",
}


def strong(levels: Iterable[Mapping[str, int]]) -> tuple[Cause, ...]:
    """The causes that weigh in one of the families at least, the heaviest first."""
    highest: dict[Cause, int] = {}
    for one in levels:
        for key, level in one.items():
            highest[Cause(key)] = max(level, highest.get(Cause(key), 0))
    return tuple(sorted((one for one in highest if highest[one] >= STRONG), key=lambda one: -highest[one]))
