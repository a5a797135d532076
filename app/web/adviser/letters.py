"""« Mes e-mails »: what a person wants to be written to about, and how."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.accounts.abilities import Viewer
from app.directory.queries import branch
from app.mailbox.choice_actions import choose
from app.mailbox.choices import choices_of
from app.web.adviser.entrance import blueprint
from app.web.adviser.letter_form import LettersForm
from app.web.doors import current_viewer


@blueprint.route("/courriels", methods=["GET", "POST"])
def letters() -> ResponseReturnValue:
    viewer, form = current_viewer(), LettersForm()
    if form.validate_on_submit():
        choose(viewer, form.chosen())
        flash("Vos choix sont enregistrés. Ils valent pour les prochains e-mails.", "success")
        return redirect(url_for("adviser.letters"), 303)
    if not form.is_submitted():
        form.fill(choices_of(viewer.user_id))
    page = render_template("adviser/letters.html", form=form, teams=_with_mailbox(viewer), posts=viewer.posts)
    return page, 400 if form.is_submitted() else 200


def _with_mailbox(viewer: Viewer) -> list[str]:
    """The antennes of this person whose letters go to a mailbox of the team."""
    found = (branch(post.branch_slug) for post in viewer.posts)
    return sorted({one.name for one in found if one is not None and one.told})
