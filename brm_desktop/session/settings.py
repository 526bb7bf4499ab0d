"""What the user set for one store."""

from __future__ import annotations

from dataclasses import dataclass, field

from brm_desktop.domain.phrase import Word
from brm_desktop.domain.records import PersonId
from brm_desktop.domain.rules import Rules


class ThemeChoice(Word):
    """Which theme the window wears."""

    SYSTEM = "system", "as the system"
    LIGHT = "light", "light"
    DARK = "dark", "dark"


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of a store.

    ``user`` is the own employee who works here; ``language`` is ``zh_CN``, ``en`` or "" for the
    system's; ``currency`` is what new amounts are in.
    """

    user: PersonId | None = None
    language: str = ""
    theme: ThemeChoice = ThemeChoice.SYSTEM
    currency: str = "CNY"
    rules: Rules = field(default_factory=Rules)
