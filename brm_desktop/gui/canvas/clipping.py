"""Copy and paste of people, within the program with all they are, and as text with others."""

from __future__ import annotations

from PySide6.QtGui import QGuiApplication

from brm_desktop.domain.errors import Refused
from brm_desktop.domain.phrase import phrase

MOST_PASTED = 1 << 20
"""Characters of text that are looked at for people."""
MOST_NAMES = 2_000
"""People pasted at once: each gets a card and a place; more of them come as a file."""


class Clip:
    """What was copied from a canvas last; one is shared by all canvases of a window.

    The system's clipboard carries the names as text, which also says whether the people copied here
    are still what it holds. It gets no data object of ours: Qt would destroy that after Python has
    ended.
    """

    def __init__(self) -> None:
        self._text = ""
        self._copied: object = None

    def put(self, copied: object, text: str) -> None:
        """Copy people: for this program as they are, for others as text."""
        self._text = text
        self._copied = copied
        QGuiApplication.clipboard().setText(text)

    def taken(self) -> object:
        """The people copied here, or ``None`` when something else was copied since."""
        return self._copied if QGuiApplication.clipboard().text() == self._text else None

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing that could be pasted."""
        return self.taken() is None and not QGuiApplication.clipboard().text()[:1_000].strip()

    def names(self) -> list[str]:
        """The lines of text on the clipboard, for people copied from another program.

        Raises ``Refused`` when it is more than a person would copy.
        """
        text = QGuiApplication.clipboard().text()
        lines = [line.strip() for line in text[:MOST_PASTED].splitlines() if line.strip()]
        if len(text) > MOST_PASTED or len(lines) > MOST_NAMES:
            raise Refused(
                phrase(
                    "The clipboard holds too much to be people: at most {limit} lines are pasted;"
                    " import a file instead.",
                    limit=MOST_NAMES,
                )
            )
        return lines
