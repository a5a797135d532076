"""Official codes that cannot exist if wrong. Each raises CodeError with a French sentence."""

from __future__ import annotations

import re
from typing import Self

from stdnum.exceptions import ValidationError
from stdnum.fr import siren as siren_number
from stdnum.fr import siret as siret_number

NAF_DIGITS = re.compile(r"^(\d{2})\.?(\d{2})\.?([A-Z])$")
ROME = re.compile(r"^[A-Z]\d{4}$")
COMMUNE = re.compile(r"^(?:\d{2}|2[AB])\d{3}$")


class CodeError(ValueError):
    """A code that is not one; the message is written for the person who typed it."""


def _compact(text: object) -> str:
    return re.sub(r"[\s.\u00a0\u202f-]", "", str(text))


class Siren(str):
    """Nine digits, Luhn key."""

    __slots__ = ()

    def __new__(cls, text: object) -> Self:
        digits = _compact(text)
        if not digits.isascii() or not digits.isdigit() or len(digits) != 9:
            raise CodeError("Écrivez les 9 chiffres du SIREN.")
        try:
            siren_number.validate(digits)
        except ValidationError as error:
            raise CodeError("Ce SIREN comporte une erreur. Vérifiez chaque chiffre.") from error
        if digits == "0" * 9:
            raise CodeError("Ce SIREN n’existe pas.")
        return super().__new__(cls, digits)


class Siret(str):
    """Fourteen digits, Luhn key (La Poste's exception accepted), never all zeros."""

    __slots__ = ()

    def __new__(cls, text: object) -> Self:
        digits = _compact(text)
        if not digits.isascii() or not digits.isdigit():
            raise CodeError("Le SIRET s’écrit en chiffres seulement. Il y en a 14.")
        if len(digits) != 14:
            raise CodeError(_count_sentence(len(digits)))
        if digits.startswith("0" * 9):
            raise CodeError("Ce SIRET n’existe pas.")
        try:
            siret_number.validate(digits)
        except ValidationError as error:
            raise CodeError("Ce SIRET comporte une erreur. Vérifiez chaque chiffre.") from error
        return super().__new__(cls, digits)

    @property
    def siren(self) -> Siren:
        return Siren(self[:9])


def _count_sentence(count: int) -> str:
    gap = 14 - count
    if gap == 1:
        return "Il manque un chiffre. Écrivez les 14 chiffres du SIRET."
    if gap > 1:
        return f"Il manque {gap} chiffres. Écrivez les 14 chiffres du SIRET."
    return "Il y a trop de chiffres. Écrivez les 14 chiffres du SIRET."


class NafCode(str):
    """An activity code, always dotted (10.71C); `version` is rev2 or 2025 (APE code from 1 January 2027)."""

    version: str

    def __new__(cls, text: object, version: str = "rev2") -> Self:
        found = NAF_DIGITS.match(re.sub(r"\s", "", str(text)).upper())
        if not found:
            raise CodeError("Un code d’activité s’écrit avec 4 chiffres et une lettre, comme 10.71C.")
        code = super().__new__(cls, f"{found[1]}.{found[2]}{found[3]}")
        code.version = version
        return code

    @property
    def division(self) -> str:
        return self[:2]


class Idcc(str):
    """A collective agreement's number, four digits or more, without its needless leading zeros."""

    __slots__ = ()

    def __new__(cls, text: object) -> Self:
        digits = _compact(text)
        if str(text).lstrip().startswith("-"):
            raise CodeError("Le numéro d’une convention collective n’est pas négatif.")
        number = digits.lstrip("0")
        if not digits.isascii() or not digits.isdigit() or not 0 < len(number) <= 5:
            raise CodeError("Le numéro d’une convention collective compte 1 à 5 chiffres.")
        return super().__new__(cls, number)


class RomeCode(str):
    """A job of the ROME: a letter and four digits."""

    __slots__ = ()

    def __new__(cls, text: object) -> Self:
        code = str(text).strip().upper()
        if not ROME.match(code):
            raise CodeError("Un code ROME s’écrit avec une lettre et 4 chiffres, comme D1102.")
        return super().__new__(cls, code)


class CommuneCode(str):
    """The INSEE code of a commune (never its postal code)."""

    __slots__ = ()

    def __new__(cls, text: object) -> Self:
        code = str(text).strip().upper()
        if not code.isascii() or not COMMUNE.match(code):
            raise CodeError("Un code de commune INSEE compte 5 caractères, comme 34142.")
        return super().__new__(cls, code)
