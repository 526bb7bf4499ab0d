"""What-if in the real window: begun by key, played with mouse and keyboard, kept or discarded."""

from __future__ import annotations

from pathlib import Path
from shutil import copyfile

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent, QWheelEvent
from PySide6.QtPrintSupport import QPrintDialog
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QMessageBox, QWidget
from windowing import CTRL, SHIFT, Key, Windows, dialog_answered, press, rest

from brm_desktop.domain import edits
from brm_desktop.domain.phrase import phrase
from brm_desktop.domain.records import Action, Dimension, Outcome, Person, PersonId, Stance
from brm_desktop.domain.what_if import work_first
from brm_desktop.gui.desk import Page, Place, Selected, Tab
from brm_desktop.gui.main_window import MainWindow
from brm_desktop.gui.pages.canvas_pane import CanvasPane
from brm_desktop.gui.what_if.card_sliders import CardSliders
from brm_desktop.gui.what_if.live_band import LiveBand
from brm_desktop.gui.what_if.pane_what_if import PaneWhatIf
from brm_desktop.gui.what_if.work_first_panel import WorkFirstPanel
from brm_desktop.session.session import Session

BIGGEST = "Huachen Equipment Group"
CTRL_SHIFT = CTRL | SHIFT


@pytest.fixture
def store(sample_file: Path, tmp_path: Path) -> Path:
    """A sample portfolio of one's own."""
    return Path(copyfile(sample_file, tmp_path / "sample.brm"))


@pytest.fixture
def at_chain(windows: Windows, store: Path) -> MainWindow:
    """The chain of a live project of the sample."""
    return _open_chain(windows, store)


def _open_chain(windows: Windows, store: Path) -> MainWindow:
    window = windows.open(store)
    windows.show_account(window, BIGGEST, Tab.CHAINS)
    analysis = window.desk.analysis()
    project = next(one.id for one in analysis.projects if one.outcome is Outcome.OPEN)
    windows.go(window, Place(Page.ACCOUNT, analysis.account, Tab.CHAINS, project))
    return window


def _pane(window: MainWindow) -> CanvasPane:
    pane = window.navigation.account.pane
    assert pane is not None
    return pane


def _what_if(window: MainWindow) -> PaneWhatIf:
    return _pane(window).what_if


def _band(window: MainWindow) -> LiveBand:
    found = _what_if(window).band
    assert found is not None
    return found


def _sliders(window: MainWindow) -> CardSliders:
    found = _what_if(window).sliders
    assert found is not None
    return found


def _list(window: MainWindow) -> WorkFirstPanel:
    found = _what_if(window).list
    assert found is not None
    return found


def _supposing(window: MainWindow) -> bool:
    return window.desk.session.supposing


def _begin(window: MainWindow) -> None:
    press(window, Key.Key_W, CTRL_SHIFT)
    assert _supposing(window)


def _someone(window: MainWindow) -> PersonId:
    """Whoever of the chain would bring most points, and is selected."""
    project = window.desk.place.project
    gain = next(g for g in work_first(window.desk.analysis(), project) if g.dimension)
    window.desk.show_person(gain.person)
    rest()
    return gain.person


def _closeness(window: MainWindow, person: PersonId) -> int | None:
    stands = window.desk.analysis().standing(person, Dimension.CLOSENESS)
    return None if stands is None else stands.value


def _drag(widget: QWidget, share: float, *, let_go: bool) -> None:
    """Press a slider, drag to a share of its width, and let go or not."""
    middle = widget.height() / 2
    for kind, x in (
        (QEvent.Type.MouseButtonPress, 0.5),
        (QEvent.Type.MouseMove, share),
        *(((QEvent.Type.MouseButtonRelease, share),) if let_go else ()),
    ):
        at = QPointF(x * widget.width(), middle)
        button = Qt.MouseButton.LeftButton
        event = QMouseEvent(
            kind, at, widget.mapToGlobal(at), button, button, Qt.KeyboardModifier.NoModifier
        )
        QApplication.sendEvent(widget, event)
    rest(60)


