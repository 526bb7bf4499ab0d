"""What is thrown at the window: megabytes on the clipboard, ten thousand files, a folder."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QLineEdit
from told import told

from brm_desktop.domain.errors import FileProblem, Refused
from brm_desktop.gui.canvas.clipping import MOST_NAMES, Clip
from brm_desktop.gui.exporting import file_name
from brm_desktop.session.importing import read_more

NOTHING: Callable[[], object] = lambda: None  # noqa: E731 -- a look that never stops


@pytest.fixture
def clip(qapp: QApplication) -> Clip:
    return Clip()


@pytest.mark.parametrize("text", ["x" * (20 << 20), "name\n" * (MOST_NAMES + 1)])
def test_megabytes_on_the_clipboard_are_no_people(clip: Clip, text: str) -> None:
    QGuiApplication.clipboard().setText(text)

    assert not clip.is_empty
    with told(Refused, "too much to be people: at most 2,?000 lines"):
        clip.names()


def test_lines_on_the_clipboard_are_people(clip: Clip) -> None:
    QGuiApplication.clipboard().setText(" Ann \n\nBob\n")

    assert clip.names() == ["Ann", "Bob"]
    QGuiApplication.clipboard().setText(" \n")
    assert clip.is_empty
    clip.put(object(), "=1+1\r\nAnn")
    assert clip.taken() is not None


def test_megabytes_pasted_into_a_field_are_cut(qapp: QApplication) -> None:
    field = QLineEdit()
    QGuiApplication.clipboard().setText("x" * (20 << 20))

    field.paste()

    assert len(field.text()) == 32767


def test_ten_thousand_files_are_refused_before_one_is_read(tmp_path: Path) -> None:
    with told(FileProblem, "10,?000 files are too many for one import: at most 100"):
        read_more([tmp_path / "gone.csv"] * 10_000, [], NOTHING)


def test_files_that_hold_too_much_together_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from brm_desktop.exchange import tables

    (tmp_path / "a.csv").write_text("name\nAnn\n")
    monkeypatch.setattr(tables, "CELLS", 5)
    first = read_more([tmp_path / "a.csv"] * 2, [], NOTHING)

    with told(FileProblem, "more than 5 cells together"):
        read_more([tmp_path / "a.csv"], first, NOTHING)
    with told(FileProblem, "more than 5 cells together"):
        list(tables.read_tables([tmp_path / "a.csv"] * 3))
    with told(FileProblem, "101 files are too many"):
        list(tables.read_tables([tmp_path / "a.csv"] * 101))


def test_a_folder_that_is_dropped_is_told_of(tmp_path: Path) -> None:
    (chosen,) = read_more([tmp_path], [], NOTHING)

    assert "is a folder, not a file" in str(chosen.problem)


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("../../etc/passwd", "-..-etc-passwd"),
        ("a\nb\0c\u202egpj.exe", "a b c gpj.exe"),
        ("con", "_con"),
        ("LPT1.plan", "_LPT1.plan"),
        ("...", "brm"),
        ("\ud800", "brm"),
        ("x" * 500, "x" * 150),
        ("国" * 500, "国" * 50),
        ("C:\\Windows|?*", "C--Windows---"),
        ("Acme 2026. ", "Acme 2026"),
    ],
)
def test_a_title_becomes_a_name_that_any_system_takes(title: str, name: str) -> None:
    assert file_name(title) == name
