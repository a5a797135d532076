"""The official files this capability reads: publisher, columns, schema, and what names a row."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from marshmallow import Schema

from app.extensions import Model
from app.gpec.models import (
    AgeFigure,
    BmoFigure,
    FapFamily,
    RomeAppellation,
    RomeFapLink,
    RomeJob,
    Tension,
    TrainingOffer,
)
from app.gpec.rows import (
    AgeRow,
    AppellationRow,
    BmoRow,
    FapRow,
    RomeFapRow,
    RomeRow,
    TensionRow,
    TrainingRow,
    whole,
)
from app.kernel.vocabulary import DEPARTEMENTS, ZoneKind
from app.routing.facts import REGION
from app.sheets import Column

LICENCE = "Licence Ouverte 2.0"
Layout = tuple[Column, ...]
Cells = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Published:
    """Who publishes a file, and the name under which its imports are remembered."""

    kind: str
    title: str
    publisher: str
    licence: str = LICENCE


CAUSES = Published(
    "tensions-causes", "Tensions et leurs causes, par famille professionnelle", "Dares, France Travail"
)
"""The workbook of the Dares lives beside the basins' tensions of France Travail, under its own name."""
SIRENE = Published("sirene", "Établissements employeurs (répertoire Sirene)", "INSEE")


@dataclass(frozen=True, slots=True)
class Source:
    """A kind of official file. `yearly`: its rows carry a year, and replace that year's rows only."""

    kind: str
    title: str
    publisher: str
    layouts: tuple[Layout, ...]
    schema: Schema
    table: type[Model]
    keys: tuple[str, ...]
    yearly: bool = False
    outside: Callable[[Cells], bool] = lambda _: False
    licence: str = LICENCE


def invented_of(source: Source) -> Source:
    """A few invented lines in the layout of a file, under their own name: nothing takes them for the file."""
    title = f"Lignes inventées pour la démonstration : {source.title}"
    return replace(source, kind=f"{source.kind}-fictif", title=title, publisher="Guichet RH (fictif)")


def _other_region(cells: Cells) -> bool:
    region = whole(cells["region"]).zfill(2)
    return region not in ("00", REGION)


def _other_basin(cells: Cells) -> bool:
    """The two first digits of a basin's code are those of its region."""
    code = whole(cells["basin"]).zfill(4)
    return code.isdigit() and len(code) == 4 and not code.startswith(REGION)


def _elsewhere(cells: Cells) -> bool:
    """Départements and regions say by their code whether they are ours."""
    code = whole(cells["code"]).zfill(2)
    ours = {ZoneKind.DEPARTEMENT.value: DEPARTEMENTS, ZoneKind.REGION.value: (REGION,)}
    return code not in ours.get(cells["kind"].strip().lower(), (code,))


