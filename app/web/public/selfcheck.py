"""« Faire le point en 10 questions »: without account, nothing kept unless the owner agrees, each action a request."""

from __future__ import annotations

import secrets

from flask import render_template, request

from app.kernel.vocabulary import DEPARTEMENTS
from app.selfcheck.actions import count
from app.selfcheck.points import Answer, actions, points, read_answers
from app.selfcheck.secrecy import rules
from app.web.doors import ANYONE, door
from app.web.limits import limited

LONGEST = 64
NOTHING = "Répondez à au moins une question"
WHERE = "Choisissez votre département, ou décochez la case"

blueprint = door("selfcheck", __name__, access=ANYONE, url_prefix="/faire-le-point")


@blueprint.get("")
def questions() -> str:
    return _questions()


@blueprint.post("")
@limited("60 per minute")
def results() -> str | tuple[str, int]:
    """Answered at once and not kept: the page itself is the result, to print or to act from."""
    answers, agrees = read_answers(request.form), request.form.get("accord") == "oui"
    where = request.form.get("departement", "")
    wrong = {} if answers else {"question": NOTHING}
    if agrees and where not in DEPARTEMENTS:
        wrong["departement"] = WHERE
    if wrong:
        return _questions(answers, wrong, agrees=agrees, where=where), 422
    counted = agrees and count(request.form.get("form_id", "")[:LONGEST], where, answers)
    return render_template(
        "public/selfcheck_results.html",
        actions=actions(answers),
        asked=len(points()),
        answered=len(answers),
        counted=counted,
        where=DEPARTEMENTS.get(where, ""),
    )


def _questions(
    answers: dict[str, Answer] | None = None,
    wrong: dict[str, str] | None = None,
    *,
    agrees: bool = False,
    where: str = "",
) -> str:
    return render_template(
        "public/selfcheck.html",
        points=points(),
        choices=list(Answer),
        answers=answers or {},
        wrong=wrong or {},
        agrees=agrees,
        where=where,
        departements=DEPARTEMENTS,
        told=rules(),
        form_id=request.form.get("form_id", "")[:LONGEST] or secrets.token_urlsafe(16),
    )
