"""Files that appear whole or not at all: written beside their place, then renamed into it."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from brm_desktop.domain.errors import FileProblem
from brm_desktop.domain.phrase import phrase
from brm_desktop.domain.reasons import reason_of


def write_whole(path: Path, content: bytes, *, own: bool = False) -> None:
    """Put a file in its place in one step; what stood there before stays until that step.

    Nobody else of this computer can read the file when it is the user's ``own``.

    Raises
    ------
    FileProblem
        When the folder is missing, nothing may be written there, or the disk is full.
    """
    with writing_whole(path, own=own) as file:
        file.write(content)


@contextmanager
def writing_whole(path: Path, *, own: bool = False) -> Iterator[BinaryIO]:
    """A file to write, that has its place once all is written and on the disk, in one step.

    Raises what :func:`write_whole` raises.
    """
    if path.is_dir():
        raise FileProblem(
            phrase("{path} is a folder; give the name of a file to write.", path=str(path))
        )
    if not path.parent.is_dir():
        raise FileProblem(
            phrase("{folder} does not exist; make that folder first.", folder=str(path.parent))
        )
    try:
        with _beside(path, own=own) as file:
            yield file
    except OSError as error:
        raise FileProblem(
            phrase(
                "{path} could not be written: {reason}.",
                path=str(path),
                reason=reason_of(error),
            )
        ) from error


@contextmanager
def _beside(path: Path, *, own: bool) -> Iterator[BinaryIO]:
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".part", dir=path.parent)
    beside = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        if not own:
            beside.chmod(0o666 & ~_umask())
        beside.replace(path)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