BMO = Source(
    "bmo",
    "Enquête Besoins en main-d’œuvre (BMO)",
    "France Travail",
    (
        (
            Column("year", "ann[ée]e", required=False),
            Column("job", "code[ _]m[ée]tier.*", label="code métier BMO"),
            Column("job_label", "nom[ _]m[ée]tier.*", label="nom métier BMO"),
            Column("family", "famille_met", required=False),
            Column("family_label", "lbl_fam_met", required=False),
            Column("region", "reg", label="REG"),
            Column("departement", "dept", label="Dept"),
            Column("basin", r"be\d\d", label="BE24"),
            Column("basin_name", r"nombe\d\d", required=False),
            Column("projects", "met"),
            Column("difficult", "xmet"),
            Column("seasonal", "smet"),
        ),
    ),
    BmoRow(),
    BmoFigure,
    ("basin", "departement", "job"),
    yearly=True,
    outside=_other_region,
)
TENSIONS = Source(
    "tensions",
    "Tensions par bassin et métier",
    "France Travail",
    (
        (
            Column("year", "ann[ée]e", label="année"),
            Column("rome", "rome"),
            Column("fap", "fap", required=False),
            Column("basin", "cbassin"),
            Column("offers", "oee"),
            Column("seekers", "defm_abc"),
            Column("level", "ind_tension_d"),
        ),
    ),
    TensionRow(),
    Tension,
    ("basin", "rome", "fap"),
    yearly=True,
    outside=_other_basin,
)
ROME = Source(
    "rome",
    "Répertoire opérationnel des métiers et des emplois (ROME)",
    "France Travail",
    (
        (
            Column("code", "code_rome"),
            Column("name", "libelle_rome"),
            Column("parent", "code_rome_parent", required=False),
        ),
        (
            Column("code", "code"),
            Column("name", "name"),
            Column("dated", "updated_at", required=False),
        ),
    ),
    RomeRow(),
    RomeJob,
    ("code",),
)
APPELLATIONS = Source(
    "rome-appellations",
    "Appellations du ROME",
    "France Travail",
    (
        (
            Column("code", "code"),
            Column("name", "name"),
            Column("rome", "rome_id"),
            Column("dated", "updated_at", required=False),
        ),
    ),
    AppellationRow(),
    RomeAppellation,
    ("code",),
)
FAP = Source(
    "fap",
    "Familles professionnelles (FAP-2021)",
    "Dares",
    (
        (
            Column("code", "code_fap341"),
            Column("name", "intitul[ée]_fap341", label="intitulé_fap341"),
            Column("fap228", "code_fap228"),
            Column("fap228_name", "intitul[ée]_fap228", label="intitulé_fap228"),
            Column("fap86", "code_fap86"),
            Column("fap86_name", "intitul[ée]_fap86", label="intitulé_fap86"),
            Column("fap22", "code_fap22"),
            Column("fap22_name", "intitul[ée]_fap22", label="intitulé_fap22"),
        ),
    ),
    FapRow(),
    FapFamily,
    ("code",),
)
ROME_FAP = Source(
    "rome-fap",
    "Passage du ROME aux familles professionnelles (FAP-2021)",
    "Dares",
    (
        (
            Column("rome", "rome"),
            Column("rome_label", "intitul[ée]_rome", required=False),
            Column("qualification", "qualif"),
            Column("fap", "fap341"),
        ),
    ),
    RomeFapRow(),
    RomeFapLink,
    ("rome", "qualification", "fap"),
)
ZONE = (
    Column("year", "ann[ée]e", label="année"),
    Column("kind", "(type|genre)_zone", label="type_zone"),
    Column("code", "code_zone"),
    Column("origin", "source"),
)
"""The desk's own layout: those who publish ages and trainings each have theirs (docs/sources.md)."""
AGES = Source(
    "ages",
    "Âge des personnes en emploi, par famille professionnelle",
    "selon la colonne source du fichier",
    (
        (
            *ZONE,
            Column("fap", "(code_)?fap(228)?", label="fap"),
            Column("workers", "emplois|personnes", label="emplois"),
            Column("under_30", "moins_(de_)?30", label="moins_30"),
            Column("over_50", "plus_(de_)?50|50_(ans_)?et_plus", label="plus_50"),
        ),
    ),
    AgeRow(),
    AgeFigure,
    ("kind", "code", "fap"),
    yearly=True,
    outside=_elsewhere,
    licence="selon la source",
)
TRAININGS = Source(
    "trainings",
    "Formations proposées, par métier",
    "selon la colonne source du fichier",
    (
        (
            *ZONE,
            Column("rome", "(code_)?rome", label="rome"),
            Column("title", "intitul[ée]", label="intitulé"),
            Column("provider", "organisme"),
            Column("places", "places", required=False),
        ),
    ),
    TrainingRow(),
    TrainingOffer,
    ("kind", "code", "rome", "title", "provider"),
    yearly=True,
    outside=_elsewhere,
    licence="selon la source",
)
