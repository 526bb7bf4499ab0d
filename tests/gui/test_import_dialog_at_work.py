"""The import dialog at work: dry runs, cancelling, files dropped on it, the keyboard alone."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from import_window import Import, pick
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QComboBox,
    QFileDialog,
    QLabel,
    QPushButton,
    QTabBar,
    QTableView,
    QWidget,
)
from pytestqt.qtbot import QtBot
from windowing import Key, Windows, dialog_answered, press, rest, type_text

from brm_desktop import language
from brm_desktop.domain.change import Change
from brm_desktop.domain.phrase import phrase
from brm_desktop.domain.records import (
    Department,
    Organisation,
    Person,
)
from brm_desktop.gui.desk import Tab
from brm_desktop.gui.dialogs.import_dialog import ImportDialog
from brm_desktop.gui.main_window import MainWindow
from brm_desktop.session.protection import PLAIN
from brm_desktop.session.session import Session, Written


@pytest.fixture
def window(windows: Windows, tmp_path: Path) -> Iterator[MainWindow]:
    """A window on a store of its own."""
    Session.open(tmp_path / "store.brm", create=PLAIN).close()
    window = windows.open(tmp_path / "store.brm")
    yield window
    window.close()


@pytest.fixture
def importing(qtbot: QtBot, window: MainWindow) -> Iterator[Import]:
    """A dialog that is up."""
    yield Import(qtbot, window)
    qtbot.waitUntil(lambda: not window.jobs.running, timeout=20_000)


def test_another_file_shown_before_all_rows_of_one_are_made_gets_rows_of_its_own(
    importing: Import, tmp_path: Path
) -> None:
    importing.text(tmp_path, "name,site\nAnn,North\n", "people.csv")
    importing.text(tmp_path, "source,target\nAnn,Bob\n", "influence.csv")
    people, influence = importing.dialog.choices.files
    importing.dialog.choices.show(0)
    assert set(importing.dialog.fields.rows) < set(people.fields)
    importing.dialog.choices.show(1)
    importing.wait()
    assert set(importing.dialog.fields.rows) == set(influence.fields)


def test_what_was_chosen_for_one_file_is_there_when_it_is_shown_again(
    importing: Import, tmp_path: Path
) -> None:
    importing.text(tmp_path, "name,site,a\nBob,North,x\n", "a.csv")
    importing.only("site", "North")
    importing.means("Name", "Bob", "Rob")
    importing.same("department", "Sales")
    importing.text(tmp_path, "name\nAnn\n", "b.csv")
    assert importing.dialog.conditions.only == []
    importing.dialog.strip.tabs.setCurrentIndex(0)
    assert importing.dialog.conditions.only[0].pair == ("site", "North")
    assert importing.dialog.conditions.meanings[0].meaning == ("name", "Bob", "Rob")
    assert importing.dialog.fields.rows["department"].value.value == "Sales"


def test_a_cancelled_import_is_rolled_back_and_can_be_made_again(
    importing: Import, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate = threading.Event()
    hold_before_commit(monkeypatch, gate)
    importing.text(tmp_path, "name\nAnn\nBob\n")
    importing.into("Acme")
    importing.wait()
    before = importing.session.counts()
    importing.dialog.import_button.click()
    importing.qtbot.waitUntil(importing.dialog.bar.isVisible)
    assert not importing.dialog.sheets.isEnabled()
    press(importing.dialog, Key.Key_Escape)
    gate.set()
    assert importing.sentence == "The import was cancelled; nothing has changed."
    assert importing.dialog.isVisible()
    assert importing.session.counts() == before
    assert importing.session.can_undo() is None
    importing.press_import()
    assert len(importing.session.records.all(Person)) == 2


def test_a_worker_writes_and_the_window_hears_of_it_on_its_own_thread(
    importing: Import, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate = threading.Event()
    gate.set()
    writers = hold_before_commit(monkeypatch, gate)
    heard: list[tuple[threading.Thread, int]] = []

    def hear(change: Change) -> None:
        heard.append((threading.current_thread(), len(change.added(Person))))

    importing.session.changed.subscribe(hear)
    importing.text(tmp_path, "name\nAnn\n")
    importing.into("Acme")
    importing.press_import()
    assert heard == [(threading.main_thread(), 1)]
    assert len(writers) == 1
    assert writers[0] is not threading.main_thread()


def hold_before_commit(
    monkeypatch: pytest.MonkeyPatch, gate: threading.Event
) -> list[threading.Thread]:
    """Writing waits at a gate when all is written and nothing committed; who wrote is kept."""
    writers: list[threading.Thread] = []
    write = Session.write

    def gated(
        session: Session, name: object, change: Change, last_look: Callable[[], object]
    ) -> Written:
        def look() -> None:
            writers.append(threading.current_thread())
            assert gate.wait(10)
            last_look()

        return write(session, phrase("Import"), change, look)

    monkeypatch.setattr(Session, "write", gated)
    return writers


def test_pressing_import_before_the_dry_run_is_done_waits_for_it(
    importing: Import, tmp_path: Path
) -> None:
    importing.text(tmp_path, "name\nAnn\n")
    importing.dialog.reading.account.setEditText("Acme")
    assert importing.dialog._timer.isActive()
    importing.press_import()
    assert [one.name for one in importing.session.records.all(Person).values()] == ["Ann"]


def test_closing_while_a_dry_run_is_under_way_leaves_nothing_behind(
    importing: Import, tmp_path: Path
) -> None:
    before = importing.session.counts()
    rows = "".join(f"{n},Person {n}\n" for n in range(3_000))
    importing.into("Acme")
    path = tmp_path / "many.csv"
    path.write_text(f"id,name\n{rows}", encoding="utf-8")
    importing.take(path)
    importing.dialog.conditions.missing.click()
    importing.dialog._try()
    importing.dialog.reject()
    importing.qtbot.waitUntil(lambda: not importing.window.jobs.running, timeout=20_000)
    assert importing.session.counts() == before


def test_a_later_choice_stops_the_dry_run_under_way(importing: Import, tmp_path: Path) -> None:
    rows = "".join(f"{n},Person {n},{n % 2}\n" for n in range(3_000))
    importing.into("Acme")
    importing.text(tmp_path, f"id,name,odd\n{rows}")
    importing.dialog._try()
    importing.only("odd", "1")
    importing.dialog._try()
    assert importing.counts == "1,500 rows: 1,500 new, 0 updated, 0 unchanged, 0 refused"


def test_files_are_dropped_on_the_dialog(importing: Import, tmp_path: Path) -> None:
    path = tmp_path / "p.csv"
    path.write_text("name\nAnn\n", encoding="utf-8")
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path))])
    event = QDropEvent(
        QPointF(5, 5),
        Qt.DropAction.CopyAction,
        mime,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    importing.dialog.dropEvent(event)
    importing.wait()
    assert [chosen.path for chosen in importing.dialog.choices.files] == [path]


def test_a_file_is_imported_by_the_keyboard_alone(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "p.csv"
    path.write_text("name,site\nAnn,North\nBob,South\n", encoding="utf-8")
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_args, **_kw: ([str(path)], ""))

    def tab_to(dialog: QWidget, wanted: QWidget) -> None:
        for _ in range(80):
            if dialog.focusWidget() is wanted:
                return
            press(dialog, Key.Key_Tab)
        raise AssertionError(f"the keyboard does not reach {wanted.accessibleName()}")

    def drive(dialog: QWidget) -> None:
        assert isinstance(dialog, ImportDialog)

        def settled() -> bool:
            return not window.jobs.running and not dialog._timer.isActive()

        press(dialog, Key.Key_Return)  # on the button that chooses files
        qtbot.waitUntil(lambda: bool(dialog.choices.files) and settled())
        tab_to(dialog, dialog.reading.account)
        type_text(dialog, "Acme")
        press(dialog, Key.Key_Return)
        assert dialog.isVisible()
        tab_to(dialog, dialog.fields.rows["department"].source)
        type_text(dialog, "t")  # the same in every row
        assert dialog.focusWidget() is dialog.fields.rows["department"].value
        type_text(dialog, "Sales")
        tab_to(dialog, dialog.conditions.add_only)
        press(dialog, Key.Key_Space)
        type_text(dialog, "site")
        press(dialog, Key.Key_Tab)
        type_text(dialog, "North")
        qtbot.waitUntil(settled)
        tab_to(dialog, dialog.import_button)
        press(dialog, Key.Key_Space)

    with dialog_answered(drive):
        window.commands.run("import")
    qtbot.waitUntil(lambda: not window.jobs.running)
    assert [one.name for one in window.desk.records.all(Person).values()] == ["Ann"]
    records = window.desk.records
    assert "Acme" in {one.name for one in records.all(Organisation).values()}
    assert "Sales" in {one.name for one in records.all(Department).values()}


def test_words_are_chosen_in_chinese_and_kept_as_a_file_writes_them(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    language.use("zh_CN")
    importing = Import(qtbot, window)
    importing.text(tmp_path, "项目,姓名\n产线,王敏\n")
    importing.into("华辰")
    importing.dialog.conditions.missing.click()
    row = importing.dialog.fields.rows["stance"]
    pick(row.source, 1)
    pick(row.value, 3)
    importing.wait()
    assert importing.dialog.choices.files[0].wishes.constants == {"stance": "supporter"}
    importing.press_import()
    assert importing.window.desk.place.tab is Tab.CHAINS


@pytest.mark.parametrize("spoken", ["en", "zh_CN"])
def test_everything_has_a_name_and_room_in_both_languages(
    window: MainWindow, qtbot: QtBot, tmp_path: Path, spoken: str
) -> None:
    language.use(spoken)
    importing = Import(qtbot, window)
    importing.dialog.resize(importing.dialog.minimumSize())
    importing.text(tmp_path, "name,assessed_on\nAnn,03/02/2026\n,04/02/2026\n")
    importing.into("Acme")
    importing.wait()
    pick(importing.dialog.reading.dates, 2)
    importing.only("name", "Ann")
    importing.dialog.conditions.add_meaning.click()
    importing.wait()
    rest()
    for control in importing.dialog.findChildren(QWidget):
        if not control.isVisible() or isinstance(control.parent(), QComboBox):
            continue
        if isinstance(control, QAbstractButton | QComboBox | QTabBar | QTableView):
            text = control.text() if isinstance(control, QAbstractButton) else ""
            assert control.accessibleName() or text.strip("✕ "), control
        if isinstance(control, QPushButton) or type(control) is QLabel:
            shown = control.text()
            assert control.width() >= control.minimumSizeHint().width(), shown
            assert control.height() >= control.minimumSizeHint().height(), shown
