"""From a page to a tagged PDF (PDF/UA-1), in a process of its own: one that never ends holds nobody.

`python -m app.workbench.printer` reads the page and writes the PDF. WeasyPrint, which needs libpango, is loaded there
alone.
"""

from __future__ import annotations

import subprocess
import sys
from ctypes.util import find_library
from importlib import import_module

from config import ROOT

VARIANT = "pdf/ua-1"
LIBRARY = "pango-1.0"
PACKAGES = "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
"""What Debian calls what is missing."""
COMMAND = (sys.executable, "-m", "app.workbench.printer")
PATIENCE = 60.0
"""Seconds for one document: a case takes one or two."""
ABSENT = 3
"""How the process says that this machine cannot print."""


class NoPrinter(RuntimeError):
    """This machine cannot make a PDF: the library, or what it needs, is absent."""


class PrinterFailed(RuntimeError):
    """The document was not made in time, or the process ended badly."""


def can_print() -> bool:
    """A quick look, for the set-up: nothing is loaded."""
    return find_library(LIBRARY) is not None


def pdf_of(document: str) -> bytes:
    """The document as a PDF; it may fetch nothing. Raises NoPrinter, PrinterFailed."""
    try:
        done = subprocess.run(  # noqa: S603  our own command, nothing typed in it
            COMMAND, input=document.encode(), capture_output=True, timeout=PATIENCE, cwd=ROOT, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise PrinterFailed("too long") from error
    if done.returncode == ABSENT:
        raise NoPrinter(done.stderr.decode(errors="replace")[-200:])
    if done.returncode or not done.stdout:
        raise PrinterFailed(f"exit {done.returncode}")
    return done.stdout


def main() -> int:
    try:
        weasyprint = import_module("weasyprint")
    except (ImportError, OSError) as error:
        sys.stderr.write(str(error))
        return ABSENT
    nothing = weasyprint.urls.URLFetcher(allowed_protocols=())
    page = weasyprint.HTML(string=sys.stdin.buffer.read().decode(), url_fetcher=nothing)
    sys.stdout.buffer.write(page.write_pdf(pdf_variant=VARIANT))
    return 0


if __name__ == "__main__":
    sys.exit(main())
