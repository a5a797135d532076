"""A scheme followed as a prescription: proposed, requested, granted or refused, used. A pure table."""

from __future__ import annotations

from collections.abc import Mapping

from app.kernel.vocabulary import Listed
from app.routing.facts import Verdict


class Step(Listed):
    PROPOSED = "proposed", "Proposé"
    REQUESTED = "requested", "Demandé"
    GRANTED = "granted", "Accordé"
    REFUSED = "refused", "Refusé"
    USED = "used", "Utilisé"
    DROPPED = "dropped", "Abandonné"


class Refusal(Listed):
    """Why whoever pays for a scheme said no."""

    CONDITIONS = "conditions", "Une condition n’est pas remplie"
    TOO_LATE = "too_late", "La demande est arrivée trop tard"
    NO_BUDGET = "no_budget", "Il n’y a plus de crédits"
    FILE_INCOMPLETE = "file_incomplete", "Le dossier était incomplet"
    ALREADY_AIDED = "already_aided", "Une autre aide couvre déjà ce besoin"
    NO_REASON = "no_reason", "Aucune raison donnée"


STEPS: Mapping[Step, tuple[Step, ...]] = {
    Step.PROPOSED: (Step.REQUESTED, Step.DROPPED),
    Step.REQUESTED: (Step.GRANTED, Step.REFUSED, Step.DROPPED),
    Step.GRANTED: (Step.USED, Step.DROPPED),
    # A refusal may be contested, what was dropped taken up again.
    Step.REFUSED: (Step.REQUESTED,),
    Step.DROPPED: (Step.REQUESTED,),
    Step.USED: (),
}
"""What may follow, the likeliest first."""

RANK: Mapping[Step, int] = {
    Step.PROPOSED: 1,
    Step.REQUESTED: 2,
    Step.GRANTED: 3,
    Step.REFUSED: 3,
    Step.USED: 4,
}
"""How far along the four segments; what was dropped is nowhere."""
SEGMENTS = 4

PROPOSABLE = (Verdict.ELIGIBLE, Verdict.TO_CHECK)
"""The verdicts that let a scheme be proposed."""


def may_follow(now: str, then: Step) -> bool:
    return then in STEPS[Step(now)]


def is_over(step: str) -> bool:
    return not STEPS[Step(step)]
