"""Job, posts, cause, horizon, missing training: optional wherever they are asked."""

from __future__ import annotations

import re
from collections.abc import Iterable

from flask_wtf import FlaskForm
from wtforms import Field, HiddenField, SelectChoice, SelectField, StringField
from wtforms.validators import ValidationError

from app.kernel.vocabulary import Listed
from app.web.inputs import at_most, number_of, stripped
from app.workbench.captured import rome_of
from app.workbench.findings import Cause, Findings, Horizon, Training

POSTS = re.compile(r"[1-9][0-9]{0,2}", re.ASCII)
UNSAID = "Non dit"


def _options(members: Iterable[Listed]) -> list[SelectChoice]:
    named = [SelectChoice(value=member.value, label=member.label) for member in members]
    return [SelectChoice(value="", label=UNSAID), *named]


class FindingFields(FlaskForm):
    """Shared by the case and by its closing; `last` is the row that was on the screen."""

    last = HiddenField()
    job = StringField("Métier", [at_most(120)], filters=[stripped])
    posts = StringField("Nombre de postes", [at_most(20)], filters=[stripped])
    cause = SelectField("Cause", choices=_options(Cause), validate_choice=False)
    horizon = SelectField("Pour quand", choices=_options(Horizon), validate_choice=False)
    training = SelectField("Formation qui manque", choices=_options(Training), validate_choice=False)
    training_words = StringField("Laquelle", [at_most(200)], filters=[stripped])

    def tell(self, findings: Findings, last: int) -> None:
        """What is on record, before anything is typed."""
        self.last.data = str(last)
        self.job.data, self.training_words.data = findings.job, findings.training_words
        self.posts.data = str(findings.posts or "")
        self.cause.data = findings.cause or ""
        self.horizon.data, self.training.data = findings.horizon or "", findings.training or ""

    def validate_posts(self, field: Field) -> None:
        if field.data and not POSTS.fullmatch(field.data):
            raise ValidationError("Écrivez un nombre de postes, de 1 à 999")

    def validate_cause(self, field: Field) -> None:
        _listed(field, Cause)

    def validate_horizon(self, field: Field) -> None:
        _listed(field, Horizon)

    def validate_training(self, field: Field) -> None:
        _listed(field, Training)

    def last_seen(self) -> int:
        """The row that was on the screen; 0 when there was none."""
        return number_of(self.last.data or "") or 0

    def findings(self) -> Findings:
        job = self.job.data or None
        return Findings(
            job=job,
            rome=rome_of(job) if job else None,
            posts=int(self.posts.data) if self.posts.data else None,
            cause=Cause(self.cause.data) if self.cause.data else None,
            horizon=Horizon(self.horizon.data) if self.horizon.data else None,
            training=Training(self.training.data) if self.training.data else None,
            training_words=self.training_words.data or None,
        )


def _listed(field: Field, members: type[Listed]) -> None:
    if field.data and field.data not in set(members):
        raise ValidationError("Choisissez dans la liste")
