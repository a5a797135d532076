"""Closed lists: English name, stable code, French label on one line."""

from __future__ import annotations

from enum import StrEnum
from typing import Self


class Listed(StrEnum):
    """A member of a closed list: its value is the stable code, `label` what users read."""

    label: str

    def __new__(cls, code: str, label: str = "") -> Self:
        member = str.__new__(cls, code)
        member._value_ = code
        member.label = label or code
        return member


class Urgency(Listed):
    IMMEDIATE = "immediate", "Immédiate"
    HIGH = "haute", "Haute"
    NORMAL = "normale", "Normale"


class Policy(Listed):
    GUIDANCE = "orientation", "Orientation"
    TRAINING = "formation", "Formation professionnelle"
    APPRENTICESHIP = "apprentissage", "Apprentissage"
    ECONOMY = "economie", "Développement économique"


class ZoneKind(Listed):
    COMMUNE = "commune", "Commune"
    EPCI = "epci", "Intercommunalité"
    DEPARTEMENT = "departement", "Département"
    REGION = "region", "Région"
    ZONE_EMPLOI = "zone_emploi", "Zone d’emploi"
    BASSIN_BMO = "bassin_bmo", "Bassin d’emploi (BMO)"


class Opco(Listed):
    AFDAS = "AFDAS", "Afdas"
    AKTO = "AKTO", "Akto"
    ATLAS = "ATLAS", "Atlas"
    CONSTRUCTYS = "CONSTRUCTYS", "Constructys"
    OCAPIAT = "OCAPIAT", "Ocapiat"
    EP = "OPCO_EP", "OPCO EP"
    MOBILITES = "OPCO_MOBILITES", "OPCO Mobilités"
    SANTE = "OPCO_SANTE", "OPCO Santé"
    OPCO_2I = "OPCO_2I", "OPCO 2i"
    COMMERCE = "OPCOMMERCE", "L’Opcommerce"
    UNIFORMATION = "UNIFORMATION", "Uniformation"


DEPARTEMENTS = {
    "09": "Ariège",
    "11": "Aude",
    "12": "Aveyron",
    "30": "Gard",
    "31": "Haute-Garonne",
    "32": "Gers",
    "34": "Hérault",
    "46": "Lot",
    "48": "Lozère",
    "65": "Hautes-Pyrénées",
    "66": "Pyrénées-Orientales",
    "81": "Tarn",
    "82": "Tarn-et-Garonne",
}
"""The thirteen départements of Région Occitanie (code 76)."""
