"""Does a company take part in the action its request led to? One click each way, changed until it is over."""

from __future__ import annotations

from flask import abort, flash, redirect, request, url_for
from werkzeug.wrappers import Response

from app.collective.agreement_actions import reply
from app.web.company.following import blueprint, inquiry_behind
from app.web.limits import limited

ANSWERS = {"oui": True, "non": False}
SAID = {
    True: "C’est noté\u00a0: vous participez. Le porteur de l’action lit vos coordonnées.",
    False: "C’est noté\u00a0: vous ne participez pas. Votre nom n’est donné à personne.",
}


@blueprint.post("/<token>/action/<int(max=2147483647):action_id>")
@limited("20 per minute")
def take_part(token: str, action_id: int) -> Response:
    found, said = inquiry_behind(token), ANSWERS.get(request.form.get("reponse", ""))
    if said is None:
        abort(400)
    done = reply(found.id, action_id, said)
    flash(SAID[said] if done else "Cette action n’attend plus de réponse.", "success" if done else "warning")
    return redirect(url_for("following.inquiry", token=token, _anchor="actions"), 303)
