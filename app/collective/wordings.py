"""The words of a collective need: its family, its reading, the method as it was applied that day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.collective.models import CollectiveNeed
from app.collective.places import place_name, spot_of
from app.collective.words import Method, State, why
from app.dossiers.labels import theme_label
from app.gpec.figures import PUBLISHED_AT
from app.gpec.queries import bmo_of_jobs, bmo_years, family_names
from app.gpec.wording import Saying, number, tell
from app.kernel.vocabulary import ZoneKind

UNSAID = "Métier non précisé"
A_YEAR = 365


@dataclass(frozen=True, slots=True)
class NeedWords:
    """What a list shows of a collective need."""

    id: int
    family: str
    theme: str
    place: str
    reading: str
    state: State
    opened_on: date
    reason: str
    words: str


def family_name(code: str) -> str:
    """The name of a family, its code when no file names it."""
    return family_names([code]).get(code, code) if code else UNSAID


def worded(need: CollectiveNeed) -> NeedWords:
    return NeedWords(
        need.id,
        family_name(need.family),
        theme_label(need.theme),
        place_name(need.place_kind, need.place_code),
        reading(need),
        State(need.state),
        need.opened_on,
        why(need.reason),
        need.words or "",
    )


def reading(need: CollectiveNeed) -> str:
    """« 6 demandes de 4 entreprises » or « 6 demandes en 60 jours ; 1,2 attendues d’après les 12 mois passés »."""
    if need.method == Method.THRESHOLD:
        return _counted({"signals": need.signals, "companies": need.companies})
    past, limits = need.shown["past"], need.shown["limits"]
    days, expected = limits["days"], _decimal(past["expected"])
    waited = "attendues" if past["expected"] > 1 else "attendue"
    return f"{_many(past['signals'], 'demande')} en {days} jours ; {expected} {waited} d’après {_past(past)}"


def method_lines(need: CollectiveNeed) -> list[str]:
    """How it was seen, with the numbers of that day."""
    day = date.fromisoformat(need.shown["on"])
    told = f"Vérifié sur les demandes déposées jusqu’au {day:%d/%m/%Y}"
    if need.method == Method.THRESHOLD:
        seen = _counted(need.shown)
        lines = [*_threshold_lines(need.shown["threshold"]), f"{told} : {seen} ce jour-là."]
    else:
        lines = [*_past_lines(need.shown["past"], need.shown["limits"]), f"{told}."]
    return [*lines, *_lapse_lines(need)]


def _lapse_lines(need: CollectiveNeed) -> list[str]:
    """What was left the day it lapsed; nothing while it lives, nor once somebody answered all the same."""
    lapsed = need.shown.get("lapsed")
    if not lapsed or need.state != State.LAPSED:
        return []
    day = date.fromisoformat(lapsed["on"])
    left = f", avec {_counted(lapsed)}" if need.method == Method.THRESHOLD else ""
    return [f"Éteint sans réponse le {day:%d/%m/%Y}{left}. {why(need.reason)}."]


def _counted(numbers: Mapping[str, Any]) -> str:
    return f"{_many(numbers['signals'], 'demande')} de {_many(numbers['companies'], 'entreprise')}"


def survey_line(need: CollectiveNeed) -> tuple[Saying, Any] | None:
    """What the BMO survey says of this family there, with its spot; None when it is not published for the place."""
    years = bmo_years()
    if not years or not need.family or need.place_kind not in PUBLISHED_AT:
        return None
    spot = spot_of(need.place_kind, need.place_code)
    (known,) = bmo_of_jobs(years[0], ZoneKind(need.place_kind), need.place_code, [need.family])
    return tell(spot, f"BMO {years[0]}", known.figures, known.label), spot


def _threshold_lines(limits: Mapping[str, int]) -> list[str]:
    return [
        f"Au moins {limits['signals']} demandes d’au moins {limits['companies']} entreprises différentes, "
        f"en {limits['days']} jours.",
        "Toutes portent sur la même famille de métiers, le même thème et le même lieu.",
        "Le lieu est le bassin d’emploi. Si aucun bassin n’atteint le seuil, c’est l’intercommunalité, puis le "
        "département. Une demande ne compte qu’une fois.",
        "Un métier peut relever de plusieurs familles. Il est compté dans celle de la plupart de ses qualifications.",
        "Deux établissements d’une même entreprise comptent pour une entreprise.",
    ]


def _past_lines(past: Mapping[str, Any], limits: Mapping[str, Any]) -> list[str]:
    return [
        f"Les {limits['days']} derniers jours sont comparés au passé du même lieu : "
        f"{_many(past['past'], 'demande')} en {past['past_days']} jours, soit {_decimal(past['expected'])} "
        f"en {limits['days']} jours.",
        f"Le hasard seul en donne plus de {number(past['limit'])} moins de {_decimal(limits['alpha'] * 100)} fois "
        "sur 100 (loi de Poisson).",
        "C’est un signe à regarder, pas une preuve : un passé vide ou trop court ne donne aucun signal.",
    ]


def _past(past: Mapping[str, Any]) -> str:
    return "les 12 mois passés" if past["past_days"] == A_YEAR else f"les {past['past_days']} jours passés"


def _many(count: int, word: str) -> str:
    return f"{number(count)} {word}{'s' if count > 1 else ''}"


def _decimal(value: float) -> str:
    return f"{value:.1f}".replace(".", ",").removesuffix(",0")
