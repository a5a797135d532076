"""« Recevoir mon lien à nouveau »: always the same answer, whoever asks; the link only goes to the known address."""

from __future__ import annotations

from flask import render_template
from flask.typing import ResponseReturnValue

from app.exchanges.link_actions import ask_for_link
from app.web.company.follow_forms import LostLinkForm
from app.web.doors import ANYONE, door
from app.web.limits import limited

blueprint = door("lost_link", __name__, access=ANYONE, url_prefix="/demandes")


@blueprint.route("/mon-lien", methods=["GET", "POST"])
@limited("5 per minute; 20 per hour", methods=["POST"])
def ask() -> ResponseReturnValue:
    form = LostLinkForm()
    if form.validate_on_submit():
        ask_for_link(form.asked.data)
        return render_template("company/lost_link.html", form=form, done=True)
    page = render_template("company/lost_link.html", form=form, done=False)
    return (page, 422) if form.is_submitted() else page
