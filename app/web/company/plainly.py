"""What the rules say, in the words of an owner: no acronym, no internal key, no « condition »."""

from __future__ import annotations

import re
from datetime import date

from app.web.filters import jour

WORDS = {
    "SPE–SPRO": "emploi et orientation",
    "SPE": "service public de l’emploi",
    "SPRO": "service public de l’orientation",
    "MRS": "recrutement par simulation",
    "POEI": "formation avant embauche",
    "POEC": "formation collective avant embauche",
    "PMSMP": "immersion",
    "RQTH": "travailleur handicapé reconnu",
    "Recrutement TH": "Recrutement de travailleurs handicapés",
    "recrutement TH": "recrutement de travailleurs handicapés",
    "OETH": "emploi des travailleurs handicapés",
    "VAE": "validation de l’expérience",
    "QVCT": "qualité de vie au travail",
    "GPECT": "prévision locale des métiers",
    "DUERP": "document unique des risques",
    "DPAE": "déclaration d’embauche",
    "RCS": "registre du commerce",
    "GE": "groupements d’employeurs",
    "code NAF": "code d’activité",
}
KNOWN = re.compile(r"(?<!\w)(" + "|".join(map(re.escape, WORDS)) + r")(?!\w)")
CONDITION = re.compile(r"\(condition(?=\u00a0?\s?:)")
NBSP = "\u00a0"
OWN = ("Règle", "règle", "Taxonomie")


def in_full(text: str) -> str:
    """The same words, acronyms said in full."""
    return KNOWN.sub(lambda found: WORDS[found[1]], text)


def plainly(text: str) -> str:
    """A sentence for the owner; « (condition : oui) » becomes « (il faudrait : oui) »."""
    said = in_full(CONDITION.sub("(il faudrait", text))
    return said[:1].upper() + said[1:]


def origin(source: str, verified_on: str) -> str:
    """« Règle du guichet, vérifiée le dimanche 1er novembre 2026. », with the law it stands on if any."""
    if not source:
        return ""
    checked = f", vérifiée le {jour(date.fromisoformat(verified_on))}" if verified_on else ""
    cited = [part.strip() for part in source.split(";") if not part.strip().startswith(OWN)]
    texts = f" D’après{NBSP}: {', '.join(cited)}." if cited else ""
    return f"Règle du guichet{checked}.{texts.replace('(de mémoire)', '(à vérifier)')}"


def some(labels: list[str], most: int) -> str:
    """« a, b et 2 autres points »: enough to prepare, short enough to be read."""
    if len(labels) <= most + 1:
        return ", ".join(labels)
    return f"{', '.join(labels[:most])} et {len(labels) - most} autres points"
