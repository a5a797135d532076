"""What may become of a proposal."""

from __future__ import annotations

from app.kernel.vocabulary import Listed


class Decision(Listed):
    OPEN = "a_decider", "À décider"
    ACCEPTED = "acceptee", "Acceptée"
    SET_ASIDE = "ecartee", "Écartée"
