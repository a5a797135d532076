"""What the form turns away, and what is kept of it: a reason, at most a profile and a département; pure."""

from __future__ import annotations

from typing import NamedTuple

from app.kernel.vocabulary import Listed


class Aside(Listed):
    """Why this desk is not the right one; the two first are the rulebook's own keys. The last is how the words were
    read, and no more: the person is told so and may go on."""

    NOT_HR = "hc_pas_rh", "La question ne porte pas sur les ressources humaines"
    NOT_EMPLOYER = "hc_pas_employeur", "La personne ne représente pas une entreprise"
    OUTSIDE = "hors_region", "L’établissement est hors d’Occitanie"
    WORDS = "hors_phrase", "La phrase écrite a été lue comme hors sujet"


class Count(NamedTuple):
    """The name of a count. An empty profile is « all of them »; an empty département is « not said »."""

    quarter: str
    reason: str
    profile: str
    departement: str


def to_count(
    already: list[list[str]], quarter: str, reason: Aside, profile: str, departement: str
) -> list[Count]:
    """What one more turning away of the same form adds: its reason once, and its profile once beside it."""
    known = [Count(*one) for one in already]
    asked = [Count(quarter, reason, "", departement)]
    if profile:
        asked.append(Count(quarter, reason, profile, departement))
    said = {(one.reason, bool(one.profile)) for one in known}
    return [one for one in asked if (one.reason, bool(one.profile)) not in said]
