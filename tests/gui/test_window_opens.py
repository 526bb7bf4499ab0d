"""Where the window and new stores begin."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QRect, QStandardPaths
from PySide6.QtWidgets import QFileDialog
from windowing import Key, Windows, press

from brm_desktop.gui.main_window import first_place
from brm_desktop.gui.stores import home


@pytest.mark.parametrize("screen", [(1440, 900), (1366, 728), (1024, 768), (2560, 1400)])
def test_the_first_window_fits_on_the_screen_with_its_title_bar(screen: tuple[int, int]) -> None:
    available = QRect(0, 24, *screen)
    place = first_place(available)
    assert available.contains(place.adjusted(0, -36, 0, 0))
    assert place.width() == min(1400, screen[0] - 8)


def test_a_new_store_is_proposed_in_a_folder_that_is_there(
    windows: Windows, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    missing = str(tmp_path / "Documents")
    monkeypatch.setattr(QStandardPaths, "writableLocation", lambda _which: missing)
    assert home() == Path.home()
    Path(missing).mkdir()
    proposed: list[str] = []

    def asked(_parent: object, _title: str, path: str, _kinds: str) -> tuple[str, str]:
        proposed.append(path)
        return "", ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", asked)
    window = windows.open()
    press(window, Key.Key_Tab)
    press(window, Key.Key_Return)
    assert proposed == [f"{missing}/accounts.brm"]
