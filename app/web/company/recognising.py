"""An establishment looked for in the public register: found, chosen, then written in the fields left empty.

What the owner typed always stays; what was fetched is shown with its date, for the owner to correct.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.directory.queries import search_activities
from app.establishments.actions import look_up
from app.establishments.asked import Asked, Kind, asked
from app.establishments.calling import Unavailable
from app.establishments.found import Establishment, from_plain
from app.establishments.queries import Answer, register_is_on, remembered
from app.kernel.codes import CodeError, Siret
from app.routing.legal_forms import legal_form_of
from app.territory.queries import commune
from app.web.company.finding import find_activity
from app.web.company.typed import first
from app.web.limits import within

SEARCH, CHOOSE = "chercher", "choisir"
FIELDS = ("search", "found", "legal_form")
OFTEN = "20 per minute"
"""Look-ups of one visitor: a person searches, a machine lists."""


@dataclass(frozen=True, slots=True)
class Recognised:
    """What to keep in the draft, and whether the page is shown again for the owner to read."""

    changes: Mapping[str, Any]
    show: bool


@dataclass(frozen=True, slots=True)
class Told:
    """The establishment recognised, as kept in the draft."""

    found: Establishment
    fetched_at: datetime


NOTHING_NEW = Recognised({}, show=False)


def recognise(data: Mapping[str, Any], then: str) -> Recognised:
    """What a page just sent asks of the register: a search, a choice, or the SIRET typed."""
    if not register_is_on():
        return NOTHING_NEW
    search = first(data, "search")
    if then == SEARCH or search not in ("", first(data, "searched")):
        return _searched(data, search)
    chosen = first(data, "found")
    if then == CHOOSE or chosen not in ("", first(data, "applied")):
        return _chosen(data, chosen)
    return _by_siret(data) if told_in(data) is None else NOTHING_NEW


def told_in(data: Mapping[str, Any]) -> Told | None:
    """What was fetched, as long as the SIRET typed is still its own."""
    kept = data.get("told")
    found = from_plain(kept) if isinstance(kept, Mapping) else None
    if found is None or _siret(first(data, "siret")) != found.siret:
        return None
    return Told(found, datetime.fromisoformat(str(kept["on"])))  # type: ignore[index]


def found_in(data: Mapping[str, Any]) -> tuple[Establishment, ...]:
    """The establishments to choose from; a name or a SIREN only brings those of the region."""
    question = asked(first(data, "searched"))
    answer = remembered(question) if question else None
    if question is None or answer is None:
        return ()
    return tuple(one for one in answer.found if question.kind is Kind.SIRET or commune(one.commune))


def _searched(data: Mapping[str, Any], search: str) -> Recognised:
    changes: dict[str, Any] = {"search": [search], "searched": [search], "found": [], "away": []}
    question = asked(search)
    if question is None:
        return Recognised(changes, show=True)
    answer = _ask(question)
    if answer is None:
        return Recognised(changes | {"away": [search]}, show=True)
    found = found_in({**data, **changes})
    if len(found) == 1:
        return Recognised(changes | _filled(data, found[0], answer.fetched_at), show=True)
    return Recognised(changes, show=True)


def _chosen(data: Mapping[str, Any], siret: str) -> Recognised:
    """One of the list; what is not in it is not believed."""
    question = asked(first(data, "searched"))
    answer = remembered(question) if question else None
    one = next((one for one in found_in(data) if one.siret == siret), None)
    if answer is None or one is None:
        return Recognised({}, show=True)
    return Recognised(_filled(data, one, answer.fetched_at), show=True)


def _by_siret(data: Mapping[str, Any]) -> Recognised:
    """The SIRET typed by itself completes what is left empty; shown when the owner must read it."""
    siret = _siret(first(data, "siret"))
    if siret is None or siret in (first(data, "away"), first(data, "unknown")):
        return NOTHING_NEW
    answer = _ask(Asked(Kind.SIRET, siret))
    if answer is None:
        return Recognised({"away": [siret]}, show=False)
    if not answer.found:
        return Recognised({"unknown": [siret]}, show=False)
    one, incomplete = answer.found[0], not (first(data, "company") and first(data, "commune"))
    changes = _filled(data, one, answer.fetched_at)
    return Recognised(changes, show=incomplete or not one.is_open or is_outside_region(one))


def _ask(question: Asked) -> Answer | None:
    try:
        return look_up(question) if within(OFTEN) else None
    except Unavailable:
        return None


def _filled(data: Mapping[str, Any], one: Establishment, fetched_at: datetime) -> dict[str, Any]:
    """The SIRET found, what was fetched, and the fields still empty."""
    place = commune(one.commune)
    label, naf = _activity(one.naf)
    told = {
        "company": one.name,
        "commune": f"{place.name} {next(iter(place.postal_codes), '')}".strip() if place else "",
        "commune_code": place.code if place else "",
        "band": "" if first(data, "workforce") else one.band,
        "activity": label,
        "naf": naf,
        "idcc": one.idcc[0] if len(one.idcc) == 1 and not first(data, "agreement") else "",
        "legal_form": legal_form_of(one.legal_form) or "" if one.legal_form else "",
    }
    if first(data, "commune"):
        told.pop("commune_code")
    if first(data, "activity"):
        told.pop("naf")
    fresh = {name: [value] for name, value in told.items() if value and not first(data, name)}
    kept = one.plain() | {"on": fetched_at.isoformat()}
    return {
        **fresh,
        "siret": [one.siret],
        "found": [one.siret],
        "applied": [one.siret],
        "told": kept,
        "away": [],
    }


def _activity(naf: str) -> tuple[str, str]:
    """The label, when searching it finds the code again; else the code itself."""
    label = next((label for code, label in search_activities(naf) if code == naf), "") if naf else ""
    if not label:
        return "", ""
    return (label if find_activity(label, naf).code == naf else naf), naf


def is_outside_region(one: Establishment) -> bool:
    return bool(one.commune) and commune(one.commune) is None


def _siret(text: str) -> str | None:
    try:
        return str(Siret(text))
    except CodeError:
        return None
