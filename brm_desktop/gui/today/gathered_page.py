"""A page over what is gathered of many accounts: it says how far that is, or that nothing is."""

from __future__ import annotations

from typing import Any, Generic, TypeVar

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QLayout, QPushButton, QStackedLayout, QVBoxLayout, QWidget

from brm_desktop.domain.phrase import Phrase, phrase
from brm_desktop.gui.desk import Desk, Page, Place
from brm_desktop.gui.pages.page import DeskPage
from brm_desktop.gui.pages.resources.gathering import AccountsGathered
from brm_desktop.gui.widgets.empty import EmptyPage
from brm_desktop.gui.widgets.frames import label
from brm_desktop.language import number, tr

G = TypeVar("G", bound=AccountsGathered[Any])
"""What gathers, of whatever it reads of an account."""


class GatheredPage(DeskPage, Generic[G]):
    """A head over the page itself or over what is said where there is nothing to show.

    ``gathering`` is asked when the page is looked at, and shown each time it knows more; ``state``
    belongs into the head.
    """

    def __init__(self, desk: Desk, gathering: G) -> None:
        super().__init__(desk)
        self.gathering = gathering
        self.state = label("small")
        self._stack = QStackedLayout()
        self._way_out: QPushButton | None = None
        gathering.renewed.connect(self.ask_refresh)
        desk.closed.connect(self.forget)

    def showEvent(self, event: QShowEvent) -> None:
        """Ask for the accounts when it is looked at."""
        if self.desk.is_open:
            self.gathering.ask()
        super().showEvent(event)

    def forget(self) -> None:
        """Show nothing any more, as when the store is closed."""

    def lay_out(self, head: QLayout, body: QWidget, empty: QWidget) -> None:
        """Put the parts of the page where they belong."""
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 16)
        layout.setSpacing(12)
        layout.addLayout(head)
        layout.addLayout(self._stack, 1)
        self._stack.addWidget(body)
        self._stack.addWidget(empty)

    def show_body(self, *, anything: bool) -> None:
        """Show the page itself, or that there is not ``anything`` to show."""
        self._stack.setCurrentIndex(0 if anything else 1)
        if not anything and self._way_out is not None:
            self.pay_keys(self._way_out.setFocus)

    def say_state(self) -> None:
        """Say how many accounts are read until all are."""
        read, of = self.gathering.read, self.gathering.of
        said = tr("{n} of {of} accounts read", n=number(read), of=number(of))
        self.state.setText(said if read < of else "")

    def empty_page(self, picture: str, title: Phrase, words: Phrase) -> EmptyPage:
        """What is said where there is nothing to show, with the way to the accounts."""
        made = EmptyPage(self.desk.look, picture, title, words)
        self._way_out = made.button(phrase("Go to accounts"), primary=True)
        self._way_out.clicked.connect(lambda: self.desk.go(Place(Page.ACCOUNTS)))
        return made
