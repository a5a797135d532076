"""One schema per official file: text as published in, checked values out."""

from __future__ import annotations

import re
from typing import Any

from marshmallow import EXCLUDE, Schema, ValidationError, fields, post_load, validate, validates_schema

from app.kernel.codes import CodeError, RomeCode
from app.kernel.vocabulary import DEPARTEMENTS, ZoneKind
from app.territory.rows import WHOLE_FLOAT, ZoneCode

HIDDEN = "*"
SIZES = {"commune": 5, "epci": 9, "departement": 2, "region": 2, "zone_emploi": 4, "bassin_bmo": 4}
"""Characters of a zone's code, by kind."""
NUMBER = re.compile(r"\d{1,9}", re.ASCII)
FAP = re.compile(r"[A-Z][A-Z0-9][A-Z]\d\d[a-z]?", re.ASCII)


def whole(value: object) -> str:
    """A number as published: `1 234` and `1234.0` are 1234."""
    return WHOLE_FLOAT.sub(r"\1", re.sub(r"\s", "", str(value)))


class Count(fields.Field[int]):
    """A whole number written as text."""

    def _deserialize(self, value: object, attr: str | None, data: Any, **_: Any) -> int:
        text = whole(value)
        if not NUMBER.fullmatch(text):
            raise ValidationError("Ce n’est pas un nombre entier positif.")
        return int(text)


class SecretCount(Count):
    """A whole number, or `*`: statistical secret, which is unknown and not zero."""

    def _deserialize(self, value: object, attr: str | None, data: Any, **more: Any) -> int | None:  # type: ignore[override]
        if str(value).strip() == HIDDEN:
            return None
        return super()._deserialize(value, attr, data, **more)


class Rome(fields.Field[str]):
    def _deserialize(self, value: object, attr: str | None, data: Any, **_: Any) -> str:
        try:
            return RomeCode(value)
        except CodeError as error:
            raise ValidationError(str(error)) from error


class Fap(fields.Field[str]):
    """A professional family: A0X40, QAX02, A0X41a."""

    def _deserialize(self, value: object, attr: str | None, data: Any, **_: Any) -> str:
        text = str(value).strip()
        if not FAP.fullmatch(text):
            raise ValidationError("Ce n’est pas le code d’une famille professionnelle, comme A0X40.")
        return text


class Departement(fields.Field[str]):
    """A département of Occitanie; 9 is Ariège."""

    def _deserialize(self, value: object, attr: str | None, data: Any, **_: Any) -> str:
        text = whole(value).zfill(2)
        if text not in DEPARTEMENTS:
            raise ValidationError("Ce département n’est pas en Occitanie.")
        return text


def _name(**more: Any) -> fields.String:
    return fields.String(validate=validate.Length(min=1, max=200), **more)


def _year() -> Count:
    return Count(required=True, validate=validate.Range(2010, 2099))


class Official(Schema):
    class Meta:
        unknown = EXCLUDE


class BmoRow(Official):
    """A row of the BMO survey (France Travail): numbers of recruitment projects."""

    year = _year()
    basin = ZoneCode(required=True)
    departement = Departement(required=True)
    job = Fap(required=True)
    job_label = _name(required=True)
    family = fields.String(load_default="", validate=validate.Length(max=10))
    family_label = fields.String(load_default="", validate=validate.Length(max=200))
    basin_name = fields.String(load_default="", validate=validate.Length(max=200))
    projects = SecretCount(required=True)
    difficult = SecretCount(required=True)
    seasonal = SecretCount(required=True)


class TensionRow(Official):
    """A row of France Travail's tensions: offers (oee), job seekers (DEFM ABC), level from 1 to 5."""

    year = _year()
    basin = ZoneCode(required=True)
    rome = Rome(required=True)
    fap = Fap(load_default="")
    offers = Count(required=True)
    seekers = Count(required=True)
    level = Count(required=True, validate=validate.Range(1, 5, error="Le niveau va de 1 à 5."))


class RomeRow(Official):
    code = Rome(required=True)
    name = _name(required=True)
    parent = Rome(load_default=None)


class AppellationRow(Official):
    code = fields.String(required=True, validate=validate.Regexp(r"^[0-9A-Z]{1,10}$"))
    name = _name(required=True)
    rome = Rome(required=True)


class FapRow(Official):
    """A branch of the FAP-2021 tree (Dares)."""

    code = Fap(required=True)
    name = _name(required=True)
    fap228 = Fap(required=True, validate=validate.Length(max=5))
    fap228_name = _name(required=True)
    fap86 = fields.String(required=True, validate=validate.Length(min=3, max=3))
    fap86_name = _name(required=True)
    fap22 = fields.String(required=True, validate=validate.Length(min=1, max=2))
    fap22_name = _name(required=True)


class RomeFapRow(Official):
    """A row of the Dares passage from ROME and qualification to FAP-2021."""

    rome = Rome(required=True)
    qualification = Count(required=True, validate=validate.Range(0, 9))
    fap = Fap(required=True)
    rome_label = fields.String(load_default="", validate=validate.Length(max=200))


class PublishedZone(fields.Field[str]):
    """A kind of zone, by its code: `departement`, `region`, `epci`, `zone_emploi`, `bassin_bmo`, `commune`."""

    def _deserialize(self, value: object, attr: str | None, data: Any, **_: Any) -> str:
        text = str(value).strip().lower()
        if text not in list(ZoneKind):
            raise ValidationError(f"Genres de zone\u00a0: {', '.join(ZoneKind)}.")
        return text


class OurZone(Official):
    """A row of a file in the desk's own layout, for what no publisher gives in one known layout."""

    year = _year()
    kind = PublishedZone(required=True)
    code = fields.String(required=True, validate=validate.Regexp(r"^[0-9A-Z]{1,9}$"))
    origin = _name(required=True)

    @post_load
    def with_its_zeros(self, row: dict[str, Any], **_: Any) -> dict[str, Any]:
        """A spreadsheet eats the zero of 09 and of 09122."""
        return row | {"code": row["code"].zfill(SIZES[row["kind"]])}


class AgeRow(OurZone):
    """People at work, those under 30, those of 50 and over; without family, all of them."""

    fap = Fap(load_default="")
    workers = SecretCount(required=True)
    under_30 = SecretCount(required=True)
    over_50 = SecretCount(required=True)

    @validates_schema
    def no_more_than_all(self, row: dict[str, Any], **_: Any) -> None:
        parts = (row["under_30"] or 0) + (row["over_50"] or 0)
        if row["workers"] is not None and parts > row["workers"]:
            raise ValidationError(
                "Les moins de 30 ans et les 50 ans et plus dépassent l’ensemble.", "workers"
            )


class TrainingRow(OurZone):
    rome = Rome(required=True)
    title = _name(required=True)
    provider = _name(required=True)
    places = Count(load_default=None)
