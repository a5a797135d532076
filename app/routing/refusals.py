"""What is raised when a situation cannot be decided."""

from __future__ import annotations


class SituationError(ValueError):
    """A situation that cannot be decided: the sentence for the sender, and the field at fault."""

    def __init__(self, sentence: str, field: str) -> None:
        super().__init__(sentence)
        self.sentence, self.field = sentence, field
