"""Telling an encrypted store from a plain one and from the files of other programs.

An encrypted store is noise from its first byte to its last. With its key file it is known by its
salt; without one it is taken for a store when it is whole pages long and its first page is as even
as noise is, which pictures, texts and archives are not.
"""

from __future__ import annotations

import os
from collections import Counter
from contextlib import suppress
from pathlib import Path
from typing import Final

from brm_desktop.storage.driver import salt_of
from brm_desktop.storage.keys.vault import find_key_file

PLAIN_START: Final = b"SQLite format 3\x00"
_PAGE: Final = 4096
_EVEN: Final = 420.0
"""Chi squared over the 256 values of a byte: 255 ± 23 for noise, thousands for anything else."""


def is_encrypted(path: Path) -> bool:
    """Whether a file is an encrypted store, by a look at it; ``False`` when it cannot be read.

    Raises ``StoreProblem`` when the disk fails.
    """
    try:
        if not path.is_file() or path.stat().st_size < _PAGE or not os.access(path, os.R_OK):
            return False
    except OSError:
        return False
    salt = salt_of(path)
    if salt == PLAIN_START:
        return False
    return find_key_file(path, salt) is not None or _is_noise(path)


def _is_noise(path: Path) -> bool:
    if path.stat().st_size % _PAGE:
        return False
    page = b""
    with suppress(OSError), path.open("rb") as file:
        page = file.read(_PAGE)
    expected = len(page) / 256
    counts = Counter(page)
    return (
        bool(page)
        and sum((counts[value] - expected) ** 2 / expected for value in range(256)) < _EVEN
    )
