"""The recovery key: shown after the passphrase, saved, printed, copied, and gone again."""

from __future__ import annotations

import subprocess
import sys
from datetime import date
from pathlib import Path

import pypdfium2
import pytest
from protected import WORDS, Protected, answered_in_turn, on_show
from PySide6.QtGui import QGuiApplication
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QFileDialog
from windowing import (
    Key,
    press,
    rest,
    saving_to,
    type_text,
)

from brm_desktop.gui.protection import changing
from brm_desktop.gui.protection.passphrase_dialog import PassphraseDialog
from brm_desktop.gui.protection.recovery_dialog import RecoveryDialog, print_picture
from brm_desktop.gui.protection.secret_clipboard import copy_secret, forget_secret
from brm_desktop.rendering.recovery_sheet import recovery_picture


def test_the_recovery_key_is_shown_again_after_the_passphrase(opened: Protected) -> None:
    window = opened.window
    shown: list[str] = []

    def give(dialog: QDialog) -> None:
        assert isinstance(dialog, PassphraseDialog)
        type_text(dialog, WORDS)
        press(dialog, Key.Key_Return)
        opened.windows.qtbot.waitUntil(lambda: not window.jobs.running, timeout=20_000)

    def read(dialog: QDialog) -> None:
        assert isinstance(dialog, RecoveryDialog)
        assert not dialog.have_it.isVisible()
        shown.append("-".join(group.text() for group in dialog.groups))
        press(dialog, Key.Key_Escape)

    with answered_in_turn(give, read):
        changing.ask_recovery_key(window)
    assert shown == [opened.recovery_key]


def test_the_recovery_key_is_saved_for_its_owner_alone(
    opened: Protected, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dialog = _recovery(opened)
    saving_to(monkeypatch, tmp_path / "key")
    dialog.save_button.click()
    opened.windows.settle(opened.window)
    written = tmp_path / "key.pdf"
    text = pypdfium2.PdfDocument(written)[0].get_textpage().get_text_range()
    assert all(group in text for group in opened.recovery_key.split("-"))
    assert written.stat().st_mode & 0o077 == 0
    assert "key.pdf" in dialog.told.text()
    saving_to(monkeypatch, tmp_path / "no" / "key.pdf")
    dialog.save_button.click()
    opened.windows.settle(opened.window)
    assert "does not exist" in dialog.told.text()
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: ("", ""))
    dialog.save_button.click()
    assert not opened.window.jobs.running
    dialog.accept()


def test_the_recovery_key_is_printed(
    opened: Protected, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dialog = _recovery(opened)
    monkeypatch.setattr(QPrintDialog, "exec", lambda _self: 0)
    dialog.print_button.click()
    assert dialog.told.text() == ""
    page = recovery_picture("accounts", opened.recovery_key, date(2026, 11, 22))
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    print_picture(printer, page)
    printed = pypdfium2.PdfDocument(tmp_path / "printed.pdf")
    assert len(printed) == 1
    assert printed[0].render().to_pil().convert("L").getextrema()[0] < 100
    dialog.accept()


def test_a_copied_recovery_key_is_taken_off_the_clipboard_again(opened: Protected) -> None:
    dialog = _recovery(opened)
    dialog.copy_button.click()
    clipboard = QGuiApplication.clipboard()
    assert clipboard.text() == opened.recovery_key
    assert clipboard.mimeData().data("x-kde-passwordManagerHint") == b"secret"
    forget_secret()
    assert clipboard.text() == ""
    copy_secret("something")
    clipboard.setText("copied afterwards")
    forget_secret()
    assert clipboard.text() == "copied afterwards"
    dialog.accept()


def test_a_copied_recovery_key_does_not_outlive_the_program_on_the_clipboard() -> None:
    code = (
        "from PySide6.QtCore import QTimer\n"
        "from PySide6.QtWidgets import QApplication\n"
        "from brm_desktop.gui.protection.secret_clipboard import clipboard, copy_secret\n"
        "app = QApplication([])\n"
        "copy_secret('something')\n"
        "assert clipboard().text() == 'something'\n"
        "QTimer.singleShot(0, app.quit)\n"
        "app.exec()\n"
        "print([clipboard().text()])\n"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "['']"


def test_the_key_is_gone_from_the_dialog_when_it_closes(opened: Protected) -> None:
    dialog = _recovery(opened)
    groups = dialog.groups
    dialog.accept()
    assert {group.text() for group in groups} == {""}


def test_no_letter_of_a_recovery_key_is_cut_off_however_wide_its_letters_are(
    opened: Protected,
) -> None:
    window = opened.window
    key = "-".join(["WWWMMMG"] * 8)
    dialog = RecoveryDialog(window, window.jobs, "accounts", key, date(2026, 11, 22))
    dialog.open()
    rest(50)
    for group in dialog.groups:
        needed = group.fontMetrics().horizontalAdvance(group.text())
        assert group.contentsRect().width() >= needed
    assert dialog.rect().contains(dialog.childrenRect())
    dialog.have_it.click()
    dialog.go_on.click()


def _recovery(opened: Protected) -> RecoveryDialog:
    window = opened.window
    key, day = window.desk.session.recovery_key, date(2026, 11, 22)
    dialog = RecoveryDialog(window, window.jobs, "accounts", key, day)
    dialog.open()
    dialog.have_it.click()
    return on_show(RecoveryDialog)
