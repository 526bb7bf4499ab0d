"""What the window remembers on this computer: panels, theme, language, keys, last stores."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from PySide6.QtCore import QByteArray, QSettings

from brm_desktop.domain.errors import FileProblem
from brm_desktop.exchange.bounded_json import json_of

_RECENT_SHOWN = 8
_MOST_BYTES = 1 << 22
_MOST_JSON = 1 << 18


class Preferences:
    """A small file of the user's, apart from every store; nothing of a customer's is kept in it."""

    def __init__(self, path: Path) -> None:
        _put_aside_what_is_too_large(path)
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
        loaded = self._json(key)
        if not isinstance(loaded, dict):
            return {}
        return {str(name): str(value) for name, value in loaded.items()}

    def set_table(self, key: str, table: Mapping[str, str]) -> None:
        """Remember a table of words."""
        self.set_text(key, json.dumps(dict(table), sort_keys=True))

    def recent_stores(self) -> list[Path]:
        """Stores opened lately that are still there, the last one first."""
        loaded = self._json("stores/recent")
        paths = (
            [Path(str(item)) for item in loaded[:_RECENT_SHOWN]] if isinstance(loaded, list) else []
        )
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

    def _json(self, key: str) -> Any:
        """What is remembered as JSON; nothing when it is missing or spoilt."""
        try:
            return json_of(self.text(key, "null"), key, _MOST_JSON)
        except FileProblem:
            return None

    def save(self) -> None:
        """Write everything to the file now."""
        self._settings.sync()


def _put_aside_what_is_too_large(path: Path) -> None:
    """Begin anew beside a file that nobody could have filled by using the program."""
    if path.is_file() and path.stat().st_size > _MOST_BYTES:
        path.replace(path.with_name(f"{path.name}.too-large"))
