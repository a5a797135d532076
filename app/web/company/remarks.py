"""What the page says of the register's answer: one sentence, dated, never an error."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from app.establishments.asked import asked
from app.establishments.found import Establishment
from app.establishments.queries import register_is_on
from app.kernel.clock import PARIS
from app.web.company.recognising import Told, found_in, is_outside_region, told_in
from app.web.company.typed import first

AWAY = ("warning", "L’annuaire des entreprises ne répond pas.", "Continuez : tout peut s’écrire ici.")
CLOSED = (
    "warning",
    "L’annuaire indique que cet établissement est fermé.",
    "Vérifiez le SIRET, ou continuez si c’est une erreur.",
)
OUTSIDE = (
    "warning",
    "L’annuaire situe cet établissement hors d’Occitanie.",
    "Donnez l’adresse du besoin, ou choisissez « hors d’Occitanie » en bas de page.",
)
UNKNOWN = (
    "info",
    "Aucun établissement d’Occitanie trouvé.",
    "Certaines entreprises n’y figurent pas : écrivez le nom et la commune ci-dessous.",
)
SEVERAL = ("info", "Choisissez votre établissement dans la liste,", "ou écrivez le nom et la commune.")
TOO_SHORT = ("info", "Pour chercher,", "écrivez un nom, ou les 9 ou 14 chiffres de votre numéro.")


@dataclass(frozen=True, slots=True)
class Search:
    """The register's part of the page; absent when no register is set."""

    remark: tuple[str, str, str] | None


def search_part(data: Mapping[str, Any]) -> Search | None:
    return Search(_remark(data)) if register_is_on() else None


def _remark(data: Mapping[str, Any]) -> tuple[str, str, str] | None:
    told = told_in(data)
    if told is not None:
        return _of_told(told)
    if first(data, "away"):
        return AWAY
    if "searched" not in data:
        return None
    if asked(first(data, "searched")) is None:
        return TOO_SHORT
    return SEVERAL if found_in(data) else UNKNOWN


def _of_told(told: Told) -> tuple[str, str, str]:
    if not told.found.is_open:
        return CLOSED
    if is_outside_region(told.found):
        return OUTSIDE
    return ("info", f"{since(told)}\u00a0:", f"{summary(told.found)}. Vérifiez, et corrigez si besoin.")


def since(told: Told) -> str:
    return f"Selon l’annuaire des entreprises, le {told.fetched_at.astimezone(PARIS):%d/%m/%Y}"


def summary(one: Establishment) -> str:
    """What was fetched, in a line."""
    parts = (
        one.name or "nom non publié",
        one.place,
        one.workforce_told and f"{one.workforce_told} (à confirmer)",
    )
    return ", ".join(part for part in parts if part)


def option(one: Establishment) -> tuple[str, str]:
    """An establishment to choose: its name, its address, and whether it is closed."""
    where = one.address or one.place or "adresse non publiée"
    return one.siret, f"{one.name or 'Nom non publié'}, {where}{'' if one.is_open else ' (fermé)'}"
