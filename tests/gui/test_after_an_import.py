"""What an import brought is seen at once."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from windowing import Windows, dialog_answered

from brm_desktop.gui.dialogs.import_dialog import ImportDialog
from brm_desktop.gui.main_window import MainWindow


def test_people_imported_into_the_map_on_show_are_in_sight(
    qtbot: QtBot, windows: Windows, sample: MainWindow, tmp_path: Path
) -> None:
    windows.show_account(sample, "Huachen")
    pane = sample.navigation.account.pane
    assert pane is not None
    canvas = pane.canvas
    assert canvas is not None
    canvas.zoom_100()
    path = tmp_path / "people.csv"
    path.write_text("name,reports to\nOlga Stein,\nPaul Wirth,Olga Stein\n", encoding="utf-8")

    def drive(dialog: QWidget) -> None:
        assert isinstance(dialog, ImportDialog)
        dialog.take_files([path])
        qtbot.waitUntil(dialog.import_button.isEnabled)
        dialog.import_button.click()

    with dialog_answered(drive):
        sample.commands.run("import")
    windows.settle(sample)
    seen = canvas.camera.seen
    cards = canvas.content.cards.values()
    assert {"Olga Stein", "Paul Wirth"} <= {card.name for card in cards}
    assert all(seen.holds(card.centre) for card in cards)
