"""Tables of the territory: communes, zones, dated memberships, Maisons, and where the data comes from."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    CheckConstraint,
    ForeignKey,
    Index,
    LargeBinary,
    String,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from app.extensions import Model


class Commune(Model):
    """A commune of the region as it is today."""

    __tablename__ = "communes"

    code: Mapped[str] = mapped_column(String(5), primary_key=True)
    name: Mapped[str] = mapped_column(String(100))
    departement: Mapped[str] = mapped_column(String(3), index=True)
    population: Mapped[int]
    longitude: Mapped[float | None]
    latitude: Mapped[float | None]


class PostalCode(Model):
    __tablename__ = "postal_codes"

    commune: Mapped[str] = mapped_column(ForeignKey("communes.code"), primary_key=True)
    code: Mapped[str] = mapped_column(String(5), primary_key=True)


class FormerCommune(Model):
    """A delegated or associated commune: its old code and name lead to today's commune."""

    __tablename__ = "former_communes"

    code: Mapped[str] = mapped_column(String(5), primary_key=True)
    name: Mapped[str] = mapped_column(String(100))
    commune: Mapped[str] = mapped_column(ForeignKey("communes.code"), index=True)


class ElsewhereCommune(Model):
    """A correct commune code of France outside the region: known, and answered as out of scope."""

    __tablename__ = "elsewhere_communes"

    code: Mapped[str] = mapped_column(String(5), primary_key=True)
    name: Mapped[str] = mapped_column(String(100))
    departement: Mapped[str] = mapped_column(String(100))


class Zone(Model):
    """A zone is (kind, code): BMO basin 7601 is Cahors while zone d'emploi 7601 is Agde-Pézenas."""

    __tablename__ = "zones"

    kind: Mapped[str] = mapped_column(String(20), primary_key=True)
    code: Mapped[str] = mapped_column(String(20), primary_key=True)
    name: Mapped[str | None] = mapped_column(String(200))
    vintage: Mapped[str | None] = mapped_column(String(10))


class Membership(Model):
    """A commune belongs to one zone of each kind, from a day to another."""

    __tablename__ = "memberships"
    __table_args__ = (
        UniqueConstraint("commune", "kind", "starts_on"),
        CheckConstraint("ends_on IS NULL OR ends_on >= starts_on", name="dates_in_order"),
        Index("ix_memberships_kind_code", "kind", "code"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    commune: Mapped[str] = mapped_column(ForeignKey("communes.code"))
    kind: Mapped[str] = mapped_column(String(20))
    code: Mapped[str] = mapped_column(String(20))
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]


class CommuneShape(Model):
    """The published outline of a commune (WKB), with those of its former communes: zones are dissolved from it."""

    __tablename__ = "commune_shapes"

    commune: Mapped[str] = mapped_column(ForeignKey("communes.code"), primary_key=True)
    shape: Mapped[bytes] = mapped_column(LargeBinary)


class Contour(Model):
    """The simplified outline of a zone: rings of longitude and latitude, the outer edge only."""

    __tablename__ = "contours"

    kind: Mapped[str] = mapped_column(String(20), primary_key=True)
    code: Mapped[str] = mapped_column(String(20), primary_key=True)
    rings: Mapped[list[Any]] = mapped_column(JSON)


class Maison(Model):
    """A Maison de Ma Région and the département it answers for."""

    __tablename__ = "maisons"

    slug: Mapped[str] = mapped_column(String(40), primary_key=True)
    name: Mapped[str] = mapped_column(String(200))
    departement: Mapped[str] = mapped_column(String(3), unique=True)
    status: Mapped[str] = mapped_column(String(20))


class Dataset(Model):
    """An official file once loaded: who published it, which edition, when, and how many rows were kept."""

    __tablename__ = "territory_datasets"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(40), index=True)
    title: Mapped[str] = mapped_column(String(200))
    publisher: Mapped[str] = mapped_column(String(200))
    version: Mapped[str | None] = mapped_column(String(40))
    published_on: Mapped[date | None]
    licence: Mapped[str] = mapped_column(String(100))
    rows: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64))
    against: Mapped[str | None] = mapped_column(String(64))
    loaded_at: Mapped[datetime]


class TerritoryVersion(Model):
    """One row whose number grows with every write: what is kept in memory knows when it is old."""

    __tablename__ = "territory_versions"

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int]
