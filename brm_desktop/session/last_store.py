"""Which store was opened last on this computer, for the window and the command line alike."""

from __future__ import annotations

import json
import os
from contextlib import suppress
from pathlib import Path

from brm_desktop.domain.errors import FileProblem
from brm_desktop.domain.phrase import phrase
from brm_desktop.domain.reasons import reason_of
from brm_desktop.exchange.bounded_json import read_json
from brm_desktop.process.folders import own_file

_APP = "brm-desktop"
_NOTE_BYTES = 1 << 16


def config_folder() -> Path:
    """The folder of the program's own small files; nothing of a customer's is kept in it."""
    from platformdirs import user_config_path

    return user_config_path(_APP, appauthor=False)


def _file() -> Path:
    return config_folder() / "last_store.json"


def last_store() -> Path | None:
    """The store the window opened last, if its file is still there."""
    try:
        content = read_json(_file(), _NOTE_BYTES)
    except FileProblem:
        return None
    path = content.get("store") if isinstance(content, dict) else None
    if not isinstance(path, str) or not Path(path).is_file():
        return None
    return Path(path)


def remember_store(path: Path) -> None:
    """Remember a store as the last opened; the file is written beside and renamed.

    Raises
    ------
    FileProblem
        When the folder of settings cannot be written.
    """
    target = _file()
    beside = target.with_suffix(f".{os.getpid()}.new")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with open(beside, "w", encoding="utf-8", opener=own_file) as file:
            json.dump({"store": str(path.resolve())}, file)
        beside.replace(target)
    except OSError as error:
        with suppress(OSError):
            beside.unlink()
        raise FileProblem(
            phrase(
                "The settings in {folder} cannot be written: {reason}.",
                folder=str(target.parent),
                reason=reason_of(error),
            )
        ) from error
