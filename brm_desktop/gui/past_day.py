"""What holds while a day in the past is on show: everything can be read and nothing changed."""

from __future__ import annotations

from typing import Final

from brm_desktop.domain.phrase import phrase

READ_ONLY: Final = phrase(
    "A day in the past can only be read: go back to today to change something."
)
