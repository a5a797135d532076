"""A model answer's fields, between braces: which exist, which are wrong, the text once filled; pure."""

from __future__ import annotations

import re
from collections.abc import Mapping

from app.kernel.vocabulary import Listed


class Field(Listed):
    """What may stand between braces, and what it becomes."""

    COMPANY = "entreprise", "le nom de l’entreprise"
    CONTACT = "contact", "la personne à qui l’on écrit"
    NEED = "besoin", "le besoin, dans les mots du guichet"
    PLACE = "commune", "la commune de l’établissement"
    REFERENCE = "reference", "la référence de la demande"
    ADVISER = "conseiller", "votre nom"
    BRANCH = "antenne", "le nom de votre antenne"
    DUE = "delai", "la date du premier contact promis"


BRACED = re.compile(r"\{([^{}\n]*)\}")


def unknown_fields(body: str) -> list[str]:
    """What stands between braces and names no field, in the order written; a lone brace as well."""
    wrong = [name for name in BRACED.findall(body) if name not in set(Field)]
    alone = re.findall(r"[{}]", BRACED.sub("", body))
    return list(dict.fromkeys([*wrong, *alone]))


def filled_in(body: str, values: Mapping[Field, str]) -> str:
    """The text with its fields replaced, once: a value that holds braces is left as it is."""
    words = {field.value: value for field, value in values.items()}
    return BRACED.sub(lambda found: words.get(found[1], found[0]), body)
