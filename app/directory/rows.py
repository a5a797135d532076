"""One schema per official file: text as published in, checked values out."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Any

from marshmallow import EXCLUDE, Schema, ValidationError, fields, pre_load, validate

from app.kernel.clock import today
from app.kernel.codes import CodeError, Idcc, NafCode
from app.kernel.vocabulary import Opco

FRENCH_DATE = re.compile(r"^\d{1,2}/\d{1,2}/\d{4}$")


class AgreementNumber(fields.Field[str]):
    """An IDCC, whatever its leading zeros; a spreadsheet may have made it 16.0."""

    def _deserialize(self, value: object, attr: str | None, data: Any, **_: Any) -> str:
        try:
            return Idcc(re.sub(r"\.0+$", "", str(value).strip()))
        except CodeError as error:
            raise ValidationError(str(error)) from error


class OpcoCode(fields.Field[str]):
    """A code of the contract, or the usual name: OPCO_EP, « Opco EP », « L’Opcommerce »."""

    def _deserialize(self, value: object, attr: str | None, data: Any, **_: Any) -> str:
        wanted = _letters(str(value))
        for opco in Opco:
            if wanted in (_letters(opco.value), _letters(opco.label)):
                return opco.value
        raise ValidationError(f"« {value} » n’est le nom d’aucun des 11 OPCO.")


def _letters(text: str) -> str:
    return re.sub(r"[\W_]", "", text.lower())


class PastDay(fields.Field[date]):
    """2026-11-23 or 23/11/2026; never a day to come."""

    def _deserialize(self, value: object, attr: str | None, data: Any, **_: Any) -> date:
        text = str(value).strip()[:10]
        try:
            day = datetime.strptime(text, "%d/%m/%Y" if FRENCH_DATE.match(text) else "%Y-%m-%d").date()  # noqa: DTZ007
        except ValueError as error:
            raise ValidationError("Écrivez la date comme 2026-11-23 ou 23/11/2026.") from error
        if day > today():
            raise ValidationError("Cette date n’est pas encore passée.")
        return day


class AgreementRow(Schema):
    """A row of the Dares list of agreements."""

    class Meta:
        unknown = EXCLUDE

    idcc = AgreementNumber(required=True)
    title = fields.String(
        required=True, validate=validate.Length(min=1, error="Le libellé de cette convention manque.")
    )
    short_title = fields.String(load_default=None, allow_none=True)
    active = fields.Boolean(
        required=True,
        truthy={"1"},
        falsy={"0"},
        error_messages={"invalid": "IDCCactif vaut 1 ou 0.", "null": "IDCCactif vaut 1 ou 0."},
    )
    successor = AgreementNumber(load_default=None, allow_none=True)

    @pre_load
    def empty_is_none(self, row: dict[str, str], **_: Any) -> dict[str, str | None]:
        optional = ("short_title", "successor", "active")
        return {key: (value or None) if key in optional else value for key, value in row.items()}


class ActivityCode(fields.Field[str]):
    """An activity code, dotted or not."""

    def _deserialize(self, value: object, attr: str | None, data: Any, **_: Any) -> str:
        try:
            return str(NafCode(value))
        except CodeError as error:
            raise ValidationError(str(error)) from error


class ActivityLinkRow(Schema):
    """A row of INSEE's correspondence: one activity of each NAF."""

    class Meta:
        unknown = EXCLUDE

    naf_2025 = ActivityCode(required=True)
    naf_rev2 = ActivityCode(required=True)


class IdccOpcoRow(Schema):
    """A row stating the OPCO of an agreement."""

    class Meta:
        unknown = EXCLUDE

    idcc = AgreementNumber(required=True)
    opco = OpcoCode(required=True)
    source = fields.String(
        required=True,
        validate=validate.Length(min=1, max=300, error="Donnez la source, en 300 caractères au plus."),
    )
    checked_on = PastDay(required=True)
