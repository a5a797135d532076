"""What may be joined: a file that is what its name says, opened within bounds, and runs nothing."""

from __future__ import annotations

import struct
import zipfile
import zlib
from io import BytesIO

import pytest

from app.exchanges.formats import ODT, plain_name, recognised
from app.exchanges.refusals import RefusedFile

PDF = b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<< >>\n%%EOF\n"
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00" + b"\x00" * 40 + b"\xff\xd9"


def chunk(name: bytes, data: bytes = b"") -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


PNG = (
    b"\x89PNG\r\n\x1a\n"
    + chunk(b"IHDR", b"\x00\x00\x00\x01\x00\x00\x00\x01\x08\x02\x00\x00\x00")
    + chunk(b"IEND")
)
WEBP = b"RIFF" + struct.pack("<I", 14) + b"WEBPVP8 " + b"\x02\x00\x00\x00\x00\x00"


def archive(parts: dict[str, bytes], *, stored: tuple[str, ...] = ()) -> bytes:
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts.items():
            file.writestr(name, content, zipfile.ZIP_STORED if name in stored else zipfile.ZIP_DEFLATED)
    return made.getvalue()


def docx(**more: bytes) -> bytes:
    named = {name.replace("__", "/").replace("DOT", "."): content for name, content in more.items()}
    return archive({"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<w:document/>", **named})


XLSX = archive({"[Content_Types].xml": b"<Types/>", "xl/workbook.xml": b"<workbook/>"})
ODT_FILE = archive(
    {"mimetype": ODT.encode(), "content.xml": b"<office:document-content/>"}, stored=("mimetype",)
)

GOOD = {
    "devis.pdf": PDF,
    "photo.JPG": JPEG,
    "photo.jpeg": JPEG + b"trailer of a telephone",
    "plan.png": PNG,
    "plan.webp": WEBP,
    "lettre.docx": docx(),
    "paie.xlsx": XLSX,
    "lettre.odt": ODT_FILE,
    "note.txt": "Bonjour, l’été".encode(),
    "ancien.txt": "été".encode("cp1252"),
    "liste.csv": b"nom;tel\nVidal;+33639980000\nPerte;-12,5\n",
}


@pytest.mark.parametrize("name", GOOD)
def test_a_usual_file_is_kept_whole(name: str) -> None:
    kept = recognised(name, GOOD[name])
    assert kept.name == name and kept.data == GOOD[name] and "/" in kept.media


