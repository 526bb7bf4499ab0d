"""Opening, making and leaving stores: what the window does around a session."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QStandardPaths
from PySide6.QtWidgets import QFileDialog, QWidget

from brm_desktop.domain.errors import Problem
from brm_desktop.domain.phrase import phrase
from brm_desktop.gui.desk import Desk
from brm_desktop.language import tr
from brm_desktop.session.last_store import last_store, remember_store
from brm_desktop.session.session import Session

SUFFIX = ".brm"
SAMPLE_NAME = "sample" + SUFFIX

OpenSession = Callable[[Path, bool], Session]
WriteSample = Callable[[Path], None]


def open_session(path: Path, create: bool) -> Session:
    """Open a store, or make it first."""
    return Session.open(path, create=create, own_name=tr("Our company"))


class Stores(QObject):
    """Which store the window works on."""

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

    @property
    def has_sample(self) -> bool:
        """Whether the sample portfolio can be offered."""
        return self._write_sample is not None

    def start(self, wanted: Path | None) -> bool:
        """Open what was asked for, or else what was open last; whether a store is open now."""
        path = wanted or last_store()
        return path is not None and self.open(path, create=False)

    def open(self, path: Path, *, create: bool) -> bool:
        """Open a store in place of the present one, which stays when there is a problem."""
        try:
            if self._desk.is_open and self._desk.session.path == path:
                return True
            session = self._open(path, create)
        except Problem as problem:
            self._desk.preferences.forget_store(path)
            self._desk.messages.failed(problem)
            return False
        self._desk.attach(session)
        self._remember(path)
        return True

    def ask_new(self) -> bool:
        """Ask where a new store shall be, and make it."""
        chosen, _ = QFileDialog.getSaveFileName(
            self._window,
            tr("New store"),
            str(home() / f"{tr('accounts')}{SUFFIX}"),
            tr("BRM stores (*{suffix})", suffix=SUFFIX),
        )
        if not chosen:
            return False
        path = Path(chosen)
        return self.open(path if path.suffix else path.with_suffix(SUFFIX), create=True)

    def ask_open(self) -> bool:
        """Ask for a store and open it."""
        chosen, _ = QFileDialog.getOpenFileName(
            self._window,
            tr("Open a store"),
            str(home()),
            tr("BRM stores (*{suffix});;All files (*)", suffix=SUFFIX),
        )
        return bool(chosen) and self.open(Path(chosen), create=False)

    def sample_path(self) -> Path:
        """Where the sample portfolio is kept."""
        place = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.AppDataLocation)
        return Path(place) / SAMPLE_NAME

    @property
    def on_sample(self) -> bool:
        """Whether the sample portfolio is open."""
        return self._desk.is_open and self._desk.session.path == self.sample_path()

    def open_sample(self, then: Callable[[], object]) -> None:
        """Open the sample portfolio, writing it first where it is not there yet."""
        path = self.sample_path()
        write = self._write_sample
        if path.is_file() or write is None:
            if self.open(path, create=False):
                then()
            return

        def work(_progress: object) -> None:
            path.parent.mkdir(parents=True, exist_ok=True)
            write(path)

        def done(_result: object) -> None:
            if self.open(path, create=False):
                then()

        self._desk.jobs.run(phrase("Writing the sample portfolio"), work, done)

    def remove_sample(self) -> None:
        """Take the sample portfolio away for good; it holds nothing of the user's."""
        path = self.sample_path()
        if self.on_sample:
            self._desk.detach()
        for part in (path, *path.parent.glob(f"{path.name}-*")):
            part.unlink(missing_ok=True)
        self._desk.preferences.forget_store(path)
        self._desk.messages.say(phrase("The sample portfolio is gone."))

    def _remember(self, path: Path) -> None:
        self._desk.preferences.remember_store(path)
        try:
            remember_store(path)
        except Problem as problem:
            self._desk.messages.failed(problem)


def home() -> Path:
    """The user's documents."""
    place = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    return Path(place)
