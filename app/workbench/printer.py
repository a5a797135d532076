"""From a page to a tagged PDF (PDF/UA-1). WeasyPrint is loaded when the first one is made: it needs libpango."""

from __future__ import annotations

from ctypes.util import find_library
from importlib import import_module

VARIANT = "pdf/ua-1"
LIBRARY = "pango-1.0"
PACKAGES = "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
"""What Debian calls what is missing."""


class NoPrinter(RuntimeError):
    """This machine cannot make a PDF: the library, or what it needs, is absent."""


def can_print() -> bool:
    """A quick look, for the set-up: nothing is loaded."""
    return find_library(LIBRARY) is not None


def pdf_of(document: str) -> bytes:
    """The document as a PDF; it may fetch nothing. Raises NoPrinter."""
    try:
        weasyprint = import_module("weasyprint")
    except (ImportError, OSError) as error:
        raise NoPrinter(str(error)) from error
    nothing = weasyprint.urls.URLFetcher(allowed_protocols=())
    made: bytes = weasyprint.HTML(string=document, url_fetcher=nothing).write_pdf(pdf_variant=VARIANT)
    return made
