"""Office documents are archives: bounded once opened, without a macro, and nothing but themselves; pure."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO
from zlib import error as ZlibError  # noqa: N812  an exception, named like one

from app.exchanges.refusals import ACTIVE, DAMAGED, DISGUISED, TOO_DENSE, RefusedFile

MOST_ENTRIES = 2000
LARGEST_OPENED = 60 * 1024 * 1024
"""Bytes, once everything is opened: six times the largest file received."""
CHUNK = 256 * 1024
OPENING = b"PK\x03\x04"
ENDING = b"PK\x05\x06"
ENDING_LENGTH = 22
ENCRYPTED = 0x1

MACROS = re.compile(
    r"vbaproject|vbadata|macrosheets|activex|oleobject|customui|(^|/)basic/|(^|/)scripts/"
    r"|\.(bin|exe|dll|js|vbs|jar|zip|html?|svg)$",
    re.IGNORECASE,
)
PRINTER = re.compile(r"(^|/)printerSettings/printerSettings\d*\.bin$", re.IGNORECASE)
"""Excel keeps the printer's own settings: bytes that nothing runs."""
MACRO_TYPES = re.compile(rb"macroEnabled|vbaProject", re.IGNORECASE)
REACHES_OUT = re.compile(
    rb"<(?=[^<]*?TargetMode\s*=\s*.External)[^<]*?(attachedTemplate|oleObject|frame|subDocument)", re.I
)
DDE = re.compile(rb"<(?:[^<>:\s]+:)?instrText[^<]*?\bDDE(AUTO)?\b|<ddeLink", re.IGNORECASE)
"""Both read a tag and the text after it, never past the next tag: the time grows with the file, not its square."""
ODF_SCRIPT = re.compile(rb"<(script:|office:scripts>\s*<)", re.IGNORECASE)


def check_office(data: bytes, main: str) -> None:
    """A docx or an xlsx, whose `main` part is there. Raises RefusedFile."""
    parts = _opened(data)
    if main not in parts or "[Content_Types].xml" not in parts:
        raise RefusedFile(DISGUISED)
    for name, content in parts.items():
        if name == "[Content_Types].xml" and MACRO_TYPES.search(content):
            raise RefusedFile(ACTIVE)
        if name.endswith(".rels") and REACHES_OUT.search(content):
            raise RefusedFile(ACTIVE)
        if name.endswith(".xml") and name.startswith(("word/", "xl/externalLinks")) and DDE.search(content):
            raise RefusedFile(ACTIVE)


def check_open_document(data: bytes, media: str) -> None:
    """An odt or an ods: its first entry says what it is. Raises RefusedFile."""
    parts = _opened(data)
    if (
        next(iter(parts), "") != "mimetype"
        or parts["mimetype"] != media.encode()
        or "content.xml" not in parts
    ):
        raise RefusedFile(DISGUISED)
    if ODF_SCRIPT.search(parts["content.xml"]):
        raise RefusedFile(ACTIVE)


def is_archive_too(data: bytes) -> bool:
    """Does a file of another type end like an archive?"""
    return zipfile.is_zipfile(BytesIO(data))


def _opened(data: bytes) -> dict[str, bytes]:
    """Every XML part, after the whole archive was read and measured."""
    if not data.startswith(OPENING) or data[-ENDING_LENGTH:][:4] != ENDING:
        raise RefusedFile(DISGUISED)
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            return _measured(archive)
    except (zipfile.BadZipFile, ZlibError, EOFError, NotImplementedError, OSError, ValueError) as error:
        if isinstance(error, RefusedFile):
            raise
        raise RefusedFile(DAMAGED) from error


def _measured(archive: zipfile.ZipFile) -> dict[str, bytes]:
    entries = archive.infolist()
    names = [one.filename for one in entries]
    if len(entries) > MOST_ENTRIES or len(set(names)) != len(names):
        raise RefusedFile(TOO_DENSE)
    if any(one.flag_bits & ENCRYPTED for one in entries):
        raise RefusedFile("Ce fichier est protégé par un mot de passe. Enlevez-le, puis joignez le fichier.")
    if any(_is_odd(name) for name in names):
        raise RefusedFile(ACTIVE)
    left, parts = LARGEST_OPENED, {}
    for entry in entries:
        content = _read(archive, entry, left)
        left -= len(content)
        if entry.filename.endswith((".xml", ".rels")) or entry.filename == "mimetype":
            _refuse_hidden_words(entry.filename, content)
            parts[entry.filename] = content
    return parts


def _refuse_hidden_words(name: str, content: bytes) -> None:
    """UTF-16 would hide its words from the checks; no office writes it, but in data of other programmes."""
    if b"\0" in content and not name.startswith("customXml/"):
        raise RefusedFile(DISGUISED)


def _is_odd(name: str) -> bool:
    climbs = name.startswith("/") or "\\" in name or ".." in name.split("/")
    return climbs or (MACROS.search(name) is not None and PRINTER.search(name) is None)


def _read(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, left: int) -> bytes:
    """What the entry really holds: its announced size may lie."""
    if entry.file_size > left:
        raise RefusedFile(TOO_DENSE)
    content = bytearray()
    with archive.open(entry) as opened:
        while chunk := opened.read(CHUNK):
            content += chunk
            if len(content) > left:
                raise RefusedFile(TOO_DENSE)
    return bytes(content)
