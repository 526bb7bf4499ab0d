"""A company's asset in a folder as a rep's program knows it, also on a stick."""

from __future__ import annotations

from pathlib import Path

from brm_desktop.storage.folder.letterbox import Letterbox
from brm_desktop.storage.sharing.port import Source


class FolderDoor:
    """The way into a folder: bundles are put there, and answers lie there sealed."""

    def __init__(self, folder: Path) -> None:
        self._box = Letterbox(folder)

    def check(self) -> None:
        """See that the folder is there; raises ``StoreProblem``."""
        self._box.check()

    def send(self, site: str, name: str, bundle: Source) -> None:
        """Put a bundle into a site's inbox, whole or not at all; raises ``StoreProblem``."""
        self._box.send(site, name, bundle)

    def fetch(self, site: str, after: int, epoch: int = 0) -> Path | None:  # noqa: ARG002 -- sealed
        """The sealed answer to a site, if there is one; raises ``StoreProblem``."""
        return self._box.fetch(site)

    def close(self) -> None:
        """Nothing is held."""
