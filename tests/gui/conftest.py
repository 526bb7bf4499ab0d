"""The real window, empty or on the sample portfolio."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from pathlib import Path
from shutil import copyfile

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from pytestqt.qtbot import QtBot
from windowing import Windows

from brm_desktop import language
from brm_desktop.gui.main_window import MainWindow
from brm_desktop.session.demo import write_demo


@pytest.fixture
def windows(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Windows]:
    """Windows of one computer, in which nothing goes wrong."""
    opened = Windows(qtbot, tmp_path, monkeypatch)
    yield opened
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)  # else the next are slow
    gc.collect()  # on this thread, which the windows of the test are of
    gc.freeze()  # what stays is not gone through again after every test
    gc.enable()
    assert opened.defects == []


@pytest.fixture(scope="session")
def sample_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The English sample portfolio, to copy."""
    path = tmp_path_factory.mktemp("portfolio") / "sample.brm"
    language.use("en")
    write_demo(path)
    return path


@pytest.fixture
def sample(windows: Windows, sample_file: Path, tmp_path: Path) -> MainWindow:
    """A window on a sample portfolio of its own."""
    return windows.open(Path(copyfile(sample_file, tmp_path / "sample.brm")))
