"""Files that must be there whole or not at all, a power cut or not, and are their owner's alone."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO


def make_name_durable(path: Path) -> None:
    """Have the folder written out, so that a power cut cannot take a new name away."""
    if not hasattr(os, "O_DIRECTORY"):
        return
    folder = os.open(path.absolute().parent, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def make_own(path: Path) -> int:
    """Make an empty file that only its owner may read and write; gives its handle.

    Where others may write in the folder too, a link that lies in wait there is not followed. Raises
    ``FileExistsError`` when there is anything of that name, and ``OSError``.
    """
    return os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)


@contextmanager
def appearing_whole(path: Path) -> Iterator[BinaryIO]:
    """A file to write that only its owner may read: beside its place, out to the disk, renamed.

    Raises ``OSError``; then what was there before is there still.
    """
    part = path.with_name(f"{path.name}.part")
    part.unlink(missing_ok=True)
    try:
        with os.fdopen(make_own(part), "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
    make_name_durable(path)


def write_whole(path: Path, content: bytes) -> None:
    """Write a file as :func:`appearing_whole` does; raises ``OSError``."""
    with appearing_whole(path) as file:
        file.write(content)
