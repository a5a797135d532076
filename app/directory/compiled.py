"""The snapshot as bytes: compressed JSON, read back in a few milliseconds. Pure."""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from app.routing.facts import Branch, DirectorySnapshot, OpcoFact, Place

SEPARATOR = " "


@dataclass(frozen=True, slots=True)
class Content:
    """What a snapshot is made of."""

    places: Mapping[str, Place]
    former: Mapping[str, str]
    branches: tuple[Branch, ...]
    opco_by_idcc: Mapping[str, OpcoFact]
    elsewhere: Collection[str]
    former_activities: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def pack(content: Content) -> bytes:
    """The same content always gives the same bytes."""
    document = {
        "places": [
            [one.commune, one.name, one.departement, one.epci, one.zone_emploi, one.bassin_bmo]
            for _, one in sorted(content.places.items())
        ],
        "former": dict(sorted(content.former.items())),
        "branches": [
            [one.slug, one.actor, one.name, list(map(list, one.zones)), one.entry_point, one.told, one.opco]
            for one in sorted(content.branches, key=lambda one: one.slug)
        ],
        "opco": {
            idcc: [fact.opco, fact.status, fact.source] for idcc, fact in sorted(content.opco_by_idcc.items())
        },
        "elsewhere": SEPARATOR.join(sorted(content.elsewhere)),
        "naf": {code: list(old) for code, old in sorted(content.former_activities.items())},
    }
    text = json.dumps(document, ensure_ascii=False, separators=(",", ":"))
    return zlib.compress(text.encode(), 6)


def hash_of(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()


def unpack(body: bytes) -> DirectorySnapshot:
    """The snapshot; its version is the hash of its content."""
    document = json.loads(zlib.decompress(body))
    return DirectorySnapshot(
        hash_of(body),
        {row[0]: Place(*row) for row in document["places"]},
        document["former"],
        tuple(_branch(*row) for row in document["branches"]),
        {idcc: OpcoFact(*fact) for idcc, fact in document["opco"].items()},
        frozenset(document["elsewhere"].split()),
        {code: tuple(old) for code, old in document.get("naf", {}).items()},
    )


def _branch(
    slug: str, actor: str, name: str, zones: list[list[str]], entry_point: bool, told: bool, opco: str | None
) -> Branch:
    return Branch(slug, actor, name, tuple((kind, code) for kind, code in zones), entry_point, told, opco)


def without_replaced(branches: tuple[Branch, ...]) -> tuple[Branch, ...]:
    """An entry point leaves the zones a real branch of its network serves, itself or the whole region."""
    served = {(one.actor, one.opco, zone) for one in branches if not one.entry_point for zone in one.zones}
    kept = []
    for one in branches:
        if one.entry_point:
            zones = tuple(zone for zone in one.zones if not _replaced(one, zone, served))
            one = Branch(one.slug, one.actor, one.name, zones, True, one.told, one.opco)
        if one.zones:
            kept.append(one)
    return tuple(kept)


def _replaced(
    one: Branch, zone: tuple[str, str], served: set[tuple[str, str | None, tuple[str, str]]]
) -> bool:
    wider = (zone, ("region", "76"))
    return any((one.actor, one.opco, other) in served for other in wider)
