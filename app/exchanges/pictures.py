"""Pictures read from their first byte to their last: nothing hidden behind them; pure."""

from __future__ import annotations

import struct

from app.exchanges.refusals import DAMAGED, DISGUISED, RefusedFile

PNG = b"\x89PNG\r\n\x1a\n"
JPEG, JPEG_END = b"\xff\xd8\xff", b"\xff\xd9"
CHUNK_FRAME = 12
"""Length, name and checksum around the data of a PNG chunk."""


def check_png(data: bytes) -> None:
    """Chunk after chunk, from IHDR to IEND, and nothing after. Raises RefusedFile."""
    if not data.startswith(PNG) or data[12:16] != b"IHDR":
        raise RefusedFile(DISGUISED)
    position = len(PNG)
    while position + CHUNK_FRAME <= len(data):
        length, name = struct.unpack(">I4s", data[position : position + 8])
        position += CHUNK_FRAME + length
        if name == b"IEND":
            if position != len(data):
                raise RefusedFile(DISGUISED)
            return
    raise RefusedFile(DAMAGED)


def check_jpeg(data: bytes) -> None:
    """A telephone may add its own data after the picture: the end is looked for, not demanded last."""
    if not data.startswith(JPEG):
        raise RefusedFile(DISGUISED)
    if JPEG_END not in data[-len(data) // 2 :]:
        raise RefusedFile(DAMAGED)


def check_webp(data: bytes) -> None:
    if data[:4] != b"RIFF" or data[8:12] != b"WEBP":
        raise RefusedFile(DISGUISED)
    (length,) = struct.unpack("<I", data[4:8])
    if length + 8 not in (len(data), len(data) - 1):
        raise RefusedFile(DISGUISED if length + 8 < len(data) else DAMAGED)
