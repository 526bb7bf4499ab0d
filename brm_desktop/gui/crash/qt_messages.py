"""What Qt has to say goes into the log: which of its functions warned, not the values it quotes."""

from __future__ import annotations

import logging
import re
import sys
from collections.abc import Callable

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler

from brm_desktop.process.logs import Known

_LOG = logging.getLogger("brm_desktop.qt")
_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}
_SPEAKER = re.compile(r"Q[A-Za-z]{2,40}(?:::~?[A-Za-z]{2,40})*")
"""A class or function of Qt at the beginning of what it says."""
_CATEGORY = re.compile(r"[a-z0-9.]{1,60}")


def log_qt_messages() -> Callable[[], None]:
    """Log what Qt says from now on; gives the way to stop.

    Whoever heard it before goes on hearing it, and so does a terminal.
    """

    def heard(kind: QtMsgType, context: QMessageLogContext, message: str) -> None:
        category = context.category or ""
        known = category if _CATEGORY.fullmatch(category) else "?"
        speaker = _SPEAKER.match(message)
        said_by = speaker[0] if speaker else "-"
        _LOG.log(_LEVELS.get(kind, logging.WARNING), "%s: %s", Known(known), Known(said_by))
        if before is not None:
            before(kind, context, message)
        elif sys.stderr is not None and sys.stderr.isatty():
            print(message, file=sys.stderr)  # noqa: T201  as Qt does by itself

    before = qInstallMessageHandler(heard)

    def stop() -> None:
        qInstallMessageHandler(before)

    return stop
