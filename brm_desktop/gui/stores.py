"""Opening, making and leaving stores: what the window does around a session."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from brm_desktop.domain.errors import Problem, StoreDamaged, StoreLocked
from brm_desktop.domain.phrase import phrase
from brm_desktop.gui.desk import Desk
from brm_desktop.gui.what_if.leaving import refused_meanwhile
from brm_desktop.language import tr
from brm_desktop.session.last_store import remember_store

if TYPE_CHECKING:
    from brm_desktop.session.protection import Protection
    from brm_desktop.session.session import Session
    from brm_desktop.session.unlocking import Secret

SUFFIX = ".brm"
SAMPLE_NAME = "sample" + SUFFIX

OpenSession = Callable[[Path, "Protection | None", "Secret | None"], "Session"]
"""Opens a store, with its secret where it is encrypted, or makes it first, protected like that."""
WriteSample = Callable[[Path], object]
Done = Callable[[], object]
Failed = Callable[[BaseException], None]


def _nothing() -> None:
    """What is done then when nothing is wanted."""


def open_session(path: Path, create: Protection | None, secret: Secret | None) -> Session:
    """Open a store, or make it first."""
    from brm_desktop.session.session import Session

    return Session.open(path, create=create, secret=secret, own_name=tr("Our company"))


class Stores(QObject):
    """Which store the window works on.

    ``locked`` asks whoever hears it for a store's secret, ``damaged`` for a way out.
    """

    locked = Signal(object)
    damaged = Signal(object)

    def __init__(
        self,
        desk: Desk,
        window: QWidget,
        opener: OpenSession = open_session,
        write_sample: WriteSample | None = None,
    ) -> None:
        super().__init__(window)
        self._desk = desk
        self._window = window
        self._open = opener
        self._write_sample = write_sample
        self._asked: Path | None = None
        self._warned: set[tuple[Path, str]] = set()

    @property
    def has_sample(self) -> bool:
        """Whether the sample portfolio can be offered."""
        return self._write_sample is not None

    def open(
        self,
        path: Path,
        *,
        create: Protection | None = None,
        secret: Secret | None = None,
        then: Done = _nothing,
        otherwise: Done = _nothing,
        failed: Failed | None = None,
    ) -> None:
        """Open a store in place of the present one, which stays when there is a problem.

        It is read off the window's thread; ``then`` or ``otherwise`` is called when that is over.
        What went wrong is told, or handed to ``failed`` where that is given.
        """
        if self._desk.is_open and self._desk.session.path == path:
            self._asked = path
            then()
            return
        if refused_meanwhile(self._desk):
            otherwise()
            return
        self._asked = path

        def told(error: BaseException) -> None:
            self._went_wrong(error, path, secret, then, otherwise)

        name = phrase("Opening {file}", file=path.name)
        self._desk.jobs.run(
            name,
            lambda _progress: self._open(path, create, secret),
            lambda session: self._opened(session, path, then, otherwise),
            failed or told,
            unwanted=lambda session: session.close(),
        )

    def _opened(self, session: Session, path: Path, then: Done, otherwise: Done) -> None:
        """Work on a store that was opened, unless the user wants something else by now."""
        if self._asked != path:
            session.close()
            return
        if refused_meanwhile(self._desk):
            session.close()
            otherwise()
            return
        self._desk.attach(session)
        self._remember(path)
        self._warn(path, session)
        then()

    def _went_wrong(
        self, error: BaseException, path: Path, secret: Secret | None, then: Done, otherwise: Done
    ) -> None:
        """Ask for the secret of a locked store, for a way out of a damaged one, or tell."""
        from brm_desktop.gui.unopened import Damaged, Locked
        from brm_desktop.session.unlocking import typed

        if isinstance(error, StoreLocked):
            self.locked.emit(Locked(path, then, otherwise))
        elif isinstance(error, StoreDamaged):
            self.damaged.emit(Damaged(path, error, typed(secret), otherwise))
        else:
            self._desk.preferences.forget_store(path)
            self._desk.messages.failed(error)
            otherwise()

    def ask_new(self, then: Done = _nothing) -> None:
        """Ask where a new store shall be and how it is protected, and make it.

        The recovery key of an encrypted one is shown before anything else.
        """
        if refused_meanwhile(self._desk):
            return
        from brm_desktop.gui.protection.new_store_dialog import NewStoreDialog

        proposed = home() / f"{tr('accounts')}{SUFFIX}"
        if NewStoreDialog(self._window, self._desk.look, proposed, self._make).ask():
            self._show_recovery_key()
            then()

    def ask_open(self) -> None:
        """Ask for a store and open it."""
        from PySide6.QtWidgets import QFileDialog

        chosen, _ = QFileDialog.getOpenFileName(
            self._window,
            tr("Open a store"),
            str(home()),
            tr("BRM stores (*{suffix});;All files (*)", suffix=SUFFIX),
        )
        if chosen:
            self.open(Path(chosen))

    def sample_path(self) -> Path:
        """Where the sample portfolio is kept."""
        from PySide6.QtCore import QStandardPaths

        place = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.AppDataLocation)
        return Path(place) / SAMPLE_NAME

    @property
    def on_sample(self) -> bool:
        """Whether the sample portfolio is open."""
        return self._desk.is_open and self._desk.session.path == self.sample_path()

    def open_sample(self) -> None:
        """Open the sample portfolio, writing it first where it is not there yet."""
        path = self.sample_path()
        write = self._write_sample
        if path.is_file() or write is None:
            self.open(path)
            return

        self._asked = path

        def work(_progress: object) -> None:
            path.parent.mkdir(parents=True, exist_ok=True)
            write(path)

        def done(_result: object) -> None:
            if self._asked == path:
                self.open(path)

        self._desk.jobs.run(phrase("Writing the sample portfolio"), work, done)

    def remove_sample(self) -> None:
        """Take the sample portfolio away for good; it holds nothing of the user's."""
        from brm_desktop.session.backups import remove_all
        from brm_desktop.session.protection import remove_store

        path = self.sample_path()
        if self.on_sample and refused_meanwhile(self._desk):
            return
        if self.on_sample:
            self._desk.detach()
        try:
            remove_store(path)
            remove_all(path)
        except Problem as problem:
            self._desk.messages.failed(problem)
            return
        self._desk.preferences.forget_store(path)
        self._desk.messages.say(phrase("The sample portfolio is gone."))

    def _make(self, path: Path, protection: Protection, done: Done, failed: Failed) -> None:
        self.open(path, create=protection, then=done, failed=failed)

    def _show_recovery_key(self) -> None:
        session = self._desk.session
        if session.is_encrypted:
            from brm_desktop.gui.protection.recovery_dialog import show_recovery_key

            show_recovery_key(self._desk, self._window)

    def _warn(self, path: Path, session: Session) -> None:
        """Say what is to be known of a store's place: once, and not after every unlocking."""
        warning = session.warning
        if warning is not None and (path, warning.text) not in self._warned:
            self._warned.add((path, warning.text))
            self._desk.messages.warn(warning)

    def _remember(self, path: Path) -> None:
        self._desk.preferences.remember_store(path)
        try:
            remember_store(path)
        except Problem as problem:
            self._desk.messages.failed(problem)


def home() -> Path:
    """The user's documents, or the user's own folder where there are none."""
    from PySide6.QtCore import QStandardPaths

    place = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    return Path(place) if Path(place).is_dir() else Path.home()
