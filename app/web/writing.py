"""A message as it is typed, with its files: the same form for a company and an adviser, several on a page."""

from __future__ import annotations

import re
from typing import Any
from uuid import uuid4

from flask import current_app
from flask_wtf import FlaskForm
from werkzeug.datastructures import FileStorage
from wtforms import HiddenField, MultipleFileField, TextAreaField
from wtforms.validators import ValidationError

from app.exchanges.actions import Written
from app.exchanges.formats import ACCEPTED, IN_WORDS, NewFile, recognised
from app.exchanges.refusals import RefusedFile
from app.web.inputs import at_most, stripped

LONGEST = 4000
DRAWN = re.compile(r"[0-9a-f]{32}")
MB = 1024 * 1024
FORM_ROOM = MB
"""What the words of a form may weigh beside its files."""


class WriteForm(FlaskForm):
    form_id = HiddenField()
    text = TextAreaField("Votre message", validators=[at_most(LONGEST)], filters=[stripped])
    files = MultipleFileField("Joindre des fichiers")

    kept: tuple[NewFile, ...] = ()

    def validate_text(self, field: TextAreaField) -> None:
        if not field.data and not _sent(self.files.data):
            raise ValidationError("Écrivez votre message")

    def validate_files(self, field: MultipleFileField) -> None:
        sent, most = _sent(field.data), current_app.config["GUICHET"].attachments_per_message
        if len(sent) > most:
            raise ValidationError(f"Joignez {most} fichiers au plus par message")
        self.kept = tuple(_read(one) for one in sent)

    def written(self) -> Written:
        drawn = self.form_id.data or ""
        form_id = drawn if DRAWN.fullmatch(drawn) else uuid4().hex
        return Written(self.text.data or "", form_id, self.kept)

    def refuse_files(self, error: RefusedFile) -> None:
        self.files.errors = [*self.files.errors, str(error)]

    @property
    def hint(self) -> str:
        most, size = _limits()
        return f"{IN_WORDS}. {most} fichiers au plus, {size} Mo chacun."

    @property
    def accepted(self) -> str:
        return ACCEPTED


def write_form(name: str, *, sent: bool = False, text: str = "") -> WriteForm:
    """One of the forms of a page, told apart by its name; only the one that was sent is read."""
    if sent:
        return WriteForm(prefix=name)
    return WriteForm(formdata=None, prefix=name, form_id=uuid4().hex, text=text)


def largest_body() -> int:
    """What the pages that take files accept at most."""
    most, size = _limits()
    return most * size * MB + FORM_ROOM


def _limits() -> tuple[int, int]:
    config = current_app.config["GUICHET"]
    return config.attachments_per_message, config.attachment_mb


def _sent(files: Any) -> list[FileStorage]:
    """A field of files left empty sends one file without a name."""
    return [one for one in files or () if isinstance(one, FileStorage) and one.filename]


def _read(file: FileStorage) -> NewFile:
    _, size = _limits()
    data = file.stream.read(size * MB + 1)
    if len(data) > size * MB:
        raise ValidationError(f"« {file.filename} » dépasse {size} Mo")
    try:
        return recognised(file.filename or "", data)
    except RefusedFile as refusal:
        raise ValidationError(f"« {file.filename} » : {refusal}") from refusal
