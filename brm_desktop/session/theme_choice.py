"""Which theme a user wants; apart from the other settings, as the window wears it first."""

from __future__ import annotations

from brm_desktop.domain.phrase import Word


class ThemeChoice(Word):
    """Which theme the window wears."""

    SYSTEM = "system", "as the system"
    LIGHT = "light", "light"
    DARK = "dark", "dark"
