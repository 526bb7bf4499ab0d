"""Somebody by name, to answer with: of us, or of an account, whose people are read for it."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QSize
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from brm_desktop.domain.analysis import AccountAnalysis
from brm_desktop.domain.naming import called
from brm_desktop.domain.phrase import phrase
from brm_desktop.domain.records import Account, AccountId, PersonId
from brm_desktop.domain.sides import own_employees
from brm_desktop.domain.spelling import in_name_order
from brm_desktop.gui.desk import Desk
from brm_desktop.gui.widgets.fields import ChooseName
from brm_desktop.gui.words import joined, person_name
from brm_desktop.language import tr
from brm_desktop.session.company import Reading

Choices = list[tuple[str, object]]
_WIDE: Final = 176
_NARROW: Final = 96


class ChooseSomebody(ChooseName):
    """Begins with nobody, and says what it is for while it is empty; narrow where room is short."""

    def __init__(self, asked: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        line = self.lineEdit()
        assert line is not None  # an editable box has one
        line.setPlaceholderText(asked)

    def sizeHint(self) -> QSize:
        """Room for a name with its title."""
        return QSize(_WIDE, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """Room for a name."""
        return QSize(_NARROW, super().minimumSizeHint().height())

    def offer_people(self, people: Choices) -> None:
        """Offer people; what is typed already stays."""
        typed = self.currentText()
        self.offer(people, None)
        self.setEditText(typed)


def choose_colleague(desk: Desk) -> ChooseSomebody:
    """One of us: the user first, then the others by name."""
    made = ChooseSomebody(tr("Who of us"))
    user = desk.session.settings.user
    ours = own_employees(desk.records, desk.session.today())
    named = in_name_order((joined(person_name(one), one.title), one.id) for one in ours)
    made.offer_people(sorted(named, key=lambda one: one[1] != user))
    return made


class ChoosePerson(ChooseSomebody):
    """One of an account's people, ``without`` one; they are read when it first has the keys."""

    def __init__(self, desk: Desk, account: AccountId, without: str | None = None) -> None:
        super().__init__(tr("Who is it?"))
        self._desk = desk
        self._account = account
        self._without = without
        self._asked = self._dropped = False

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Whoever comes here is about to choose."""
        super().focusInEvent(event)
        self._ask()

    def showPopup(self) -> None:
        """Drop the list, or do once it is there."""
        self._ask()
        self._dropped = not self.count()
        if self.count():
            super().showPopup()

    def hidePopup(self) -> None:
        """A list that is not wanted any more is not dropped later."""
        self._dropped = False
        super().hidePopup()

    def _ask(self) -> None:
        """Have the account's people offered, read in a worker unless they are in memory."""
        if self._asked or not self._desk.is_open:
            return
        self._asked = True
        without = self._without
        if self._desk.records.get(Account, self._account) is not None:
            self._take(_people(self._desk.session.analysis(self._account), without))
            return
        reading, account = Reading.of(self._desk.session), self._account

        def work(_progress: object) -> Choices:
            found = reading.analysis(account)
            return [] if found is None else _people(found, without)

        self._desk.jobs.run(phrase("Reading the accounts"), work, self._take, quiet=True)

    def _take(self, people: Choices) -> None:
        if not isValid(self):
            return  # its question was answered meanwhile
        self.offer_people(people)
        if self._dropped and self.hasFocus():
            self.showPopup()


def _people(analysis: AccountAnalysis, without: str | None) -> Choices:
    """Who is there, by name, with their titles."""
    there = (one for one in analysis.people if one.id != without)
    return in_name_order(
        (joined(called(analysis.records, PersonId(one.id)), one.title), one.id) for one in there
    )
