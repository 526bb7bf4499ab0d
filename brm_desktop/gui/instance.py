"""One window per user: a second start hands over what it was asked for, and the first comes up.

They speak through a local socket that only this user can reach; nothing goes over a network.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from enum import Enum, auto
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QElapsedTimer, QObject, Qt, QThread, QTimer, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket
from PySide6.QtWidgets import QApplication, QWidget

from brm_desktop import language
from brm_desktop.domain.phrase import phrase
from brm_desktop.process.wanted import LARGEST, Wanted, packed, unpacked

if TYPE_CHECKING:
    from brm_desktop.gui.main_window import MainWindow

PATIENCE_MS: Final = 5_000
"""How long a second start waits for the first to answer."""
_GUEST_MS: Final = 2_000
_MOST_GUESTS: Final = 8
_AGAIN_MS: Final = 50
_YES: Final = b"yes\n"
_NO: Final = b"no\n"


class Answer(Enum):
    """How handing over ended."""

    TAKEN = auto()
    SILENT = auto()
    OURS_NOW = auto()
    """Meanwhile the first has ended, and this start is the first."""


class Reception(QObject):
    """What the first window hears of later starts."""

    asked = Signal(object)

    def __init__(self, address: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._address = address
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.setMaxPendingConnections(_MOST_GUESTS)
        self._server.newConnection.connect(self._welcome_guests)

    def open(self) -> bool:
        """Listen; what a crashed window left at the address is cleared away.

        Only who has the right to be the one window may call it.
        """
        QLocalServer.removeServer(self._address)
        return self._server.listen(self._address)

    def close(self) -> None:
        """Listen no more."""
        self._server.close()

    def _welcome_guests(self) -> None:
        while (guest := self._server.nextPendingConnection()) is not None:
            guest.setReadBufferSize(LARGEST)
            guest.disconnected.connect(guest.deleteLater)
            guest.readyRead.connect(lambda guest=guest: self._hear(guest))
            QTimer.singleShot(_GUEST_MS, guest, guest.abort)
            self._hear(guest)

    def _hear(self, guest: QLocalSocket) -> None:
        if not guest.canReadLine():
            if guest.bytesAvailable() >= LARGEST:
                guest.abort()
            return
        wanted = unpacked(bytes(guest.readLine(LARGEST).data()))
        guest.write(_NO if wanted is None else _YES)
        guest.flush()
        guest.disconnectFromServer()
        if wanted is not None:
            self.asked.emit(wanted)


def receive(window: MainWindow, address: str) -> Reception:
    """Hear of later starts as long as the window is there, where one can listen."""
    reception = Reception(address, window)
    reception.asked.connect(lambda wanted: take_in(window, wanted))
    reception.open()
    return reception


def hand_over(
    address: str,
    wanted: Wanted,
    is_first: Callable[[], bool],
    patience_ms: int,
) -> Answer:
    """Tell the first window what is wanted, and wait for its answer at most so long.

    The first may still be starting and not listen yet, or be about to end; ``is_first`` tries to
    take its place.
    """
    passed = QElapsedTimer()
    passed.start()
    _let_come_forward()
    while (left := patience_ms - passed.elapsed()) > 0:
        if _told(address, wanted, left):
            return Answer.TAKEN
        if is_first():
            return Answer.OURS_NOW
        QThread.msleep(_AGAIN_MS)
    return Answer.SILENT


def take_in(window: MainWindow, wanted: Wanted) -> None:
    """Bring the window forward and open what a later start was asked to open.

    Whatever could be refused by hand is refused here too; a question that is open is left open.
    """
    question = QApplication.activeModalWidget()
    _bring_forward(window)
    if question is not None:
        _bring_forward(question)
        if wanted.store is not None:
            window.messages.warn(
                phrase(
                    "Answer the open question first, then open {file} again.",
                    file=wanted.store.name,
                )
            )
        return
    code = wanted.language
    if code is not None and code in language.LANGUAGES and code != language.current():
        window.use_language(code)
    if wanted.store is not None:
        window.stores.open(wanted.store)


def _told(address: str, wanted: Wanted, patience_ms: int) -> bool:
    """Whether the first window took the message."""
    passed = QElapsedTimer()
    passed.start()
    socket = QLocalSocket()
    socket.connectToServer(address)
    if not socket.waitForConnected(patience_ms):
        return False
    socket.write(packed(wanted))
    while not socket.canReadLine():
        left = patience_ms - passed.elapsed()
        if left <= 0 or not socket.waitForReadyRead(left):
            break
    taken = bytes(socket.readLine(LARGEST).data()) == _YES
    socket.abort()
    return taken


def _bring_forward(window: QWidget) -> None:
    state = window.windowState() & ~Qt.WindowState.WindowMinimized
    window.setWindowState(state | Qt.WindowState.WindowActive)
    window.show()
    window.raise_()
    window.activateWindow()


def _let_come_forward() -> None:
    """Windows lets a process come forward only when the one that has the keys allows it."""
    if sys.platform == "win32":
        import ctypes

        anyone = -1
        ctypes.windll.user32.AllowSetForegroundWindow(anyone)
