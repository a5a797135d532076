"""A corrected address is the one everybody uses: pages and letters read `inquiry.contact`."""

from __future__ import annotations

import re

from tests.house.source import APP

FILED = re.compile(r"\binquiry\.(email|phone|contact_name|preferred_time)\b")


def test_nobody_writes_to_the_address_that_was_corrected() -> None:
    read = [path for folder in ("**/*.py", "**/*.html", "**/*.txt") for path in APP.glob(folder)]
    guilty = [str(path.relative_to(APP)) for path in read if FILED.search(path.read_text(encoding="utf-8"))]
    assert len(read) > 100 and not guilty, f"read inquiry.contact.…, the latest correction: {guilty}"
