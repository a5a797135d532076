"""What a Maison de Ma Région sends."""

from __future__ import annotations

from flask_wtf import FlaskForm
from wtforms import SelectChoice, SelectField

from app.dossiers.lifecycle import Channel


class TransmitForm(FlaskForm):
    channel = SelectField(choices=[SelectChoice(value=one.value, label=one.label) for one in Channel])
