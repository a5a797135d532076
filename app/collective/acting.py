"""A collective action: what kinds there are, how it lives, what a company says of it; pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from app.kernel.vocabulary import Listed
from app.territory.names import plain

LEGAL_FORMS = frozenset(["ei", "eurl", "sa", "sarl", "sas", "sasu", "sci", "scop", "snc"])
SHORTEST = 4
"""Letters under which a name is too often another word."""


class ActionKind(Listed):
    """The kinds the Région asked for, in words a company understands."""

    POEC = "poec", "Formation collective avant embauche (POEC)"
    EMPLOYERS_GROUP = "employers", "Groupement d’employeurs"
    SHARED_TRAINING = "training", "Formation partagée entre entreprises"
    FORUM = "forum", "Rencontre avec des candidats"
    GPECT = "gpect", "Démarche territoriale emplois et compétences (GPECT)"


PURPOSE: Mapping[ActionKind, str] = {
    ActionKind.POEC: "Des demandeurs d’emploi sont formés ensemble au métier que plusieurs entreprises recherchent.",
    ActionKind.EMPLOYERS_GROUP: "Plusieurs entreprises emploient la même personne, chacune pour une part de son temps.",
    ActionKind.SHARED_TRAINING: "Des salariés de plusieurs entreprises suivent la même formation, près de chez eux.",
    ActionKind.FORUM: "Des entreprises rencontrent le même jour des personnes qui cherchent ce métier.",
    ActionKind.GPECT: "Des entreprises et des acteurs d’un territoire préparent ensemble les métiers de demain.",
}


class Stage(Listed):
    """Where an action stands."""

    PLANNED = "planned", "Prévue"
    HELD = "held", "Réalisée"
    ABANDONED = "abandoned", "Abandonnée"


STAGES: Mapping[Stage, frozenset[Stage]] = {
    Stage.PLANNED: frozenset({Stage.HELD, Stage.ABANDONED}),
    Stage.HELD: frozenset(),
    Stage.ABANDONED: frozenset(),
}


class Reply(Listed):
    """What a company answered when it was asked to take part."""

    ASKED = "asked", "Pas encore répondu"
    AGREED = "agreed", "D’accord"
    DECLINED = "declined", "Ne participe pas"


class Result(Listed):
    """What an action led to."""

    HIRED = "hired", "Des embauches"
    TRAINED = "trained", "Des personnes formées"
    SHARED = "shared", "Des emplois partagés"
    PREPARED = "prepared", "Un plan commun"
    NOTHING_YET = "nothing", "Pas encore d’effet"


def names_one_of(text: str, companies: Iterable[str]) -> bool:
    """Does the text hold the name of one of these companies, whatever its accents, capitals and legal form?"""
    said = f" {plain(text)} "
    names = (" ".join(word for word in plain(one).split() if word not in LEGAL_FORMS) for one in companies)
    return any(len(name) >= SHORTEST and f" {name} " in said for name in names)
