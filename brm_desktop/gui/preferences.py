"""What the window remembers on this computer: panels, theme, language, keys, last stores."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings

_RECENT_SHOWN = 8


class Preferences:
    """A small file of the user's, apart from every store; nothing of a customer's is kept in it."""

    def __init__(self, path: Path) -> None:
        self._settings = QSettings(str(path), QSettings.Format.IniFormat)

    def text(self, key: str, default: str = "") -> str:
        """A remembered word."""
        value = self._settings.value(key, default)
        return value if isinstance(value, str) else default

    def set_text(self, key: str, value: str) -> None:
        """Remember a word."""
        self._settings.setValue(key, value)

    def flag(self, key: str, *, default: bool) -> bool:
        """A remembered yes or no."""
        return self.text(key, "yes" if default else "no") == "yes"

    def set_flag(self, key: str, value: bool) -> None:
        """Remember a yes or no."""
        self.set_text(key, "yes" if value else "no")

    def state(self, key: str) -> QByteArray:
        """A remembered geometry or arrangement; empty when there is none."""
        value = self._settings.value(key)
        return value if isinstance(value, QByteArray) else QByteArray()

    def set_state(self, key: str, value: QByteArray) -> None:
        """Remember a geometry or arrangement."""
        self._settings.setValue(key, value)

    def table(self, key: str) -> dict[str, str]:
        """A remembered table of words; empty when it is missing or spoilt."""
        try:
            loaded = json.loads(self.text(key, "{}"))
        except json.JSONDecodeError:
            return {}
        if not isinstance(loaded, dict):
            return {}
        return {str(name): str(value) for name, value in loaded.items()}

    def set_table(self, key: str, table: Mapping[str, str]) -> None:
        """Remember a table of words."""
        self.set_text(key, json.dumps(dict(table), sort_keys=True))

    def recent_stores(self) -> list[Path]:
        """Stores opened lately that are still there, the last one first."""
        try:
            loaded = json.loads(self.text("stores/recent", "[]"))
        except json.JSONDecodeError:
            return []
        paths = [Path(str(item)) for item in loaded] if isinstance(loaded, list) else []
        return [path for path in paths if path.is_file()]

    def remember_store(self, path: Path) -> None:
        """Put a store first among those opened lately."""
        others = [known for known in self.recent_stores() if known != path]
        listed = [str(item) for item in (path, *others)][:_RECENT_SHOWN]
        self.set_text("stores/recent", json.dumps(listed))

    def forget_store(self, path: Path) -> None:
        """Take a store off the list of those opened lately."""
        listed = [str(known) for known in self.recent_stores() if known != path]
        self.set_text("stores/recent", json.dumps(listed))

    def save(self) -> None:
        """Write everything to the file now."""
        self._settings.sync()
