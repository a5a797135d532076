"""What became of every row of an official file."""

from __future__ import annotations

from dataclasses import dataclass, field

REFUSED_SHARE = 0.01


class SheetRefused(Exception):
    """A file that cannot be read as the table it should be; the sentence says why, in French."""

    def __init__(self, sentence: str, report: ImportReport | None = None) -> None:
        super().__init__(sentence)
        self.sentence, self.report = sentence, report


@dataclass(frozen=True, slots=True)
class RefusedRow:
    line: int
    value: str
    reason: str

    def to_dict(self) -> dict[str, object]:
        return {"line": self.line, "value": self.value, "reason": self.reason}


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What became of every row: read = kept + refused + outside."""

    kind: str
    vintage: str | None
    read: int = 0
    kept: int = 0
    refused: tuple[RefusedRow, ...] = field(default=())
    outside: int = 0
    already_imported: bool = False

    def to_dict(self) -> dict[str, object]:
        return {
            "kind": self.kind,
            "vintage": self.vintage,
            "read": self.read,
            "kept": self.kept,
            "refused": len(self.refused),
            "outside": self.outside,
            "already_imported": self.already_imported,
        }

    def accepted(self) -> ImportReport:
        """This report; raises SheetRefused when more than one row in a hundred is refused."""
        if len(self.refused) > self.read * REFUSED_SHARE:
            raise SheetRefused("Plus de 1 % des lignes sont refusées : rien n’est enregistré.", self)
        if not self.read:
            raise SheetRefused("Ce tableau ne contient aucune ligne.", self)
        return self
