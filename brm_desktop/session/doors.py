"""The way to the company's asset by its address: a folder, a stick, or a server."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from brm_desktop.storage.shared import Door

_SERVERS: Final = ("postgresql://", "postgres://")


def is_server(address: str) -> bool:
    """Whether an address is that of a server, and not of a folder."""
    return address.startswith(_SERVERS)


def door_to(address: str) -> Door:
    """The way to an asset; raises ``StoreProblem`` when a server cannot be reached."""
    if is_server(address):
        from brm_desktop.storage.postgres.door import PostgresDoor

        return PostgresDoor(address)
    from brm_desktop.storage.folder.door import FolderDoor

    return FolderDoor(Path(address))
