"""An establishment as the register tells it: only what the form uses, never its directors. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

BANDS: Mapping[str, tuple[str, str]] = {
    "00": ("aucun salarié", "0"),
    "01": ("1 ou 2 salariés", "1-10"),
    "02": ("3 à 5 salariés", "1-10"),
    "03": ("6 à 9 salariés", "1-10"),
    "11": ("10 à 19 salariés", ""),
    "12": ("20 à 49 salariés", "20-49"),
    "21": ("50 à 99 salariés", "50-249"),
    "22": ("100 à 199 salariés", "50-249"),
    "31": ("200 à 249 salariés", "50-249"),
    "32": ("250 à 499 salariés", "250"),
    "41": ("500 à 999 salariés", "250"),
    "42": ("1 000 à 1 999 salariés", "250"),
    "51": ("2 000 à 4 999 salariés", "250"),
    "52": ("5 000 à 9 999 salariés", "250"),
    "53": ("10 000 salariés et plus", "250"),
}
"""INSEE's bands (« tranche d'effectif ») → what is said, and our band. 10 to 19 lies across the threshold of 11
employees: it is said and never decided."""


@dataclass(frozen=True, slots=True)
class Establishment:
    """`masked`: the owner asked not to be published; what is absent is simply typed."""

    siret: str
    name: str = ""
    commune: str = ""
    place: str = ""
    address: str = ""
    naf: str = ""
    naf_2025: str = ""
    workforce: str = ""
    workforce_year: str = ""
    legal_form: str = ""
    idcc: tuple[str, ...] = ()
    is_open: bool = True
    masked: bool = False

    @property
    def band(self) -> str:
        """The form's band; empty when the register's own does not settle it."""
        return BANDS.get(self.workforce, ("", ""))[1]

    @property
    def workforce_told(self) -> str:
        told = BANDS.get(self.workforce, ("", ""))[0]
        return f"{told} en {self.workforce_year}" if told and self.workforce_year else told

    def plain(self) -> dict[str, Any]:
        """As JSON keeps it."""
        return asdict(self) | {"idcc": list(self.idcc)}


def from_plain(data: object) -> Establishment | None:
    """Read again what `plain` wrote; None when it is anything else."""
    if not isinstance(data, Mapping) or not isinstance(data.get("siret"), str):
        return None
    known = {name: data[name] for name in Establishment.__slots__ if name in data}
    codes = known.get("idcc")
    known["idcc"] = tuple(map(str, codes)) if isinstance(codes, list | tuple) else ()
    return Establishment(**known)