def _shown(window: MainWindow, name: Dimension | str) -> str:
    return _band(window).numbers[name].value.text()


def test_a_slider_on_a_card_moves_the_numbers_and_nothing_is_saved(
    windows: Windows, store: Path
) -> None:
    _open_chain(windows, store).close()
    before = store.read_bytes()
    window = _open_chain(windows, store)
    start = window.desk.records
    person = _someone(window)
    assert _sliders(window).isHidden()

    _begin(window)

    what_if = _what_if(window)
    assert what_if.button.isChecked()
    assert what_if.frame.isVisible()
    assert window.top_bar.saved.text() == "What if: not saved"
    assert _band(window).isVisible()
    assert not window.supposed_band.keep.isEnabled()
    slider = _sliders(window).sliders[Dimension.CLOSENESS]
    assert slider.isVisible()

    _drag(slider, 0.97, let_go=False)

    assert "→" in _shown(window, Dimension.CLOSENESS)
    assert "→" in _shown(window, "potential")
    assert window.desk.records is start
    _drag(slider, 0.97, let_go=True)
    assert window.desk.session.supposed_count == 1
    assert _closeness(window, person) is not None
    assert window.supposed_band.count.text() == "1 supposed change"
    assert what_if.frame.marked == {person}

    slider.setFocus()
    press(window, Key.Key_Left)
    _wait(windows, window, 2)
    project = window.desk.place.project
    assert project is not None
    odds = window.desk.analysis().chain(project).odds
    stances = _sliders(window).stances
    QTest.mouseClick(stances.buttons[0], Qt.MouseButton.LeftButton)
    assert window.desk.session.supposed_count == 3
    assert window.desk.analysis().chain(project).odds != odds
    assert "→" in _shown(window, "odds")

    press(window, Key.Key_Z, CTRL)
    assert window.desk.analysis().chain(project).odds == odds
    press(window, Key.Key_Z, CTRL)
    press(window, Key.Key_Z, CTRL)
    press(window, Key.Key_Z, CTRL)
    assert _supposing(window)
    assert window.desk.records == start
    press(window, Key.Key_Y, CTRL)
    assert window.desk.session.supposed_count == 1

    window.supposed_band.discard.click()

    assert not _supposing(window)
    assert window.desk.records is start
    assert not what_if.frame.isVisible()
    assert _band(window).isHidden()
    assert _sliders(window).isHidden()
    assert window.top_bar.saved.text() == "Saved"
    window.close()
    assert store.read_bytes() == before


def test_what_was_kept_is_taken_back_by_one_undo(windows: Windows, at_chain: MainWindow) -> None:
    window = at_chain
    start = window.desk.records
    person = _someone(window)
    _begin(window)
    press(window, Key.Key_S, CTRL_SHIFT)
    slider = _sliders(window).sliders[Dimension.CLOSENESS]
    assert slider.hasFocus()
    press(window, Key.Key_PageUp)
    _wait(windows, window, 1)
    press(window, Key.Key_Tab)
    assert _sliders(window).sliders[Dimension.SOLUTION].hasFocus()
    press(window, Key.Key_Tab, SHIFT)
    press(window, Key.Key_Tab, SHIFT)
    assert _sliders(window).stances.buttons[-1].hasFocus()
    press(window, Key.Key_Space)
    assert window.desk.session.supposed_count == 2
    press(window, Key.Key_Return)
    press(window, Key.Key_Escape)
    canvas = _pane(window).canvas
    assert canvas is not None
    assert canvas.hasFocus()

    window.supposed_band.keep.setFocus()
    press(window, Key.Key_Space)

    assert not _supposing(window)
    rest()
    assert canvas.hasFocus()
    kept = window.desk.records
    assert kept != start
    assert str(window.desk.session.can_undo()) == "Keep what-if (2 changes)"
    press(window, Key.Key_Z, CTRL)
    assert window.desk.records == start
    press(window, Key.Key_Y, CTRL)
    assert window.desk.records == kept
    assert person in kept.all(Person)


