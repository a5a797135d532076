"""The official sources as data: who publishes each file, where, how often; the administrator's own list wins."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path

SHIPPED = Path(__file__).with_name("official_sources.toml")
OWN = "official-sources.toml"
TEXTS = ("kind", "publisher", "page", "licence", "rhythm", "address", "name")
USUAL_LARGEST = 300


class ManifestError(ValueError):
    """The administrator's list cannot be read; the message says what is wrong, in French."""


@dataclass(frozen=True, slots=True)
class OfficialSource:
    """A published file: `address` is empty until somebody read it on `page`; `largest` is in megabytes."""

    kind: str
    publisher: str
    page: str
    licence: str
    rhythm: str
    address: str
    name: str
    largest: int = USUAL_LARGEST
    checked: bool = False


def official_sources(instance: Path) -> tuple[OfficialSource, ...]:
    """Those of the product, each replaced by the administrator's when there is one. Raises ManifestError."""
    known = {one.kind: one for one in _read(SHIPPED, {})}
    own = instance / OWN
    if own.is_file():
        known |= {one.kind: one for one in _read(own, known)}
    return tuple(known.values())


def _read(path: Path, known: dict[str, OfficialSource]) -> list[OfficialSource]:
    """An own entry may give its address alone: the rest is that of the product."""
    try:
        entries = tomllib.loads(path.read_text(encoding="utf-8")).get("source", [])
    except (OSError, ValueError) as error:
        raise ManifestError(f"{path.name} n’est pas lisible : {error}.") from error
    if not isinstance(entries, list):
        raise ManifestError(f"{path.name} : « source » n’est pas une liste.")
    return [_source(path, entry, known) for entry in entries]


def _source(path: Path, entry: object, known: dict[str, OfficialSource]) -> OfficialSource:
    if not isinstance(entry, dict) or entry.get("kind") not in (known or {entry.get("kind")}):
        raise ManifestError(f"{path.name} : « kind » manque ou n’est pas connu.")
    base = known.get(str(entry["kind"]))
    texts = {key: entry.get(key, getattr(base, key, "")) for key in TEXTS}
    if wrong := next((key for key, text in texts.items() if not isinstance(text, str)), None):
        raise ManifestError(f"{path.name} : « {wrong} » n’est pas un texte.")
    if texts["address"] and not texts["address"].startswith(("https://", "http://")):
        raise ManifestError(f"{path.name} : l’adresse de {texts['kind']} ne commence pas par https://.")
    largest = entry.get("largest", base.largest if base else USUAL_LARGEST)
    if isinstance(largest, bool) or not isinstance(largest, int) or largest < 1:
        raise ManifestError(f"{path.name} : « largest » n’est pas un nombre de mégaoctets.")
    return OfficialSource(**texts, largest=largest, checked=base is not None)
