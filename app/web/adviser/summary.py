"""The summary of a case: a page to print, and the same thing as a PDF that the worker makes."""

from __future__ import annotations

from dataclasses import replace

from flask import abort, make_response, redirect, render_template, url_for
from werkzeug.wrappers import Response

from app.accounts.abilities import Viewer
from app.dossiers.queries import CaseFile, case_for
from app.kernel.clock import today, utcnow
from app.mailbox.queue import hurry
from app.rulebooks.queries import in_force
from app.web.adviser.bench import Bench
from app.web.adviser.decisionpage import DecisionPage
from app.web.adviser.entrance import CASE, blueprint, case_file
from app.web.doors import current_viewer
from app.workbench.printer import PACKAGES
from app.workbench.summaries import register_writer, summary_of, summary_pdf
from app.workbench.summary_actions import ask_summary

PDF = "application/pdf"
NOBODY = 0


@blueprint.get(f"{CASE}/synthese")
def summary(dossier_id: int) -> str:
    file, viewer = case_file(dossier_id), current_viewer()
    asked = summary_of(viewer, dossier_id)
    return render_template("adviser/summary.html", asked=asked, packages=PACKAGES, **_content(file, viewer))


@blueprint.post(f"{CASE}/synthese")
def prepare(dossier_id: int) -> Response:
    ask_summary(current_viewer(), dossier_id)
    hurry()
    return redirect(url_for("adviser.summary", dossier_id=dossier_id), code=303)


@blueprint.get(f"{CASE}/synthese.pdf")
def summary_file(dossier_id: int) -> Response:
    file = case_file(dossier_id)
    pdf = summary_pdf(current_viewer(), dossier_id)
    if pdf is None:
        abort(404)
    answer = make_response(pdf)
    answer.mimetype = PDF
    answer.headers["Content-Disposition"] = f'attachment; filename="{file.inquiry.reference}.pdf"'
    return answer


def document(viewer: Viewer, dossier_id: int) -> str | None:
    """The PDF's own page; asked by the worker, for a reader whose posts it has just read."""
    file = case_for(viewer, dossier_id)
    if file is None:
        return None
    return render_template("adviser/summary_document.html", **_content(file, viewer))


def _content(file: CaseFile, viewer: Viewer) -> dict[str, object]:
    book = in_force(today())
    # On paper « vous » is nobody: whoever acted is named.
    page = DecisionPage(replace(file, mine=False), book, replace(viewer, user_id=NOBODY))
    return {"file": file, "page": page, "bench": Bench(viewer, file, book), "now": utcnow()}


register_writer(document)
