"""Communes proposed while one types. The form works without: it asks again when a name is shared."""

from __future__ import annotations

from flask import Response, jsonify, request

from app.kernel.vocabulary import DEPARTEMENTS
from app.territory.gazetteer import CommuneHit
from app.territory.queries import misspelt_communes, search_communes
from app.web.doors import ANYONE, door
from app.web.limits import limited

blueprint = door("lookup", __name__, access=ANYONE)

MOST = 8
SHORTEST = 2
LONGEST = 80
KEPT_BY_THE_BROWSER = "private, max-age=300"


@blueprint.get("/communes")
@limited("300 per minute")
def communes() -> Response:
    typed = request.args.get("q", "").strip()[:LONGEST]
    hits = search_communes(typed, MOST) or misspelt_communes(typed) if len(typed) >= SHORTEST else []
    answer = jsonify([_told(hit) for hit in hits])
    answer.headers["Cache-Control"] = KEPT_BY_THE_BROWSER
    return answer


def _told(hit: CommuneHit) -> dict[str, str]:
    """`text` is what the field keeps: it finds the same commune again without this script."""
    postal = hit.postal_codes[0] if hit.postal_codes else ""
    place = ", ".join(word for word in (postal, DEPARTEMENTS.get(hit.departement, "")) if word)
    return {
        "code": hit.code,
        "text": f"{hit.name} {postal}".strip(),
        "name": hit.name,
        "place": place,
        "former": hit.former or "",
    }
