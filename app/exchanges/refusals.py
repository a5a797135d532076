"""Why a file is refused, in the words of whoever sent it; pure."""

from __future__ import annotations


class RefusedFile(ValueError):
    """The file is not kept; the message says, in French, what to do."""


ACTIVE = "Ce fichier contient un programme. Enregistrez-le en PDF, puis joignez-le."
DAMAGED = "Ce fichier est abîmé ou incomplet. Enregistrez-le à nouveau, puis joignez-le."
DISGUISED = "Ce fichier n’est pas du type qu’annonce son nom. Enregistrez-le à nouveau, puis joignez-le."
TOO_DENSE = "Ce fichier est trop volumineux une fois ouvert. Joignez-le en plusieurs parties."
