"""The session pack: chosen, read, printed. Each page: parse, ask, answer."""

from __future__ import annotations

from dataclasses import dataclass

from flask import make_response, render_template, request
from werkzeug.wrappers import Response

from app.accounts.abilities import Ability
from app.governance.packs import THEME, Pack, first_day, pack
from app.governance.periods import Period, chosen, periods
from app.governance.places import may_read, places_for
from app.kernel.clock import today, utcnow
from app.kernel.vocabulary import ZoneKind
from app.reporting import indicators
from app.reporting.cells import Place
from app.reporting.feedback import Verdict, strongest
from app.routing.facts import REGION
from app.web.doors import current_viewer, door
from app.web.governance import words
from app.web.limits import limited
from app.workbench.printer import PACKAGES, NoPrinter, PrinterFailed, pdf_of

PDF = "application/pdf"
OCCITANIE = "Occitanie"
MEANINGS = (
    indicators.RECEIVED,
    indicators.TAKEN,
    indicators.CLOSED,
    indicators.FIRST_CONTACT,
    indicators.IN_TIME,
    indicators.OUTCOMES,
    indicators.USEFUL,
    indicators.LATE,
)

blueprint = door("governance", __name__, access=Ability.SEE_COLLECTIVE, url_prefix="/seances")


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address asks; `problem` is a sentence when it means nothing."""

    lieu: str
    periode: str
    place: Place | None
    period: Period | None
    problem: str = ""


@blueprint.get("/")
def choose() -> str | tuple[str, int]:
    asked = _asked()
    viewer = current_viewer()
    page = render_template(
        "governance/choose.html",
        asked=asked,
        groups=[
            (kind.label, [(f"{kind.value}:{code}", name) for code, name in ones])
            for kind, ones in places_for(viewer).items()
            if ones
        ],
        whole=f"{ZoneKind.REGION}:{REGION}" if may_read(viewer, Place(ZoneKind.REGION, REGION)) else "",
        periods=[
            (length.label, [(one.name, words.period(one, today())) for one in ones])
            for length, ones in periods(first_day(), today()).items()
        ],
    )
    return (page, 400) if asked.problem else page


@blueprint.get("/dossier")
def read() -> str | tuple[str, int] | Response:
    asked = _asked()
    if asked.place is None or asked.period is None:
        return choose()
    return render_template("governance/pack.html", **_content(asked.place, asked.period), asked=asked)


@blueprint.get("/dossier.pdf")
@limited("12 per minute")
def printed() -> str | tuple[str, int] | Response:
    asked = _asked()
    if asked.place is None or asked.period is None:
        return choose()
    document = render_template(
        "governance/pack_document.html", external=True, **_content(asked.place, asked.period)
    )
    try:
        pdf = pdf_of(document)
    except (NoPrinter, PrinterFailed) as error:
        missing = PACKAGES if isinstance(error, NoPrinter) else ""
        return render_template("governance/no_pdf.html", asked=asked, packages=missing), 503
    answer = make_response(pdf)
    answer.mimetype = PDF
    name = f"seance-{asked.period.name}-{asked.place.kind.value}-{asked.place.code}.pdf"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _asked() -> Asked:
    """Never raises: an address that means nothing is a sentence on the page."""
    lieu, periode = (request.args.get(name, "").strip()[:60] for name in ("lieu", "periode"))
    period = chosen(periode, first_day(), today())
    if period is None:
        return Asked(lieu, "", None, None, "Choisissez une période de la liste.")
    if not lieu:
        asked_for_a_pack = request.endpoint != "governance.choose"
        return Asked("", period.name, None, period, "Choisissez un lieu." if asked_for_a_pack else "")
    kind, _, code = lieu.partition(":")
    place = Place(ZoneKind(kind), code) if kind in set(ZoneKind) else None
    if place is None or not may_read(current_viewer(), place):
        return Asked(
            lieu,
            period.name,
            None,
            period,
            "Ce lieu n’est pas de ceux que vous suivez. Choisissez dans la liste.",
        )
    return Asked(lieu, period.name, place, period)


def _content(place: Place, period: Period) -> dict[str, object]:
    viewer = current_viewer()
    names = {(kind, code): name for kind, ones in places_for(viewer).items() for code, name in ones}
    found: Pack = pack(viewer, place, period, today())
    lines = [one for one in found.feedback.domains if one.verdict] if found.feedback else []
    return {
        "pack": found,
        "name": names.get((place.kind, place.code), OCCITANIE),
        "period": words.period(period, today()),
        "running": period.last >= today(),
        "day": today(),
        "reader": viewer.name,
        "now": utcnow(),
        "theme": THEME,
        "more": strongest(lines, Verdict.MORE),
        "less": strongest(lines, Verdict.LESS),
        "meanings": MEANINGS,
        "apart": indicators.APART,
        "words": words,
    }
