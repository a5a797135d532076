"""How an adviser begins to type for a company, and what of it is filed."""

from __future__ import annotations

from collections.abc import Iterable

from flask_wtf import FlaskForm
from wtforms import RadioField, SelectChoice
from wtforms.validators import InputRequired

from app.inquiries.entering import ConsentHow, Entry, EntryChannel
from app.inquiries.queries import DraftFact
from app.web.company.typed import first


class CounterForm(FlaskForm):
    channel = RadioField(
        "Comment l’entreprise est-elle venue à vous ?",
        choices=[SelectChoice(value=one.value, label=one.label) for one in EntryChannel],
        validators=[InputRequired("Choisissez une réponse")],
    )
    maison = RadioField("Pour quelle Maison ?", validators=[InputRequired("Choisissez une Maison")])

    def offer(self, maisons: Iterable[tuple[int, str]]) -> None:
        """The Maisons the adviser holds a post in; one alone needs no question."""
        self.maison.choices = [SelectChoice(value=str(one), label=name) for one, name in maisons]
        if len(self.maison.choices) == 1:
            self.maison.data = self.maison.choices[0].value
            self.maison.raw_data = [self.maison.data]


def entry_of(draft: DraftFact) -> Entry | None:
    """What is filed of a draft an adviser types; None for a company's own. Complete only once every step is."""
    if draft.adviser_id is None or draft.branch_id is None or draft.channel is None:
        return None
    how = first(draft.data, "consent_how")
    return Entry(
        channel=draft.channel,
        user_id=draft.adviser_id,
        branch_id=draft.branch_id,
        consent_how=ConsentHow(how) if how in set(ConsentHow) else ConsentHow.ORAL,
        consent_by=first(draft.data, "consent_by")[:120],
    )
