"""Opens a workbook in a process of its own, where a few bytes that unfold into gigabytes harm nobody.

Run by path: nothing of the house is loaded. Exit code 0: the workbook can be opened by whoever asked.
"""

from __future__ import annotations

import resource
import sys

MEMORY = 768 * 1024 * 1024
SECONDS = 20
LARGEST_GRID = 12_000_000
"""Cells, empty ones included: a lone cell at XFD1048576 announces seventeen billion."""


def main(path: str) -> int:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    from python_calamine import CalamineWorkbook  # noqa: PLC0415  under the limits set above

    book = CalamineWorkbook.from_path(path)
    sheets = (book.get_sheet_by_name(name) for name in book.sheet_names)
    return int(any(one.total_height * one.total_width > LARGEST_GRID for one in sheets))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
