"""What the register answers, checked before it is believed: shape first, then each code.

Shape of API Recherche d'entreprises (DINUM), GET /search, `results[]`. A wrong shape refuses the whole answer; a
code that is not one is left out, for the owner to type.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from marshmallow import EXCLUDE, Schema, ValidationError, fields, validate

from app.establishments.asked import Asked, Kind
from app.establishments.found import BANDS, Establishment
from app.kernel.codes import CodeError, CommuneCode, Idcc, NafCode, Siret
from app.kernel.text import storable

MOST = 10
MASKED = "[NON-DIFFUSIBLE]"
OPEN = "A"
NO_AGREEMENT = "9999"


class Lies(ValueError):
    """The answer has not the shape the register promises."""


def _text(most: int = 300, **options: Any) -> fields.String:
    return fields.String(allow_none=True, load_default=None, validate=validate.Length(max=most), **options)


class Few(fields.List[Any]):
    """A list whose length is looked at before its members: a million of them costs nothing."""

    def __init__(self, inner: fields.Field[Any], most: int, **options: Any) -> None:
        self.most = most
        super().__init__(inner, **options)

    def _deserialize(self, value: Any, attr: str | None, data: Any, **options: Any) -> list[Any]:
        if isinstance(value, list) and len(value) > self.most:
            raise ValidationError("too many")
        return super()._deserialize(value, attr, data, **options)


class EstablishmentSchema(Schema):
    class Meta:
        unknown = EXCLUDE

    siret = fields.String(required=True, validate=validate.Length(equal=14))
    commune = _text(5)
    libelle_commune = _text()
    adresse = _text(500)
    activite_principale = _text(10)
    activite_principale_naf25 = _text(10)
    etat_administratif = _text(1)
    statut_diffusion_etablissement = _text(1)
    liste_idcc = Few(fields.String(validate=validate.Length(max=5)), 50, allow_none=True, load_default=None)


class CompanySchema(Schema):
    class Meta:
        unknown = EXCLUDE

    siren = fields.String(required=True, validate=validate.Length(equal=9))
    nom_complet = _text(1000)
    nature_juridique = _text(4)
    tranche_effectif_salarie = _text(2)
    annee_tranche_effectif_salarie = _text(4)
    etat_administratif = _text(1)
    statut_diffusion = _text(1)
    siege = fields.Nested(EstablishmentSchema, allow_none=True, load_default=None)
    matching_etablissements = Few(fields.Nested(EstablishmentSchema), 100, allow_none=True, load_default=None)


class AnswerSchema(Schema):
    class Meta:
        unknown = EXCLUDE

    results = Few(fields.Nested(CompanySchema), 25, required=True)


def establishments(payload: object, asked: Asked) -> tuple[Establishment, ...]:
    """What answers the question, at most ten; another company than the one asked is left out. Raises Lies."""
    try:
        answer = AnswerSchema().load(payload)  # type: ignore[arg-type]
    except (ValidationError, TypeError, AttributeError) as error:
        raise Lies("shape") from error
    found = {one.siret: one for company in answer["results"] for one in _of(company) if _meant(one, asked)}
    ordered = sorted(found.values(), key=lambda one: not one.is_open)
    return tuple(ordered[:MOST])


def _meant(one: Establishment, asked: Asked) -> bool:
    if asked.kind is Kind.SIRET:
        return one.siret == asked.text
    return asked.kind is Kind.NAME or one.siret.startswith(asked.text)


def _of(company: dict[str, Any]) -> Iterator[Establishment]:
    """Matching establishments first, then the head office."""
    for row in (*(company["matching_etablissements"] or ()), company["siege"]):
        if row and row["siret"].startswith(company["siren"]) and _is(Siret, row["siret"]):
            yield _told(company, row)


def _told(company: dict[str, Any], row: dict[str, Any]) -> Establishment:
    workforce = company["tranche_effectif_salarie"] or ""
    states = (company["etat_administratif"] or OPEN, row["etat_administratif"] or OPEN)
    published = (company["statut_diffusion"] or "O", row["statut_diffusion_etablissement"] or "O")
    return Establishment(
        siret=row["siret"],
        name=_said(company["nom_complet"], 200),
        commune=_code(CommuneCode, row["commune"]),
        place=_said(row["libelle_commune"], 120),
        address=_said(row["adresse"], 200),
        naf=_code(NafCode, row["activite_principale"]),
        naf_2025=_code(NafCode, row["activite_principale_naf25"]),
        workforce=workforce if workforce in BANDS else "",
        workforce_year=_year(company["annee_tranche_effectif_salarie"]),
        legal_form=_legal_form(company["nature_juridique"]),
        idcc=_agreements(row["liste_idcc"] or ()),
        is_open=states == (OPEN, OPEN),
        masked=published != ("O", "O"),
    )


def _said(text: str | None, most: int) -> str:
    said = " ".join(storable(text or "").split())
    return "" if MASKED in said.upper() else said[:most]


def _code(code: type[str], text: str | None) -> str:
    return str(code(text)) if text and _is(code, text) else ""


def _is(code: type[str], text: str) -> bool:
    try:
        code(text)
    except CodeError:
        return False
    return True


def _agreements(codes: Iterable[str]) -> tuple[str, ...]:
    """Without the code that says there is none."""
    return tuple(dict.fromkeys(_code(Idcc, one) for one in codes if one != NO_AGREEMENT and _code(Idcc, one)))


def _year(text: str | None) -> str:
    told = text or ""
    return told if told.isascii() and told.isdigit() and 2000 <= int(told) <= date.max.year else ""


def _legal_form(text: str | None) -> str:
    told = text or ""
    return told if told.isascii() and told.isdigit() and len(told) == 4 else ""
