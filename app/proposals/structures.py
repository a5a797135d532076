"""A published structure becomes a proposal: whose it is, where it is, how the source says to reach it. Pure."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from app.kernel.text import storable

GUESSES = Path(__file__).with_name("guesses.toml")
EMAIL = re.compile(r"[^@\s<>,;:\"()]{1,64}@[^@\s<>,;:\"()]{1,180}\.[A-Za-z]{2,20}")
FRENCH_DAY = re.compile(r"(\d{2})/(\d{2})/(\d{4})")
MOST_SERVED = 5_000


@dataclass(frozen=True, slots=True)
class Structure:
    """What a source says of a local actor; `commune` is the code as published."""

    reference: str
    name: str
    actor: str | None
    commune: str
    served: tuple[str, ...] = ()
    address: str = ""
    email: str | None = None
    phone: str | None = None
    website: str | None = None
    updated_on: date | None = None


@lru_cache(maxsize=1)
def guesses() -> Mapping[str, Mapping[str, str]]:
    """The kinds of actor by what each source calls them."""
    return tomllib.loads(GUESSES.read_text(encoding="utf-8"))


def from_local_service(one: Mapping[str, Any]) -> Structure:
    """A service of the Annuaire de l'administration (DILA); names of its staff are not read."""
    pivots = [pivot for pivot in _list(one.get("pivot")) if isinstance(pivot, dict)]
    known = guesses()["local_services"]
    kinds = (known.get(_text(pivot.get("type_service_local"))) for pivot in pivots)
    where = next((place for place in _list(one.get("adresse")) if isinstance(place, dict)), {})
    parts = (where.get(key) for key in ("complement1", "numero_voie", "code_postal", "nom_commune"))
    return Structure(
        _text(one.get("id")),
        _text(one.get("nom")),
        next((kind for kind in kinds if kind), None),
        _text(one.get("code_insee_commune")),
        tuple(_text(code) for pivot in pivots for code in _list(pivot.get("code_insee_commune")))[
            :MOST_SERVED
        ],
        ", ".join(part for part in map(_text, parts) if part),
        _email(_first(one.get("adresse_courriel"))),
        _first(one.get("telephone")) or None,
        _first(one.get("site_internet")) or None,
        _day(one.get("date_modification")),
    )


def from_inclusion(one: Mapping[str, Any]) -> Structure:
    """A structure of data·inclusion, schema v1."""
    known = guesses()["networks"]
    kinds = (known.get(_text(network)) for network in _list(one.get("reseaux_porteurs")))
    parts = (one.get(key) for key in ("adresse", "complement_adresse", "code_postal", "commune"))
    return Structure(
        _text(one.get("id")),
        _text(one.get("nom")),
        next((kind for kind in kinds if kind), None),
        _text(one.get("code_insee")),
        (),
        ", ".join(part for part in map(_text, parts) if part),
        _email(_text(one.get("courriel"))),
        _text(one.get("telephone")) or None,
        _text(one.get("site_web")) or None,
        _day(one.get("date_maj")),
    )


def fault_of(one: Structure) -> str | None:
    """Why a structure of the region cannot be proposed."""
    if not 0 < len(one.reference) <= 120:
        return "L’identifiant manque ou est trop long."
    return None if one.name else "Le nom manque."


def _text(value: object) -> str:
    return " ".join(storable(value).split()) if isinstance(value, str) else ""


def _list(value: object) -> list[Any]:
    """A list; some exports write it as JSON in a text."""
    if isinstance(value, str) and value.lstrip().startswith("["):
        try:
            value = json.loads(value)
        except (ValueError, RecursionError):
            return []
    return value if isinstance(value, list) else []


def _first(value: object) -> str:
    """The first of a list of texts, or of objects that hold a `valeur`."""
    for one in _list(value) or [value]:
        if text := _text(one.get("valeur") if isinstance(one, dict) else one):
            return text
    return ""


def _email(text: str) -> str | None:
    return text if EMAIL.fullmatch(text) else None


def _day(value: object) -> date | None:
    text = _text(value)
    french = FRENCH_DAY.match(text)
    try:
        return (
            date(*(int(part) for part in reversed(french.groups())))
            if french
            else date.fromisoformat(text[:10])
        )
    except ValueError:
        return None
