"""Stores that could not be opened at once, as those hear of it who know what to do."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from brm_desktop.domain.errors import StoreDamaged

if TYPE_CHECKING:
    from brm_desktop.gui.stores import Done


@dataclass(frozen=True, slots=True)
class Locked:
    """An encrypted store that was to be opened, and what was to follow."""

    path: Path
    then: Done
    otherwise: Done


@dataclass(frozen=True, slots=True)
class Damaged:
    """A store that was to be opened and is not whole; ``secret`` is what was given to open it."""

    path: Path
    error: StoreDamaged
    secret: str | None = field(repr=False)
    otherwise: Done
