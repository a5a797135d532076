"""Counter mode: an adviser of a Maison types the company's form for it, in the very same steps."""

from __future__ import annotations

from flask import render_template
from flask.typing import ResponseReturnValue

from app.accounts.abilities import Ability, Role
from app.inquiries.actions import start_draft
from app.inquiries.entering import EntryChannel
from app.web.company.counter_forms import CounterForm
from app.web.company.entrance import go
from app.web.company.flow import NEED
from app.web.doors import current_viewer, door

blueprint = door("counter", __name__, access=Ability.SEE_MAISON, url_prefix="/maison/saisie")


@blueprint.route("", methods=["GET", "POST"])
def start() -> ResponseReturnValue:
    form, viewer = CounterForm(), current_viewer()
    form.offer(_maisons())
    if form.validate_on_submit():
        draft_id = start_draft(
            {},
            adviser_id=viewer.user_id,
            branch_id=int(form.maison.data),
            channel=EntryChannel(form.channel.data),
        )
        return go(draft_id, NEED)
    return render_template("company/counter.html", form=form), 422 if form.is_submitted() else 200


def _maisons() -> list[tuple[int, str]]:
    posts = current_viewer().posts
    return [
        (post.branch_id, post.branch_name)
        for post in posts
        if post.role is Role.MAISON_ADVISER and post.branch_id is not None
    ]
