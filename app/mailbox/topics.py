"""What letters to a team are about, and how each person wants those; pure.

A kind absent from `TOPIC_OF` leaves at once whatever was chosen: somebody is answerable for what it says.
"""

from __future__ import annotations

from collections.abc import Mapping

from app.kernel.vocabulary import Listed


class Topic(Listed):
    NEW_CASE = "new_case", "Un nouveau dossier pour votre antenne"
    RELAY = "relay", "Un relais proposé, refusé, annulé ou resté sans réponse"
    REMINDER = "reminder", "Un rappel : entreprise à appeler, dossier à clore ou à expliquer"
    COMPANY = "company", "Un message de l’entreprise"
    NOTE = "note", "Une note d’un autre acteur"
    RETURNED = "returned", "Un e-mail qui n’est pas arrivé à l’entreprise"


class Choice(Listed):
    AT_ONCE = "at_once", "Tout de suite"
    DAILY = "daily", "Chaque matin"
    NONE = "none", "Jamais"


TOPIC_OF: Mapping[str, Topic] = {
    "case_for_branch": Topic.NEW_CASE,
    "hand_over_offer": Topic.RELAY,
    "hand_over_refused": Topic.RELAY,
    "hand_over_lapsed": Topic.RELAY,
    "case_withdrawn": Topic.RELAY,
    "reminder": Topic.REMINDER,
    "courtesy_reminder": Topic.REMINDER,
    "close_or_explain": Topic.REMINDER,
    "message_for_branch": Topic.COMPANY,
    "company_back": Topic.COMPANY,
    "note_for_branch": Topic.NOTE,
    "letter_returned": Topic.RETURNED,
}
"""Not here, hence always sent: `manager_reminder` (escalation), `reassigned` (a company reads this name),
`relieved` and `given_back` (who answers has changed), `not_called_for_branch` (the company says nobody called),
`withdrawn_for_branch` (it asked to be left alone), and what is written to the Maison, last responsible of all."""

UNLESS_TOLD: Mapping[Topic, Choice] = {
    Topic.NEW_CASE: Choice.DAILY,
    Topic.RELAY: Choice.AT_ONCE,
    Topic.REMINDER: Choice.AT_ONCE,
    Topic.COMPANY: Choice.AT_ONCE,
    Topic.NOTE: Choice.DAILY,
    Topic.RETURNED: Choice.DAILY,
}
"""For who chose nothing: at once what a company waits for, together what can be read in the morning."""
