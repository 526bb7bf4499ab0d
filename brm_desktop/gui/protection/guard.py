"""Locking and unlocking in the window: by order, after idling, and before a store opens.

A lock covers the window at once. The store is closed and its key dropped as soon as nothing is
going on; while a job runs, a what-if is on or a dialog is open it stays open beneath the cover, so
that nothing is lost. After unlocking one is where one was.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from brm_desktop.domain.errors import Problem, StoreDamaged
from brm_desktop.domain.phrase import Phrase, phrase
from brm_desktop.gui.protection.covering import TITLE, OtherWindows
from brm_desktop.gui.protection.idle import IdleWatch
from brm_desktop.gui.protection.way_back import WayBack
from brm_desktop.gui.stores import Done
from brm_desktop.gui.unopened import Damaged, Locked
from brm_desktop.language import number

if TYPE_CHECKING:
    from brm_desktop.gui.main_window import MainWindow
    from brm_desktop.gui.protection.lock_sheet import LockSheet
    from brm_desktop.gui.protection.unlock_dialog import UnlockDialog
    from brm_desktop.gui.protection.unlock_form import UnlockForm
    from brm_desktop.session.unlocking import Secret

CHOICES: Final = (1, 5, 10, 30, 60, 0)
"""Minutes without a touch after which a store is locked; 0 is never."""
USUAL_MINUTES: Final = 10
_KEPT_AS = "protection/minutes"

_UNFINISHED = phrase("Something is unfinished, so the store stays open.")


class Guard(QObject):
    """What stands between the window and whoever comes by."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._desk = window.desk
        self.locked = False
        self.barred = False
        """Whether nothing can be ordered but what a locked window offers."""
        self.asked_first = False
        """Whether the secret of the first store was asked for before the window was furnished."""
        self._returning = False
        self._path: Path | None = None
        self._asked: Locked | None = None
        self._back: WayBack | None = None
        self._dialog: UnlockDialog | None = None
        self._focus: QWidget | None = None
        self._sheet: LockSheet | None = None
        self.others = OtherWindows(window.look)
        self.idle = IdleWatch(self)
        self.idle.over.connect(self.lock)
        window.stores.locked.connect(self._ask)
        self._desk.opened.connect(self._opened)
        self._desk.closed.connect(self._watch)
        window.jobs.ended.connect(self._soon)
        app = QGuiApplication.instance()
        assert isinstance(app, QGuiApplication)
        app.focusWindowChanged.connect(self._cover_new)

    @property
    def sheet(self) -> LockSheet:
        """What covers the window; made when it first has to, for most windows are never locked."""
        if self._sheet is None:
            from brm_desktop.gui.protection.lock_sheet import LockSheet

            window = self._window
            sheet = self._sheet = LockSheet(window.look, window)
            sheet.form.submitted.connect(self._try)
            sheet.elsewhere.connect(partial(window.when_furnished, self._go_elsewhere))
            sheet.quit_asked.connect(window.close)
            sheet.language_asked.connect(partial(window.when_furnished, window.switch_language))
        return self._sheet

    @property
    def is_covered(self) -> bool:
        """Whether the sheet stands over the window."""
        return self._sheet is not None and self._sheet.is_up

    @property
    def minutes(self) -> int:
        """After how many minutes without a touch it locks; 0 for never."""
        kept = self._window.preferences.text(_KEPT_AS)
        return int(kept) if kept in map(str, CHOICES) else USUAL_MINUTES

    def use_minutes(self, minutes: int) -> None:
        """Lock after so many minutes from now on, and remember it."""
        self._window.preferences.set_text(_KEPT_AS, str(minutes))
        self._watch()

    @property
    def may_close(self) -> bool:
        """Whether the window may close: a what-if beneath a lock is not asked about."""
        if not (self.locked and self._desk.is_open and self._desk.session.supposing):
            return True
        self._form.refuse(phrase("Unlock it first: a what-if is not saved yet."))
        return False

    def lock(self) -> None:
        """Cover everything now, and close the store as soon as nothing is going on."""
        if self.locked or not self._desk.is_open:
            return
        from brm_desktop.gui.sync.asset_band import is_asset

        if is_asset(self._desk):
            self._window.asset_looking.go_back()  # a copy that goes when it is closed
            return
        if not self._desk.session.is_encrypted:
            self._desk.messages.say(
                phrase("This store is not encrypted, so there is nothing to lock; see Settings.")
            )
            return
        if self._dialog is not None:
            self._dialog.reject()
        self.locked = True
        self._path = self._desk.session.path
        self.barred = True
        self._focus = self._window.focusWidget()
        if self._focus is not None:
            self._focus.clearFocus()  # what was being typed into a field is taken
        self._desk.settle()  # nothing is asked beneath the lock
        self._window.setWindowTitle(TITLE)
        self.others.cover(None)
        self._show_form()
        self._soon()

    def cover_for(self, path: Path, sentence: Phrase) -> None:
        """Cover the window while something is done to a store that is then opened again."""
        self._path = path
        self.barred = True
        self.sheet.rest(sentence)

    def uncover(self) -> None:
        """Show the window again after that."""
        self._lift()

    def ask_first(self, path: Path) -> None:
        """Ask for the secret of the store that the window begins with.

        What is typed is unlocked at once; the store is opened when there is all to show it with.
        """
        self.asked_first = True
        self._ask(Locked(path, lambda: None, lambda: None))

    def prepare(self) -> None:
        """While the user types, import what the secret is tried with, and what writes numbers."""
        from brm_desktop.session.unlocking import get_ready

        if self._asked is None:
            return
        path = self._asked.path

        def work(_progress: object) -> None:
            number(0)
            get_ready(path)

        def failed(error: BaseException) -> None:
            if not isinstance(error, Problem):  # a problem is told when the store is opened
                self._desk.messages.defect(error)

        self._desk.jobs.run(phrase("Unlocking"), work, failed=failed, quiet=True)

    def _ask(self, asked: Locked) -> None:
        """An encrypted store was to be opened: ask for its secret."""
        if self._desk.is_open and self.locked:
            asked.otherwise()
            return
        self.locked, self._asked = False, asked
        name = asked.path.stem
        if self._desk.is_open:
            dialog = self._new_dialog(may_leave=True)
            dialog.left.connect(asked.otherwise)
            dialog.form.ask(name)
            dialog.open()
        else:
            self.barred = True
            self.sheet.ask(name, may_leave=True)

    def _try(self, secret: str) -> None:
        """See whether what was typed unlocks; on a worker, for it is slow on purpose."""
        self._form.wait()
        if self.locked and self._desk.is_open:
            session = self._desk.session
            self._desk.jobs.run(
                phrase("Unlocking"),
                lambda _progress: session.check_secret(secret),
                lambda _: self._lift(),
                self._refused,
                quiet=True,
            )
        elif self.locked and self._path is not None:
            then = partial(self._reopened, secret)
            self._unlock(self._path, secret, then)
        elif self._asked is not None:
            then = partial(self._opened_first, secret, self._asked)
            self._unlock(self._asked.path, secret, then)

    def _unlock(self, path: Path, secret: str, then: Done) -> None:
        """Find the key of a store that is closed, and open it with that."""
        from brm_desktop.session.unlocking import unlocked

        def found(way_in: Secret) -> None:
            self._window.when_furnished(partial(self._open, path, secret, way_in, then))

        def failed(error: BaseException) -> None:
            self._window.when_furnished(partial(self._not_opened, path, secret, error))

        self._desk.jobs.run(
            phrase("Unlocking"),
            lambda _progress: unlocked(path, secret),
            found,
            failed,
            quiet=True,
        )

    def _open(self, path: Path, secret: str, way_in: Secret, then: Done) -> None:
        """Open a store that is unlocked."""
        failed = partial(self._not_opened, path, secret)
        self._window.stores.open(path, secret=way_in, then=then, failed=failed)

    def _not_opened(self, path: Path, secret: str, error: BaseException) -> None:
        """Say why a store does not open; of a damaged one the way out is found with its secret."""
        if not isinstance(error, StoreDamaged):
            self._refused(error)
            return
        if self._desk.is_open:
            self._lift()
        else:
            self._go_elsewhere()
        stays, start = self._desk.is_open, self._window.navigation.show_start
        otherwise: Done = (lambda: None) if stays else start
        self._window.stores.damaged.emit(Damaged(path, error, secret, otherwise))

    def _refused(self, error: BaseException) -> None:
        """Say in place why it does not open."""
        if isinstance(error, Problem):
            self._form.refuse(error.sentence)
        else:
            self._form.refuse(phrase("That did not work."))
            self._desk.messages.defect(error)

    def _reopened(self, secret: str) -> None:
        """The locked store is open again: go back to where one was, and show it then."""
        self._returning = True
        back, self._back = self._back, None
        if back is None:
            self._lift(secret)
        else:
            back.go(partial(self._lift, secret))

    def _opened_first(self, secret: str, asked: Locked) -> None:
        """A store was opened that was not open before."""
        self._asked = None
        self._lift(secret)
        asked.then()

    def _lift(self, secret: str = "") -> None:
        """Show everything as it was."""
        was_locked, self.locked = self.locked, False
        self._returning = False
        self._path = None
        self.barred = False
        if self._sheet is not None:
            self._sheet.lift()
        if self._dialog is not None:
            self._dialog.accept()
            self._dialog = None
        if self._desk.is_open:
            self._window.setWindowTitle(f"{self._desk.session.path.stem} – {TITLE}")
        self._give_keys_back(was_locked)
        self.others.uncover()
        self._watch()
        if secret:
            QTimer.singleShot(0, self, partial(self._offer_passphrase, secret))

    def _give_keys_back(self, was_locked: bool) -> None:
        focus, self._focus = self._focus, None
        if was_locked and focus is not None and isValid(focus) and focus.isVisible():
            focus.setFocus()
        else:
            page = self._window.pages.currentWidget()
            first = getattr(page, "focus_first", None)
            if first is not None:
                first()

    def _offer_passphrase(self, secret: str) -> None:
        """Whoever opened with the recovery key has no passphrase that works here."""
        from brm_desktop.session.protection import is_recovery_key

        if is_recovery_key(secret) and self._desk.is_open and not self.locked:
            from brm_desktop.gui.protection.changing import ask_after_recovery

            ask_after_recovery(self._window, secret)

    def _soon(self, _job: object = None) -> None:
        if self.locked:
            QTimer.singleShot(0, self, self._close_if_free)
        QTimer.singleShot(0, self, self._ask_again_if_over)

    def _ask_again_if_over(self) -> None:
        """Let the secret be typed anew when nobody answers what was typed.

        Another store was asked for meanwhile, and did not open either.
        """
        asks = self._dialog is not None or self._sheet is not None
        if asks and not (self._returning or self._desk.jobs.running):
            self._form.stop_waiting()

    def _close_if_free(self) -> None:
        """Close the store and drop its key, unless something would be lost."""
        if not self.locked or self._returning or not self._desk.is_open:
            return
        self._cover_new()
        if self._desk.jobs.running or self._desk.session.supposing or self.others.open:
            return
        self._back = WayBack(self._desk, self._window.pages)
        self._desk.detach()
        self._window.setWindowTitle(TITLE)
        self._show_form()

    def _cover_new(self, _window: object = None) -> None:
        """A dialog that opened meanwhile, as when a job failed, is covered like the others."""
        if self.locked and not self._returning and self.others.cover(self._dialog):
            self._show_form()

    def _show_form(self) -> None:
        """Ask in the sheet, or over dialogs in one of its own, which must be the last opened."""
        typed = self._form.field.text
        if self._dialog is not None:
            self._dialog.accept()
            self._dialog = None
        path = self._path
        name = "" if path is None else path.stem
        if self.others.open:
            self.sheet.rest(phrase("Locked."))
            dialog = self._new_dialog(may_leave=False)
            dialog.form.ask(name, _UNFINISHED)
            dialog.show()
            dialog.activateWindow()
        else:
            unfinished = self._desk.is_open and self._desk.session.supposing
            sentence = _UNFINISHED if unfinished else None
            self.sheet.ask(name, sentence, may_leave=not self._desk.is_open)
        self._form.field.line.setText(typed)

    def _new_dialog(self, *, may_leave: bool) -> UnlockDialog:
        from brm_desktop.gui.protection.unlock_dialog import UnlockDialog

        dialog = UnlockDialog(self._window, self._window.look, may_leave=may_leave)
        dialog.form.submitted.connect(self._try)
        dialog.left.connect(self._left)
        self._dialog = dialog
        return dialog

    def _left(self) -> None:
        self._dialog = self._asked = None

    @property
    def _form(self) -> UnlockForm:
        return self.sheet.form if self._dialog is None else self._dialog.form

    def _go_elsewhere(self) -> None:
        """Leave the locked store alone, and choose another one on the first page."""
        asked, self._asked = self._asked, None
        self._back = None
        self._lift()
        self._window.navigation.show_start()
        if asked is not None:
            asked.otherwise()

    def _opened(self) -> None:
        """A store is open; another one than was locked ends the lock."""
        if self.is_covered and not self._is_awaited(self._desk.session.path):
            self._back = self._asked = None
            self._lift()
        self._watch()

    def _is_awaited(self, path: Path) -> bool:
        asked = None if self._asked is None else self._asked.path
        return path in (self._path, asked)

    def _watch(self) -> None:
        wanted = self._desk.is_open and self._desk.session.is_encrypted and not self.locked
        self.idle.watch(self.minutes if wanted else 0)
