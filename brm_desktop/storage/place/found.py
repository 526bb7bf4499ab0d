"""What is found in the place of a store before anything of it is read."""

from __future__ import annotations

import os
from pathlib import Path

from brm_desktop.domain.errors import NotAStore, StoreProblem
from brm_desktop.domain.phrase import phrase
from brm_desktop.storage.driver import told_of


def check_file(path: Path) -> None:
    """See that there is a file that may be a store and may be written; raises ``StoreProblem``."""
    with told_of(path):
        _check_file(path)


def check_folder(path: Path) -> None:
    """See that the folder of a store is there and may be written; raises ``StoreProblem``."""
    folder = path.absolute().parent
    if not folder.is_dir():
        raise StoreProblem(phrase("There is no folder {name}.", name=str(folder)))
    if not os.access(folder, os.W_OK | os.X_OK):
        raise StoreProblem(
            phrase(
                "The folder {name} is read-only, so no store can be kept there.", name=str(folder)
            )
        )


def _check_file(path: Path) -> None:
    if path.is_dir():
        folder = path.absolute().name or str(path)
        raise NotAStore(phrase("{name} is a folder, not a BRM store.", name=folder))
    if not path.exists():
        raise StoreProblem(phrase("There is no file {name}.", name=str(path)))
    if not path.is_file() or not path.stat().st_size:
        raise NotAStore(phrase("{name} is not a BRM store.", name=path.name))
    if not os.access(path, os.R_OK):
        raise StoreProblem(phrase("{name} cannot be read: permission is denied.", name=path.name))
    if not os.access(path, os.W_OK):
        raise StoreProblem(phrase("{name} cannot be written: it is read-only.", name=path.name))
    check_folder(path)
