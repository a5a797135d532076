"""From where a file is published to the tables: fetched, then imported as if an administrator had brought it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from app.officials.catalogue import bring_in
from app.officials.fetching import FetchFailed, Limits, NoNetwork, fetch
from app.officials.manifest import OfficialSource
from app.sheets import ImportReport, SheetRefused

FOLDER = "official-files"
UNKNOWN = "Adresse à compléter : lisez-la sur {page}, puis écrivez-la dans official-sources.toml."


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one source: `state` is imported, unchanged, skipped or failed."""

    kind: str
    state: str
    sentence: str | None = None
    report: ImportReport | None = field(default=None)
    reached: bool = True

    def to_dict(self) -> dict[str, object]:
        counts = self.report.to_dict() if self.report else {}
        told = {"error": self.sentence} if self.sentence else {}
        return {"kind": self.kind, "state": self.state} | counts | told


def synchronise(
    sources: tuple[OfficialSource, ...],
    instance: Path,
    dry_run: bool = False,
    limits: Limits = Limits(),  # noqa: B008  frozen
) -> Iterator[Outcome]:
    """One source after the other; what fails does not stop the next."""
    for source in sources:
        yield _one(source, instance / FOLDER, dry_run, limits)


def _one(source: OfficialSource, folder: Path, dry_run: bool, limits: Limits) -> Outcome:
    if not source.address:
        return Outcome(source.kind, "skipped", UNKNOWN.format(page=source.page))
    try:
        fetched = fetch(source, folder, limits)
        report = bring_in(source.kind, fetched.path, dry_run)
    except NoNetwork as absent:
        return Outcome(source.kind, "failed", absent.sentence, reached=False)
    except FetchFailed as failed:
        return Outcome(source.kind, "failed", failed.sentence)
    except SheetRefused as refused:
        return Outcome(source.kind, "failed", refused.sentence, refused.report)
    return Outcome(source.kind, "unchanged" if report.already_imported else "imported", None, report)
