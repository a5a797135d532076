"""Official files: what is loaded, and bringing a new one in."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from flask import render_template, request
from werkzeug.datastructures import FileStorage
from werkzeug.utils import secure_filename

from app.directory import queries as directory
from app.directory.actions import republish
from app.directory.imports import import_activity_links, import_agreements, import_opcos
from app.gpec import queries as gpec
from app.gpec.imports import (
    import_appellations,
    import_bmo,
    import_fap,
    import_rome,
    import_rome_fap,
    import_tensions,
)
from app.sheets import ImportReport, SheetRefused
from app.territory import queries as territory
from app.territory.imports import import_bmo_basins, import_zones_emploi
from app.web.admin.desk import blueprint
from app.web.admin.forms import ImportForm, choices, say

Importer = Callable[[Path, bool], ImportReport]

KINDS: dict[str, tuple[str, Importer]] = {
    "idcc": ("Conventions collectives (Dares)", import_agreements),
    "idcc-opco": ("OPCO des conventions (CSV idcc ; opco ; source ; date)", import_opcos),
    "zones-emploi": ("Zones d’emploi (INSEE)", import_zones_emploi),
    "bmo-basins": ("Bassins d’emploi BMO (France Travail)", import_bmo_basins),
    "bmo": ("Enquête BMO d’une année (France Travail)", import_bmo),
    "tensions": ("Tensions par bassin et métier (France Travail)", import_tensions),
    "rome": ("Métiers du ROME (France Travail)", import_rome),
    "rome-appellations": ("Appellations du ROME (France Travail)", import_appellations),
    "fap": ("Familles professionnelles FAP-2021 (Dares)", import_fap),
    "rome-fap": ("Passage du ROME à la FAP-2021 (Dares)", import_rome_fap),
    "naf-2025": ("Passage de la NAF 2025 à la NAF rév. 2 (INSEE)", import_activity_links),
}
SHOWN = 100
UNDER_THE_DIRECTORY = ("zones-emploi", "bmo-basins")


@blueprint.get("/donnees/")
def datasets() -> str:
    return render_template(
        "admin/datasets.html",
        loaded=[*directory.datasets(), *territory.latest_datasets(), *gpec.datasets()],
    )


@blueprint.route("/donnees/importer", methods=["GET", "POST"])
def import_file() -> str | tuple[str, int]:
    form = ImportForm()
    form.kind.choices = choices((kind, label) for kind, (label, _) in KINDS.items())
    report, refusal, status = None, None, 200
    if form.is_submitted():
        report, refusal = _imported(form) if form.validate() else (None, None)
        status = 200 if report and not refusal else 400
        if refusal:
            say(form, "file", refusal)
    page = render_template(
        "admin/import.html",
        form=form,
        report=report,
        refusal=refusal,
        shown=report.refused[:SHOWN] if report else (),
        tried=form.dry_run.data,
        label=KINDS[form.kind.data][0] if form.kind.data in KINDS else "",
    )
    return page, status


def _imported(form: ImportForm) -> tuple[ImportReport | None, str | None]:
    """The report, and the sentence when nothing could be kept."""
    kind, tried = form.kind.data, form.dry_run.data
    with TemporaryDirectory() as folder:
        path = _saved(request.files[form.file.name], Path(folder))
        try:
            report = KINDS[kind][1](path, tried)
        except SheetRefused as refused:
            return refused.report, refused.sentence
    if kind in UNDER_THE_DIRECTORY and not tried:
        republish()
    return report, None


def _saved(upload: FileStorage, folder: Path) -> Path:
    """Under its own name: the year of an official file is often written there only."""
    path = folder / (secure_filename(upload.filename or "")[-120:] or "fichier")
    upload.save(path)
    return path
