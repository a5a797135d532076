"""How the figures of a job read: « Dans le bassin de Lodève, 7 recrutements de cuisiniers sur 10 … ». Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from app.gpec.figures import FRAGILE_UNDER, Cause, Figures, TensionFact
from app.kernel.vocabulary import DEPARTEMENTS, ZoneKind

NBSP = "\u00a0"
TOO_LONG = 60
"""Characters from which the name of a family is quoted before the sentence, not inside it."""
IN_DEPARTEMENT: Mapping[str, str] = {
    "31": "en Haute-Garonne",
    "32": "dans le Gers",
    "30": "dans le Gard",
    "46": "dans le Lot",
    "48": "en Lozère",
    "65": "dans les Hautes-Pyrénées",
    "66": "dans les Pyrénées-Orientales",
    "81": "dans le Tarn",
    "82": "dans le Tarn-et-Garonne",
}
"""The others of the region begin with a vowel, or with a mute h."""
LEVELS = ("très faible", "faible", "moyenne", "forte", "très forte")


@dataclass(frozen=True, slots=True)
class Spot:
    """A place the survey is published for."""

    kind: ZoneKind
    code: str
    name: str

    @property
    def words(self) -> str:
        """« dans le bassin de Lodève », « dans l’Hérault »."""
        if self.kind is ZoneKind.REGION:
            return "en Occitanie"
        if self.kind is ZoneKind.DEPARTEMENT:
            return IN_DEPARTEMENT.get(self.code) or f"dans l’{DEPARTEMENTS.get(self.code, self.name)}"
        if self.kind is ZoneKind.EPCI:
            return f"dans l’intercommunalité «{NBSP}{self.name}{NBSP}»"
        return f"dans le bassin {_of(self.name, proper=True)}"


@dataclass(frozen=True, slots=True)
class Saying:
    """A sentence and the numbers under it."""

    sentence: str
    basis: str = ""


def tell(spot: Spot, survey: str, figures: Figures, job: str = "") -> Saying:
    """`survey`: « BMO 2024 ». What is secret, fragile or absent is said so; a share never stands on too few."""
    where, of = _opening(spot, job), f" {_of(job)}" if job and len(job) <= TOO_LONG else ""
    if not figures.rows:
        return Saying(f"{where}, aucun projet de recrutement{of} n’est publié ({survey}).")
    if figures.projects is None:
        return Saying(
            f"{where}, le nombre de projets de recrutement{of} est secret ({survey}).",
            "Secret n’est pas zéro\u00a0: trop peu d’employeurs pour le publier.",
        )
    if figures.difficult_share is not None:
        return Saying(f"{where}, {_share(figures, of)} ({survey}).", _basis(figures))
    return Saying(f"{where}, {_counted(figures)} de recrutement{of} ({survey}).", _why_no_share(figures))


def level_words(level: int) -> str:
    """« 4 sur 5, forte »."""
    return f"{level} sur 5, {LEVELS[level - 1]}"


def tension_words(fact: TensionFact | None) -> str:
    """Empty when it is not known."""
    return level_words(fact.level) if fact and fact.level else ""


def cause_words(fact: TensionFact) -> str:
    """The causes that are published, with their level."""
    return ", ".join(f"{Cause(key).label.lower()} {level} sur 5" for key, level in fact.causes.items())


def _opening(spot: Spot, job: str) -> str:
    place = spot.words
    if len(job) > TOO_LONG:
        return f"«{NBSP}{job}{NBSP}»{NBSP}: {place}"
    return place[:1].upper() + place[1:]


def _share(figures: Figures, of: str) -> str:
    tenths = int((figures.difficult_share or 0) / 10 + 0.5)
    if not figures.difficult:
        return f"aucun recrutement{of} n’est jugé difficile"
    if tenths == 0:
        return f"presque aucun recrutement{of} n’est jugé difficile"
    if tenths == 10:
        nearly = "" if figures.difficult == figures.base else "presque "
        return f"{nearly}tous les recrutements{of} sont jugés difficiles"
    many = tenths > 1
    hard = "sont jugés difficiles" if many else "est jugé difficile"
    return f"{tenths} recrutement{'s' if many else ''}{of} sur 10 {hard}"


def _basis(figures: Figures) -> str:
    hard, base = number(figures.difficult or 0), number(figures.base or 0)
    return f"{hard} jugés difficiles sur {base} projets dont la difficulté est publiée."


def _counted(figures: Figures) -> str:
    """Rows kept secret are missing from the sum: it is the least there can be."""
    least = "au moins " if figures.secret_rows else ""
    many = (figures.projects or 0) > 1
    return f"{least}{number(figures.projects or 0)} projet{'s' if many else ''}"


def _why_no_share(figures: Figures) -> str:
    if (figures.projects or 0) < FRAGILE_UNDER:
        return f"Moins de {FRAGILE_UNDER} projets\u00a0: trop peu pour donner une part fiable."
    if figures.difficult is None:
        return "La part jugée difficile est secrète."
    return f"La difficulté est publiée pour moins de {FRAGILE_UNDER} projets\u00a0: pas de part fiable."


def number(value: int) -> str:
    return f"{value:,}".replace(",", NBSP)


def _of(name: str, *, proper: bool = False) -> str:
    """« de cuisiniers », « d’agriculteurs », « du Vigan »; an acronym keeps its capitals."""
    if proper and name.startswith("Le "):
        return f"du {name[3:]}"
    if proper and name.startswith("Les "):
        return f"des {name[4:]}"
    word = name if proper or name[1:2].isupper() else name[:1].lower() + name[1:]
    return f"d’{word}" if word[:1].lower() in "aàâeéèêiîoôuhy" and word[:1] != "h" else f"de {word}"