def _wait(windows: Windows, window: MainWindow, count: int) -> None:
    """A slider moved by keys is supposed when it has rested."""
    session = window.desk.session
    windows.qtbot.waitUntil(lambda: session.supposed_count == count, timeout=5_000)


def test_several_selected_people_are_scored_in_one_step(
    windows: Windows, at_chain: MainWindow
) -> None:
    window = at_chain
    project = window.desk.place.project
    assert project is not None
    people = tuple(one.person for one in window.desk.analysis().chain(project).members[:2])
    _begin(window)
    window.desk.select(Selected(people=people))
    rest()
    _drag(_sliders(window).sliders[Dimension.PRICE], 0.9, let_go=True)
    assert window.desk.session.supposed_count == 1
    found = {window.desk.analysis().standing(p, Dimension.PRICE) for p in people}
    assert len({one.value for one in found if one is not None}) == 1
    _sliders(window).stances.buttons[4].click()
    members = window.desk.analysis().chain(project).members
    assert {one.stance for one in members if one.person in people} == {Stance.MENTOR}
    assert _what_if(window).frame.marked == set(people)


def test_whom_to_work_on_first_is_tried_and_planned(windows: Windows, at_chain: MainWindow) -> None:
    window = at_chain
    press(window, Key.Key_F, CTRL_SHIFT)
    panel = _list(window)
    assert panel.isVisible()
    assert panel.rows[0].name.hasFocus()
    gains = work_first(window.desk.analysis(), window.desk.place.project)
    assert [made.gain for made in panel.rows] == list(gains[:12])

    panel.rows[0].name.click()
    assert window.desk.selection.people == (gains[0].person,)
    panel.rows[1].plan.click()
    panel.rows[0].plan.click()
    assert panel.form is not None
    assert panel.form.person == gains[0].person
    actions = len(window.desk.records.all(Action))
    panel.form.ended.emit()
    assert _list(window).form is None

    panel.rows[0].attempt.click()
    rest()
    assert _supposing(window)
    assert window.desk.session.supposed_count == 1
    assert panel.rows[0].attempt.hasFocus()
    panel.rows[0].attempt.click()
    rest()
    assert window.desk.session.supposed_count == 2
    assert len(window.desk.records.all(Action)) == actions
    press(window, Key.Key_F, CTRL_SHIFT)
    assert panel.isHidden()
    window.commands.run("what_if_discard")
    assert not _supposing(window)


def test_leaving_asks_once_keep_discard_or_stay(windows: Windows, at_chain: MainWindow) -> None:
    window = at_chain
    _begin(window)
    press(window, Key.Key_W, CTRL_SHIFT)
    assert not _supposing(window)
    _begin(window)
    account = window.desk.place.account
    assert account is not None
    window.desk.edit(phrase("Add"), edits.add_person, account=account, name="Nobody")

    with dialog_answered(_pressing("Stay")):
        press(window, Key.Key_W, CTRL_SHIFT)
    assert _supposing(window)
    with dialog_answered(_pressing("Stay")):
        window.close()
    assert window.isVisible()
    with dialog_answered(_pressing("Keep")):
        _what_if(window).button.click()
    assert not _supposing(window)
    assert "Nobody" in {one.name for one in window.desk.records.all(Person).values()}
    _begin(window)
    window.desk.edit(phrase("Add"), edits.add_person, account=account, name="Somebody")
    path = window.desk.session.path
    with dialog_answered(_pressing("Discard")):
        window.close()
    assert not window.desk.is_open
    with Session.open(path) as session:
        names = {one.name for one in session.all_records().all(Person).values()}
        assert "Nobody" in names
        assert "Somebody" not in names


def _pressing(text: str):  # type: ignore[no-untyped-def]
    def answer(dialog: QDialog) -> None:
        assert isinstance(dialog, QMessageBox)
        next(one for one in dialog.buttons() if one.text() == text).click()

    return answer


