"""Communes of the overseas collectivities: correct codes that the reference files do not list."""

from __future__ import annotations

from collections.abc import Iterable

# INSEE, Code officiel géographique: first and last commune code of each collectivity without départements.
RANGES: tuple[tuple[str, Iterable[int]], ...] = (
    ("Saint-Pierre-et-Miquelon", range(97501, 97503)),
    ("Saint-Barthélemy", (97701,)),
    ("Saint-Martin", (97801,)),
    ("Wallis-et-Futuna", range(98611, 98614)),
    ("Polynésie française", range(98711, 98759)),
    ("Nouvelle-Calédonie", range(98801, 98834)),
)

OVERSEAS = {str(code): name for name, codes in RANGES for code in codes}
"""Commune code → collectivity."""
