"""The base directory as it stands in first_directory: entry points and OPCO facts, read and checked. Pure."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from app.kernel.codes import Idcc
from app.kernel.vocabulary import DEPARTEMENTS, Opco
from app.routing.facts import REGION

FOLDER = Path(__file__).parent / "first_directory"


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry point of a network: named for what it is, without contact."""

    slug: str
    actor: str
    name: str
    zones: tuple[tuple[str, str], ...]
    source: str
    checked_on: date
    opco: str | None = None


@dataclass(frozen=True, slots=True)
class StatedOpco:
    """The OPCO of one agreement, as the base directory states it."""

    idcc: str
    opco: str
    status: str
    source: str
    checked_on: date
    memory: bool


@lru_cache(maxsize=1)
def entries() -> tuple[Entry, ...]:
    """Every entry point, in the order of the file."""
    book = _read("networks.toml")
    return tuple(_Entries(book["source"], book["checked_on"]).of(book))


@dataclass(frozen=True, slots=True)
class _Entries:
    source: str
    checked_on: date

    def of(self, book: dict[str, Any]) -> Iterator[Entry]:
        for network in book["departement"]:
            for code, label in DEPARTEMENTS.items():
                prefix = network.get("slug") or network["actor"].replace("_", "-")
                name = network["name"].format(departement=label)
                yield self._entry(f"{prefix}-{code}", network["actor"], name, [code])
        for group in book["group"]:
            yield self._entry(group["slug"], group["actor"], group["name"], group["departements"])
        for body in book["region"]:
            yield self._entry(body["slug"], body["actor"], body["name"], [], body.get("member"))
        for opco in Opco:
            name = book["opco"]["name"].format(opco=opco.label)
            yield self._entry(opco_slug(opco), book["opco"]["actor"], name, [], opco.value)

    def _entry(
        self, slug: str, actor: str, name: str, departements: list[str], opco: str | None = None
    ) -> Entry:
        zones = tuple(("departement", code) for code in departements) or (("region", REGION),)
        return Entry(slug, actor, name, zones, self.source, self.checked_on, opco)


def opco_slug(opco: Opco) -> str:
    """OPCO_EP → opco-ep-occitanie, AKTO → opco-akto-occitanie."""
    return f"opco-{opco.value.removeprefix('OPCO_').lower().replace('_', '-')}-occitanie"


@lru_cache(maxsize=1)
def stated_opcos() -> tuple[StatedOpco, ...]:
    """Every OPCO fact of the base directory; an agreement is stated once. Raises ValueError."""
    facts = {fact.idcc: fact for fact in _facts(_read("opco.toml")["facts"])}
    return tuple(facts.values())


def _facts(blocks: list[dict[str, Any]]) -> Iterator[StatedOpco]:
    seen: set[str] = set()
    for block in blocks:
        opco = Opco(block["opco"]).value
        for number in block["idcc"]:
            idcc = Idcc(number)
            if idcc in seen:
                raise ValueError(f"agreement {idcc} is stated twice")
            seen.add(idcc)
            memory = block.get("memory", False)
            yield StatedOpco(idcc, opco, block["status"], block["source"], block["checked_on"], memory)


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((FOLDER / name).read_text(encoding="utf-8"))
