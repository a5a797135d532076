"""Official files: what is loaded, and bringing a new one in."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from flask import current_app, render_template, request
from werkzeug.datastructures import FileStorage
from werkzeug.utils import secure_filename

from app.directory import queries as directory
from app.gpec import queries as gpec
from app.officials import tried
from app.officials.catalogue import KINDS, bring_in
from app.officials.manifest import ManifestError, OfficialSource, official_sources
from app.sheets import ImportReport, SheetRefused
from app.territory import queries as territory
from app.web.admin.desk import blueprint
from app.web.admin.forms import ImportForm, choices, say

SHOWN = 100
GONE = "Ce fichier n’est plus gardé, une heure après l’essai. Choisissez-le à nouveau"


@blueprint.get("/donnees/")
def datasets() -> str:
    loaded = [*directory.datasets(), *territory.latest_datasets(), *gpec.datasets()]
    sources, unreadable = _sources()
    return render_template(
        "admin/datasets.html",
        loaded=loaded,
        sources=sources,
        unreadable=unreadable,
        labels={key: kind.label for key, kind in KINDS.items()},
        last=_latest(loaded),
    )


def _latest(loaded: list[Any]) -> dict[str, datetime]:
    """When each kind of file last came in."""
    last: dict[str, datetime] = {}
    for one in loaded:
        last[one.kind] = max(one.loaded_at, last.get(one.kind, one.loaded_at))
    return last


def _sources() -> tuple[tuple[OfficialSource, ...], str | None]:
    """Where each file is published; a list of one's own that cannot be read hides nothing else."""
    try:
        return official_sources(current_app.config["GUICHET"].instance_dir), None
    except ManifestError as wrong:
        return (), str(wrong)


@blueprint.route("/donnees/importer", methods=["GET", "POST"])
def import_file() -> str | tuple[str, int]:
    form = ImportForm()
    form.kind.choices = choices((key, kind.label) for key, kind in KINDS.items())
    report, refusal, status, waiting = None, None, 200, None
    if form.is_submitted():
        report, refusal, waiting = _imported(form) if form.validate() else (None, None, None)
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
        waiting=waiting,
        label=KINDS[form.kind.data].label if form.kind.data in KINDS else "",
    )
    return page, status


def _imported(form: ImportForm) -> tuple[ImportReport | None, str | None, str | None]:
    """The report, the sentence when nothing could be kept, the mark of a file that may now be recorded."""
    kind, mark = form.kind.data or "", form.tried.data or ""
    instance = current_app.config["GUICHET"].instance_dir
    if mark:
        waiting = tried.found(instance, mark)
        return (*_read(kind, waiting, dry_run=False), None) if waiting else (None, GONE, None)
    with TemporaryDirectory() as folder:
        path, dry_run = _saved(request.files[form.file.name], Path(folder)), bool(form.dry_run.data)
        report, refusal = _read(kind, path, dry_run=dry_run)
        good = dry_run and report is not None and not refusal and not report.already_imported
        return report, refusal, tried.keep(instance, path) if good else None


def _read(kind: str, path: Path, *, dry_run: bool) -> tuple[ImportReport | None, str | None]:
    try:
        return bring_in(kind, path, dry_run), None
    except SheetRefused as refused:
        return refused.report, refused.sentence


def _saved(upload: FileStorage, folder: Path) -> Path:
    """Under its own name: the year of an official file is often written there only."""
    path = folder / (secure_filename(upload.filename or "")[-120:] or "fichier")
    upload.save(path)
    return path
