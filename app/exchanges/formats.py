"""The types of file that may be joined, each with how it is recognised: its name, its first bytes, its structure."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

import puremagic

from app.exchanges.archives import check_office, check_open_document, is_archive_too
from app.exchanges.documents import check_csv, check_pdf, check_text
from app.exchanges.pictures import check_jpeg, check_png, check_webp
from app.exchanges.refusals import DISGUISED, RefusedFile
from app.kernel.text import storable

ODT = "application/vnd.oasis.opendocument.text"
ODS = "application/vnd.oasis.opendocument.spreadsheet"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LONGEST_NAME = 120
PAGE_OR_PROGRAMME = re.compile(rb"<\?php|<script[\s>]|<html[\s>]", re.IGNORECASE)
SEPARATORS = re.compile(r"[/\\:*?\"<>|\u202a-\u202e\u2066-\u2069\s]+")


@dataclass(frozen=True, slots=True)
class Format:
    """`signature` are the types its first bytes may be taken for; none for text, which has no first bytes."""

    media: str
    check: Callable[[bytes], None]
    signature: frozenset[str] = frozenset()


def _marked(media: str, check: Callable[[bytes], None], *signature: str) -> Format:
    return Format(media, check, frozenset(signature))


OFFICE = (".docx", ".xlsx", ".odt", ".ods", ".zip")
PICTURE = _marked("image/jpeg", check_jpeg, ".jpg", ".jpeg", ".jfif", ".jpe")
FORMATS: Mapping[str, Format] = {
    "pdf": _marked("application/pdf", check_pdf, ".pdf"),
    "png": _marked("image/png", check_png, ".png"),
    "jpg": PICTURE,
    "jpeg": PICTURE,
    "webp": _marked("image/webp", check_webp, ".webp"),
    "docx": _marked(DOCX, partial(check_office, main="word/document.xml"), *OFFICE),
    "xlsx": _marked(XLSX, partial(check_office, main="xl/workbook.xml"), *OFFICE),
    "odt": _marked(ODT, partial(check_open_document, media=ODT), *OFFICE),
    "ods": _marked(ODS, partial(check_open_document, media=ODS), *OFFICE),
    "txt": _marked("text/plain", check_text),
    "csv": _marked("text/csv", check_csv),
}
ACCEPTED = ", ".join(f".{one}" for one in FORMATS)
IN_WORDS = "PDF, image (PNG, JPG, WEBP), Word, Excel, OpenDocument, texte ou CSV"


@dataclass(frozen=True, slots=True)
class NewFile:
    """A file whose type was recognised."""

    name: str
    media: str
    data: bytes


def recognised(name: str, data: bytes) -> NewFile:
    """The file, if it is what its name says and runs nothing. Raises RefusedFile, with a French sentence."""
    shown = plain_name(name)
    found = FORMATS.get(shown.rpartition(".")[2].lower())
    if found is None or "." not in shown.strip("."):
        raise RefusedFile(f"Ce type de fichier n’est pas accepté. Joignez : {IN_WORDS}.")
    if not data:
        raise RefusedFile("Ce fichier est vide.")
    if found.signature and not found.signature & _signatures(data):
        raise RefusedFile(DISGUISED)
    found.check(data)
    if found.media.startswith(("image/", "application/pdf")) and _is_something_else(data):
        raise RefusedFile(DISGUISED)
    return NewFile(shown, found.media, data)


def plain_name(name: str) -> str:
    """The name alone: no folder, no control nor direction mark, short enough, its ending kept."""
    last = re.split(r"[/\\]", storable(name))[-1]
    clean = SEPARATORS.sub(" ", last).strip(" .")
    stem, dot, ending = clean.rpartition(".")
    return f"{stem[: LONGEST_NAME - 12]}{dot}{ending[:10]}"


def _signatures(data: bytes) -> set[str]:
    """Every ending the whole file may have by its bytes."""
    try:
        return {one.extension.lower() for one in puremagic.magic_string(data)}
    except (puremagic.PureError, ValueError):
        return set()


def _is_something_else(data: bytes) -> bool:
    """A picture that is also an archive or a web page."""
    return is_archive_too(data) or PAGE_OR_PROGRAMME.search(data) is not None
