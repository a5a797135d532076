"""People: list, enter, give and end posts, close an account, draw a password. Each page: parse, ask, do, answer."""

from __future__ import annotations

from collections.abc import Callable

from flask import abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.accounts import actions, listing
from app.accounts.actions import Impossible, StalePerson
from app.accounts.queries import branch_choices
from app.dossiers.reminder_actions import give_back_all
from app.kernel.clock import today
from app.web.admin.desk import blueprint
from app.web.admin.forms import say
from app.web.admin.people_forms import EndForm, NewPersonForm, PersonForm, PostForm, ranks
from app.web.doors import current_viewer
from app.web.inputs import stripped

PEOPLE = "/personnes/"
PERSON = "/personnes/<int(max=2147483647):user_id>/"
Answer = str | tuple[str, int] | Response


@blueprint.get(PEOPLE)
def people() -> str:
    typed = stripped(request.args.get("q", "")[:100]) or ""
    page = listing.people(typed, today(), _number("apres"), _number("avant"))
    return render_template(
        "admin/people.html",
        page=page,
        typed=typed,
        next_url=page.after and url_for(".people", apres=page.after, q=typed or None),
        prev_url=page.before and url_for(".people", avant=page.before, q=typed or None),
    )


def _number(name: str) -> int | None:
    text = request.args.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 11 else None


@blueprint.route("/personnes/nouvelle", methods=["GET", "POST"])
def new_person() -> Answer:
    form = NewPersonForm()
    form.offer(branch_choices())
    if form.validate_on_submit():
        try:
            user_id, password = actions.add_person(form.person())
        except Impossible as refusal:
            say(form, form.field_of(refusal.field or "name", refusal.rank), refusal.sentence)
        else:
            return _password_page(user_id, password, created=True)
    page = render_template("admin/new_person.html", form=form, ranks=list(ranks()))
    return (page, 400) if form.is_submitted() else page


@blueprint.get(PERSON)
def person(user_id: int) -> Answer:
    return _person_page(user_id)


@blueprint.post(f"{PERSON}postes")
def give_post(user_id: int) -> Answer:
    form = _post_form()
    if not form.validate():
        return _person_page(user_id, form, status=400)
    return _done(
        user_id,
        lambda: actions.give_post(user_id, form.post(), form.stamp.data or ""),
        "Le poste est donné.",
        form,
    )


@blueprint.post(f"{PERSON}postes/<int(max=2147483647):post_id>/fin")
def end_post(user_id: int, post_id: int) -> Answer:
    form = EndForm()
    if not form.validate():
        sentence = ". ".join(error for errors in form.errors.values() for error in errors)
        return _person_page(user_id, refusal=sentence, status=400)
    by, seen = current_viewer().user_id, form.stamp.data or ""
    return _done(
        user_id,
        lambda: actions.end_post(post_id, user_id, form.on.data, by, seen),
        "La fin du poste est enregistrée.",
    )


@blueprint.post(f"{PERSON}fermer")
def deactivate(user_id: int) -> Answer:
    by, seen = current_viewer().user_id, _seen()
    answer = _done(
        user_id,
        lambda: actions.deactivate(user_id, by, seen),
        "Le compte est fermé. Ses sessions aussi, et ses dossiers sont rendus à l’équipe.",
    )
    give_back_all(user_id)
    return answer


@blueprint.post(f"{PERSON}rouvrir")
def reactivate(user_id: int) -> Answer:
    return _done(user_id, lambda: actions.reactivate(user_id), "Le compte est ouvert de nouveau.")


@blueprint.post(f"{PERSON}mot-de-passe")
def renew_password(user_id: int) -> Answer:
    _known(user_id)
    try:
        password = actions.renew_password(user_id, _seen())
    except StalePerson:
        return _person_page(user_id, stale=True, status=409)
    return _password_page(user_id, password, created=False)


def _done(user_id: int, act: Callable[[], None], said: str, form: PostForm | None = None) -> Answer:
    """Do it and go back to the page, or say on the page why not, with all that was typed."""
    _known(user_id)
    try:
        act()
    except StalePerson:
        return _person_page(user_id, form, stale=True, status=409)
    except Impossible as refusal:
        if form is not None and refusal.field:
            say(form, refusal.field, refusal.sentence)
            return _person_page(user_id, form, status=400)
        return _person_page(user_id, form, refusal=refusal.sentence, status=409)
    flash(said, "success")
    return redirect(url_for(".person", user_id=user_id), code=303)


def _person_page(
    user_id: int, form: PostForm | None = None, *, stale: bool = False, refusal: str = "", status: int = 200
) -> Answer:
    line = _known(user_id)
    form = form or _post_form(blank=True)
    form.stamp.data = line.stamp
    page = render_template(
        "admin/person.html",
        person=line,
        form=form,
        stale=stale,
        refusal=refusal,
        sign_ins=listing.sign_ins(user_id),
        myself=user_id == current_viewer().user_id,
        today=today(),
    )
    return page, status


def _password_page(user_id: int, password: str, *, created: bool) -> str:
    return render_template("admin/password.html", person=_known(user_id), password=password, created=created)


def _post_form(*, blank: bool = False) -> PostForm:
    form = PostForm(formdata=None) if blank else PostForm()
    form.offer(branch_choices())
    return form


def _seen() -> str:
    form = PersonForm()
    if not form.validate():
        abort(400)
    return form.stamp.data or ""


def _known(user_id: int) -> listing.PersonLine:
    found = listing.person(user_id, today())
    if found is None:
        abort(404)
    return found
