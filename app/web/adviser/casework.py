"""A case on one page, and its decision whole."""

from __future__ import annotations

from flask import render_template

from app.collective.requests import alike_here
from app.dossiers.queries import CaseFile
from app.exchanges.audiences import Audience
from app.kernel.clock import today
from app.mailbox.queries import company_unreached
from app.opinions.queries import opinion_on, results_on
from app.rulebooks.queries import in_force
from app.web.adviser.bench import Bench
from app.web.adviser.casepage import CasePage
from app.web.adviser.decisionpage import DecisionPage
from app.web.adviser.entrance import CASE, blueprint, case_file
from app.web.adviser.forms import MoveForm
from app.web.adviser.lasting import Lasting
from app.web.adviser.threads import exchanges
from app.web.doors import current_viewer
from app.web.job_card import JobCard, job_card, read_job
from app.web.writing import WriteForm


@blueprint.get(f"{CASE}/")
def case(dossier_id: int) -> str:
    return case_page(case_file(dossier_id))


def case_page(file: CaseFile, form: WriteForm | None = None, audience: Audience | None = None) -> str:
    """The case, with what was typed in a form that could not be sent."""
    book, viewer = in_force(today()), current_viewer()
    page, bench = CasePage(file, book, viewer), Bench(viewer, file, book)
    return render_template(
        "adviser/case.html",
        file=file,
        page=page,
        bench=bench,
        exchanges=exchanges(file, form, audience),
        job=_job_card(file, bench),
        alike=alike_here(file.need.id, today()),
        lasting=Lasting.of(viewer, file),
        opinion=opinion_on(file),
        results=results_on(file),
        unreached=company_unreached(file.inquiry.id),
        form=_form(file),
        today=today(),
    )


@blueprint.get(f"{CASE}/decision")
def decision(dossier_id: int) -> str:
    """The whole trace, to read or to print."""
    file = case_file(dossier_id)
    page = DecisionPage(file, in_force(today()), current_viewer())
    return render_template("adviser/decision.html", file=file, page=page)


def _job_card(file: CaseFile, bench: Bench) -> JobCard | None:
    """« Ce métier, ici », with the causes the advisers of this need noted."""
    inquiry, need = file.inquiry, file.need
    noted = [one.findings.cause for one in bench.told if one.findings.cause]
    return job_card(read_job(need.id, need.answers, inquiry.words), inquiry.commune, noted=noted)


def _form(file: CaseFile) -> MoveForm:
    return MoveForm(formdata=None, version=str(file.dossier.version))
