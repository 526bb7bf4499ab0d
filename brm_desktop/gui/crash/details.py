"""The details of a report: versions, kinds of error, places in the code; nothing of the user's."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import qVersion

from brm_desktop import __version__
from brm_desktop.process.frames import told
from brm_desktop.process.run_mark import BadEnd


def details_of_defect(error: BaseException) -> str:
    """What may be told of a defect."""
    return "\n".join((*_circumstances(__version__), "", *told(error)))


def details_of_bad_end(end: BadEnd) -> str:
    """What may be told of a run that did not end in order."""
    trace: Iterable[str] = end.trace or ("no trace: ended from outside, or by a power cut",)
    return "\n".join((*_circumstances(end.version), f"started {end.since}", "", *trace))


def _circumstances(version: str) -> tuple[str, ...]:
    import platform

    from brm_desktop.storage.driver import SQLITE_VERSION

    return (
        f"BRM Desktop {version}",
        platform.platform(),
        f"Python {platform.python_version()}, Qt {qVersion()}, SQLite {SQLITE_VERSION}",
    )
