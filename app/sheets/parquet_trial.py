"""Opens a Parquet file in a process of its own, as `trial.py` does a workbook: what is monstrous harms nobody.

Run by path: nothing of the house is loaded. Exit code 0: the file can be read by whoever asked.
"""

from __future__ import annotations

import resource
import sys

MEMORY = 3 * 1024**3
"""Addresses, not bytes used: the library reserves far more than it touches."""
SECONDS = 240
"""A whole national register is read once before it is trusted; what is monstrous fails at its first batch."""
LARGEST_GROUP = 1024**3
MOST_COLUMNS = 500
AT_ONCE = 50_000


def main(path: str, *columns: str) -> int:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    from pyarrow import parquet  # noqa: PLC0415  under the limits set above

    file = parquet.ParquetFile(path)
    facts = file.metadata
    groups = (facts.row_group(rank).total_byte_size for rank in range(facts.num_row_groups))
    if facts.num_columns > MOST_COLUMNS or any(not 0 <= size <= LARGEST_GROUP for size in groups):
        return 1
    asked = [name for name in dict.fromkeys(columns) if name in file.schema_arrow.names]
    for batch in file.iter_batches(AT_ONCE, columns=asked):
        for column in batch.columns:
            column.cast("string")
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
