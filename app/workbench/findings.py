"""What a need teaches about the territory, captured in a few clicks: closed lists; pure."""

from __future__ import annotations

from dataclasses import dataclass

from app.kernel.vocabulary import Listed


class Cause(Listed):
    """Why the need exists, as the adviser hears it: « pas de candidats » and « pas les compétences » stay apart."""

    NO_CANDIDATE = "no_candidate", "Trop peu de candidats"
    SKILLS = "skills", "Candidats sans les compétences attendues"
    PAY = "pay", "Salaire ou avantages"
    HOURS = "hours", "Horaires ou rythme de travail"
    IMAGE = "image", "Image du métier ou de l’entreprise"
    MOBILITY = "mobility", "Transport, logement ou garde d’enfants"
    DEPARTURES = "departures", "Départs de l’entreprise, retraites"
    GROWTH = "growth", "Activité qui grandit ou change"
    OTHER = "other", "Autre cause"


class Horizon(Listed):
    NOW = "now", "Tout de suite"
    THREE_MONTHS = "three_months", "Dans les 3 mois"
    SIX_MONTHS = "six_months", "Dans les 6 mois"
    ONE_YEAR = "one_year", "Dans l’année"
    LATER = "later", "Plus tard"


class Training(Listed):
    """Is a training missing?"""

    NONE = "none", "Aucune formation ne manque"
    ABSENT = "absent", "Elle n’existe pas sur le territoire"
    FAR = "far", "Elle existe, trop loin"
    FULL = "full", "Elle existe, sans place"
    LATE = "late", "Elle existe, trop tard"
    COST = "cost", "Elle existe, trop chère"


@dataclass(frozen=True, slots=True)
class Findings:
    """What one branch says of a need; all of it optional."""

    job: str | None = None
    rome: str | None = None
    posts: int | None = None
    cause: Cause | None = None
    horizon: Horizon | None = None
    training: Training | None = None
    training_words: str | None = None

    def words(self) -> str:
        """On one line, as the journal and the case say it."""
        posts = f"{self.posts} poste{'s' if (self.posts or 0) > 1 else ''}" if self.posts else ""
        coded = (self.cause, self.horizon, self.training)
        said = [
            self.job or "",
            posts,
            *(one.label if one else "" for one in coded),
            self.training_words or "",
        ]
        return " · ".join(one for one in said if one)

    def __bool__(self) -> bool:
        return self != Findings()
