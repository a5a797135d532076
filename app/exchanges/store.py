"""Where joined files are kept: outside what the web serves, under names nobody can guess."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterable
from contextlib import suppress
from datetime import date, timedelta
from hashlib import sha256
from io import UnsupportedOperation
from typing import Any

import fsspec
from flask import current_app

from app.kernel.clock import today

SECRET_BYTES = 24


def keep(data: bytes) -> str:
    """Write the whole file, to the disk itself; returns where. Without a row, nothing ever serves it."""
    fs, root = _store()
    place = f"{today():%Y%m%d}/{secrets.token_urlsafe(SECRET_BYTES)}"
    path = f"{root}/{place}"
    fs.makedirs(path.rpartition("/")[0], exist_ok=True)
    with fs.open(path, "wb") as file:
        file.write(data)
        file.flush()
        with suppress(UnsupportedOperation):  # a remote store has its own durability
            os.fsync(file.fileno())
    return place


def read(place: str, digest: str) -> bytes | None:
    """The file as it was received; None when it is gone or has changed."""
    fs, root = _store()
    try:
        data: bytes = fs.cat_file(f"{root}/{place}")
    except FileNotFoundError:
        return None
    return data if sha256(data).hexdigest() == digest else None


def forget(places: Iterable[str]) -> None:
    fs, root = _store()
    for place in places:
        if fs.exists(f"{root}/{place}"):
            fs.rm_file(f"{root}/{place}")


def kept_between(first: date, last: date) -> list[str]:
    """The places written from a day to another, the last left out."""
    fs, root = _store()
    days = [first + timedelta(days=n) for n in range((last - first).days)]
    folders = [f"{day:%Y%m%d}" for day in days if fs.exists(f"{root}/{day:%Y%m%d}")]
    return [
        f"{folder}/{path.rpartition('/')[2]}"
        for folder in folders
        for path in fs.ls(f"{root}/{folder}", detail=False)
    ]


def _store() -> tuple[Any, str]:
    address: str = current_app.config["GUICHET"].attachments
    fs, root = fsspec.core.url_to_fs(address)
    return fs, root.rstrip("/")