BOMB = archive({"[Content_Types].xml": b"<Types/>", "word/document.xml": b"0" * (70 * 1024 * 1024)})
BAD = {
    "a programme by its name": ("virus.exe", b"MZ\x90\x00"),
    "no ending": ("facture", PDF),
    "only an ending": (".pdf", PDF),
    "an old Word": ("lettre.doc", b"\xd0\xcf\x11\xe0"),
    "a web page": ("page.html", b"<html></html>"),
    "a drawing that runs": ("dessin.svg", b"<svg onload='x'/>"),
    "nothing": ("vide.pdf", b""),
    "a programme named as a PDF": ("devis.pdf", b"MZ\x90\x00" + PDF),
    "a PDF cut short": ("devis.pdf", PDF[:-8]),
    "a PDF with a script": (
        "devis.pdf",
        PDF.replace(b"/Catalog", b"/Catalog /OpenAction << /S /JavaScript /JS (x) >>"),
    ),
    "a PDF with a disguised script": ("devis.pdf", PDF.replace(b"/Catalog", b"/Catalog /S /J#61vaScript")),
    "a PDF with a file inside": ("devis.pdf", PDF.replace(b"/Catalog", b"/Catalog /EmbeddedFile")),
    "a PDF that is an archive too": ("devis.pdf", PDF + archive({"a": b"b"}) + b"%%EOF"),
    "a picture that is an archive too": ("photo.jpg", JPEG + docx()),
    "a picture that is a page too": ("photo.jpg", JPEG[:-2] + b"<script>x</script>\xff\xd9"),
    "a picture with something behind": ("plan.png", PNG + b"PK"),
    "a picture cut short": ("plan.png", PNG[:-12]),
    "a WEBP longer than it says": ("plan.webp", WEBP + b"hidden"),
    "a macro in a document": ("lettre.docx", docx(word__vbaProjectDOTbin=b"x")),
    "a macro by its type": (
        "lettre.docx",
        archive({"[Content_Types].xml": b"macroEnabled", "word/document.xml": b""}),
    ),
    "an object in a document": ("lettre.docx", docx(word__embeddings__oleObject1DOTbin=b"x")),
    "a document that fetches its model": (
        "lettre.docx",
        docx(
            word___rels__settingsDOTxmlDOTrels=b'<Relationship Type="x/attachedTemplate" TargetMode="External"/>'
        ),
    ),
    "a document that starts a programme": (
        "lettre.docx",
        docx(word__footerDOTxml=b"<w:instrText>DDEAUTO c:\\cmd</w:instrText>"),
    ),
    "a document whose model hides in UTF-16": (
        "lettre.docx",
        docx(
            word___rels__settingsDOTxmlDOTrels='<Relationship Type="x/attachedTemplate" TargetMode="External"/>'.encode(
                "utf-16"
            )
        ),
    ),
    "a document that fetches its model, said the other way round": (
        "lettre.docx",
        docx(
            word___rels__settingsDOTxmlDOTrels=b'<Relationship TargetMode="External" Id=">" Type="x/attachedTemplate"/>'
        ),
    ),
    "a spreadsheet named as a document": ("lettre.docx", XLSX),
    "an archive named as a document": ("lettre.docx", archive({"a.txt": b"x"})),
    "something before the archive": ("lettre.docx", b"MZ" + docx()),
    "something after the archive": ("lettre.docx", docx() + b"MZ"),
    "a path that climbs": (
        "lettre.docx",
        archive({"[Content_Types].xml": b"", "word/document.xml": b"", "../x": b""}),
    ),
    "an archive cut short": ("lettre.docx", docx()[:60]),
    "a document that fills the disk": ("lettre.docx", BOMB),
    "an OpenDocument of another kind": ("tableau.ods", ODT_FILE),
    "a binary named as text": ("note.txt", b"\x00\x01\x02"),
    "a PDF named as text": ("note.txt", PDF),
    "a table with a formula": ("liste.csv", b"nom;tel\n=cmd|'/c calc'!A1;1\n"),
    "a table with a formula in quotes": ("liste.csv", b'nom,tel\n" @SUM(1)",1\n'),
}


@pytest.mark.parametrize("why", BAD)
def test_a_dangerous_or_broken_file_is_refused_with_a_sentence(why: str) -> None:
    with pytest.raises(RefusedFile, match=r"[.]$"):
        recognised(*BAD[why])


@pytest.mark.parametrize("word", [b"frame", b'TargetMode="External', b"instrText", b"<w:instrText>", b"<"])
def test_words_repeated_without_end_do_not_hold_the_server(word: bytes) -> None:
    """A kilobyte once zipped; read again from each word to the end, it would take hours."""
    told = word * (4_000_000 // len(word))
    data = docx(word___rels__documentDOTxmlDOTrels=told, word__footerDOTxml=told)
    assert recognised("lettre.docx", data).data == data


def test_an_announced_size_that_lies_is_measured() -> None:
    """The entry says one byte; what it holds is what counts."""
    lying = bytearray(BOMB)
    real = struct.pack("<I", 70 * 1024 * 1024)
    assert lying.count(real) == 2
    with pytest.raises(RefusedFile):
        recognised("lettre.docx", bytes(lying).replace(real, struct.pack("<I", 1)))


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("C:\\Mes documents\\devis.pdf", "devis.pdf"),
        ("../../etc/passwd.txt", "passwd.txt"),
        ("de\u202evis.pdf", "de vis.pdf"),
        ("a\r\nSet-Cookie: x.pdf", "a Set-Cookie x.pdf"),
        ("\x00nul.txt", "nul.txt"),
        ("été 2026.pdf", "été 2026.pdf"),
        ("é" * 300 + ".pdf", "é" * 108 + ".pdf"),
    ],
)
def test_a_name_is_only_a_name(name: str, shown: str) -> None:
    assert plain_name(name) == shown
