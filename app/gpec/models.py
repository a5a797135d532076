"""Tables of official figures and nomenclatures, each row with the file it came from."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from app.extensions import Model


class GpecDataset(Model):
    """An official file once imported: publisher, edition, licence, rows kept, hash."""

    __tablename__ = "gpec_datasets"
    __table_args__ = (Index("ix_gpec_datasets_kind", "kind", "version"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(40))
    title: Mapped[str] = mapped_column(String(200))
    publisher: Mapped[str] = mapped_column(String(200))
    version: Mapped[str | None] = mapped_column(String(40))
    licence: Mapped[str] = mapped_column(String(100))
    rows: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64))
    loaded_at: Mapped[datetime]


class BmoFigure(Model):
    """Recruitment projects of one job in the part of a BMO basin that lies in one département, one year.

    A basin may lie in two départements. None is the survey's `*`: a secret, never zero.
    """

    __tablename__ = "bmo_figures"
    __table_args__ = (
        Index("ix_bmo_figures_departement", "year", "departement", "job"),
        Index("ix_bmo_figures_job", "job", "year"),
    )

    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    basin: Mapped[str] = mapped_column(String(4), primary_key=True)
    departement: Mapped[str] = mapped_column(String(3), primary_key=True)
    job: Mapped[str] = mapped_column(String(6), primary_key=True)
    job_label: Mapped[str] = mapped_column(String(200))
    family: Mapped[str] = mapped_column(String(10))
    family_label: Mapped[str] = mapped_column(String(200))
    basin_name: Mapped[str] = mapped_column(String(200))
    projects: Mapped[int | None]
    difficult: Mapped[int | None]
    seasonal: Mapped[int | None]
    dataset_id: Mapped[int] = mapped_column(ForeignKey("gpec_datasets.id"))


class Tension(Model):
    """Offers, job seekers and level of tension (1 low … 5 high) of a ROME job in a BMO basin, one year.

    `fap` is the FAP-2009 family in the file of 2019, empty in that of 2020.
    """

    __tablename__ = "tensions"

    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    basin: Mapped[str] = mapped_column(String(4), primary_key=True)
    rome: Mapped[str] = mapped_column(String(5), primary_key=True)
    fap: Mapped[str] = mapped_column(String(6), primary_key=True)
    offers: Mapped[int]
    seekers: Mapped[int]
    level: Mapped[int]
    dataset_id: Mapped[int] = mapped_column(ForeignKey("gpec_datasets.id"))


class TensionCause(Model):
    """Tension of a family in a zone and its six causes (Dares), levels from 1 to 5, None when not published.

    `nomenclature` says which FAP the family belongs to: that of 2009 is never joined to that of 2021.
    """

    __tablename__ = "tension_causes"

    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    kind: Mapped[str] = mapped_column(String(20), primary_key=True)
    code: Mapped[str] = mapped_column(String(20), primary_key=True)
    nomenclature: Mapped[str] = mapped_column(String(10), primary_key=True)
    fap: Mapped[str] = mapped_column(String(6), primary_key=True)
    level: Mapped[int | None]
    intensity: Mapped[int | None]
    training: Mapped[int | None]
    workforce: Mapped[int | None]
    precarity: Mapped[int | None]
    conditions: Mapped[int | None]
    distance: Mapped[int | None]
    dataset_id: Mapped[int] = mapped_column(ForeignKey("gpec_datasets.id"))


class EmployerCount(Model):
    """How many active employers Sirene counts in a commune, by division of the NAF and band of employees, one year.

    Establishments themselves are not kept. `band` is INSEE's code, `NN` when it is not published.
    """

    __tablename__ = "employer_counts"

    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    commune: Mapped[str] = mapped_column(String(5), primary_key=True)
    nomenclature: Mapped[str] = mapped_column(String(10), primary_key=True)
    division: Mapped[str] = mapped_column(String(2), primary_key=True)
    band: Mapped[str] = mapped_column(String(2), primary_key=True)
    employers: Mapped[int]
    dataset_id: Mapped[int] = mapped_column(ForeignKey("gpec_datasets.id"))


class AgeFigure(Model):
    """People at work in a professional family in a zone, and how many are under 30 or 50 and over, one year.

    `fap` is empty for all the families together; None is secret. `origin` is who counted them.
    """

    __tablename__ = "age_figures"

    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    kind: Mapped[str] = mapped_column(String(20), primary_key=True)
    code: Mapped[str] = mapped_column(String(20), primary_key=True)
    fap: Mapped[str] = mapped_column(String(6), primary_key=True)
    workers: Mapped[int | None]
    under_30: Mapped[int | None]
    over_50: Mapped[int | None]
    origin: Mapped[str] = mapped_column(String(200))
    dataset_id: Mapped[int] = mapped_column(ForeignKey("gpec_datasets.id"))


class TrainingOffer(Model):
    """A training that leads to a ROME job in a zone, one year; `places` is None when it is not said."""

    __tablename__ = "training_offers"

    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    kind: Mapped[str] = mapped_column(String(20), primary_key=True)
    code: Mapped[str] = mapped_column(String(20), primary_key=True)
    rome: Mapped[str] = mapped_column(String(5), primary_key=True)
    title: Mapped[str] = mapped_column(String(200), primary_key=True)
    provider: Mapped[str] = mapped_column(String(200), primary_key=True)
    places: Mapped[int | None]
    origin: Mapped[str] = mapped_column(String(200))
    dataset_id: Mapped[int] = mapped_column(ForeignKey("gpec_datasets.id"))


class RomeJob(Model):
    """A job of the ROME; `parent` is the card of 2009 it was parted from, where the list says so."""

    __tablename__ = "rome_jobs"

    code: Mapped[str] = mapped_column(String(5), primary_key=True)
    name: Mapped[str] = mapped_column(String(200))
    parent: Mapped[str | None] = mapped_column(String(5))
    dataset_id: Mapped[int] = mapped_column(ForeignKey("gpec_datasets.id"))


class RomeAppellation(Model):
    """A name people give to a job, and its ROME code."""

    __tablename__ = "rome_appellations"

    code: Mapped[str] = mapped_column(String(10), primary_key=True)
    name: Mapped[str] = mapped_column(String(200))
    rome: Mapped[str] = mapped_column(String(5), index=True)
    dataset_id: Mapped[int] = mapped_column(ForeignKey("gpec_datasets.id"))


class FapFamily(Model):
    """A professional family of the FAP-2021 at its finest level, with the three levels above."""

    __tablename__ = "fap_families"

    code: Mapped[str] = mapped_column(String(6), primary_key=True)
    name: Mapped[str] = mapped_column(String(200))
    fap228: Mapped[str] = mapped_column(String(5), index=True)
    fap228_name: Mapped[str] = mapped_column(String(200))
    fap86: Mapped[str] = mapped_column(String(3))
    fap86_name: Mapped[str] = mapped_column(String(200))
    fap22: Mapped[str] = mapped_column(String(2))
    fap22_name: Mapped[str] = mapped_column(String(200))
    dataset_id: Mapped[int] = mapped_column(ForeignKey("gpec_datasets.id"))


class RomeFapLink(Model):
    """The FAP-2021 family of a ROME job at a level of qualification (0 unknown … 9)."""

    __tablename__ = "rome_fap_links"
    __table_args__ = (Index("ix_rome_fap_links_fap", "fap"),)

    rome: Mapped[str] = mapped_column(String(5), primary_key=True)
    qualification: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    fap: Mapped[str] = mapped_column(String(6), primary_key=True)
    rome_label: Mapped[str] = mapped_column(String(200))
    dataset_id: Mapped[int] = mapped_column(ForeignKey("gpec_datasets.id"))