def test_nothing_goes_in_or_out_during_a_what_if(
    windows: Windows, at_chain: MainWindow, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    window = at_chain
    _begin(window)
    told: list[str] = []
    window.messages.warned.connect(told.append)
    for asks in ("getSaveFileName", "getOpenFileName"):
        monkeypatch.setattr(QFileDialog, asks, lambda *_a, **_k: (str(tmp_path / "other.brm"), ""))
    monkeypatch.setattr(QPrintDialog, "exec", lambda _self: pytest.fail("printed"))
    orders = ("import", "export_plan", "export_canvas", "print", "open_store", "new_store")
    for order in orders:
        window.commands.run(order)
        rest()
    window.stores.open_sample()
    windows.settle(window)
    sentence = "Nothing goes in or out during a what-if: keep or discard it first, then try again."
    assert told == [sentence] * len(orders) or set(told) == {sentence}
    assert len(told) >= len(orders)
    assert not (tmp_path / "other.brm").exists()
    assert _supposing(window)


def test_the_mode_is_seen_on_every_canvas_and_ends_from_every_page(
    windows: Windows, at_chain: MainWindow
) -> None:
    window = at_chain
    person = _someone(window)
    account = window.desk.place.account
    _begin(window)
    for place in (
        Place(Page.ACCOUNT, account, Tab.MAP),
        Place(Page.ACCOUNT, account, Tab.MAP, person=person),
    ):
        windows.go(window, place)
        window.desk.show_person(person)
        rest()
        assert _what_if(window).frame.isVisible()
        assert _band(window).isVisible()
        assert _sliders(window).isVisible()
        assert not _sliders(window).stances.isVisible()
    window.commands.run("table_twin")
    rest()
    assert _sliders(window).isHidden()
    assert _what_if(window).frame.isVisible()
    window.commands.run("table_twin")
    windows.go(window, Place(Page.ACCOUNT, account, Tab.HISTORY))
    press(window, Key.Key_W, CTRL_SHIFT)
    assert not _supposing(window)
    press(window, Key.Key_W, CTRL_SHIFT)
    assert not _supposing(window)
    window.commands.run("what_if_keep")
    for name in ("what_if_sliders", "work_first"):
        window.commands.run(name)
    windows.go(window, Place(Page.ACCOUNT, account, Tab.MAP))
    window.commands.run("what_if_sliders")
    _begin(window)
    window.desk.select(Selected())
    window.commands.run("what_if_sliders")
    window.commands.run("what_if_keep")
    assert not _supposing(window)


def test_the_sheet_follows_its_card_and_lets_nothing_through(
    windows: Windows, at_chain: MainWindow
) -> None:
    window = at_chain
    _someone(window)
    _begin(window)
    sheet = _sliders(window)
    canvas = _pane(window).canvas
    assert canvas is not None
    before, zoom, cards = sheet.pos(), canvas.zoom, len(canvas.content.cards)
    QTest.mouseDClick(sheet, Qt.MouseButton.LeftButton, pos=QPoint(4, 4))
    wheel = QWheelEvent(
        QPointF(4, 4),
        QPointF(sheet.mapToGlobal(QPoint(4, 4))),
        QPoint(0, 0),
        QPoint(0, 120),
        Qt.MouseButton.NoButton,
        CTRL,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(sheet, wheel)
    assert not canvas.field.is_open
    assert (canvas.zoom, len(canvas.content.cards)) == (zoom, cards)
    canvas.pan_by(40, 0)
    rest()
    assert sheet.pos() != before
    window.use_language("zh_CN")
    window.use_language("en")
    assert sheet.sliders[Dimension.PRICE].accessibleName() == "Price acceptance"


def test_a_day_in_the_past_has_no_what_if(windows: Windows, at_chain: MainWindow) -> None:
    window = at_chain
    told: list[str] = []
    window.messages.warned.connect(told.append)
    today = window.desk.session.today()
    window.desk.show_day(today.replace(year=today.year - 1))
    rest()
    press(window, Key.Key_W, CTRL_SHIFT)
    assert not _supposing(window)
    assert len(told) == 1
    assert not windows.defects
