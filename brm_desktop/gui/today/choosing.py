"""Somebody by name, to answer with: of us, or of an account, whose people are read for it."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QSignalBlocker, QSize, Qt, Signal
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
from brm_desktop.gui.today.answers import Newcomer
from brm_desktop.gui.widgets.fields import ChooseName
from brm_desktop.gui.words import joined, person_name
from brm_desktop.gui.work import Cancelled
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
    """One of an account's people, ``without`` one; they are read when it first has the keys.

    A name that is typed is offered as that of somebody new, too. ``answered`` tells the id of who
    was chosen, or a :class:`Newcomer`, once.
    """

    answered = Signal(object)

    def __init__(self, desk: Desk, account: AccountId, without: str | None = None) -> None:
        super().__init__(tr("Who is it?"))
        self._desk = desk
        self._account = account
        self._without = without
        self._asked = self._there = self._dropped = False
        self._answer: object = None
        self.setPlaceholderText(tr("Who is it?"))  # else Qt would choose the first that comes
        line = self.lineEdit()
        assert line is not None  # an editable box has one
        line.textEdited.connect(self._offer_newcomer)
        line.returnPressed.connect(self._take_newcomer)
        self.picked.connect(self._tell)

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

        self._desk.jobs.run(
            phrase("Reading the accounts"), work, self._take, self._not_read, quiet=True
        )

    def _take(self, people: Choices) -> None:
        if not isValid(self):
            return  # its question was answered meanwhile
        self._there = True
        self.offer_people(people)
        self._offer_newcomer(self.currentText())
        if self._dropped and self.hasFocus():
            self.showPopup()

    def _not_read(self, error: BaseException) -> None:
        """Say why nobody can be offered; who comes back here has it tried again."""
        if isValid(self):
            self._asked = self._dropped = False
        if not isinstance(error, Cancelled):
            self._desk.messages.failed(error)

    def _offer_newcomer(self, typed: str) -> None:
        """Offer what is typed as the name of somebody new, last in the list."""
        self._answer = None
        self._withdraw_newcomer()
        name = " ".join(typed.split())
        if self._there and name and self.findText(typed, Qt.MatchFlag.MatchFixedString) < 0:
            with QSignalBlocker(self):
                self._values.append(Newcomer(name))
                self.addItem(tr("New person “{name}”", name=typed))

    def _withdraw_newcomer(self) -> None:
        if not self._has_newcomer:
            return
        typed, last = self.currentText(), self.count() - 1
        with QSignalBlocker(self):
            if self.currentIndex() == last:
                self.setCurrentIndex(-1)  # else Qt would choose whoever is before
                self.setEditText(typed)
            self.removeItem(last)
            self._values.pop()

    def _take_newcomer(self) -> None:
        """Take somebody new on Enter where the name of nobody known is like that."""
        typed, last = self.currentText().casefold(), self.count() - 1
        known = (self.itemText(place).casefold() for place in range(last))
        if self._has_newcomer and not any(typed in name for name in known):
            self.setCurrentIndex(last)
            self.activated.emit(last)

    def _put_back(self) -> None:
        """Whoever was offered as somebody new, and was not taken, is not offered any more."""
        super()._put_back()
        if self._has_newcomer and self.currentText() != self.itemText(self.count() - 1):
            self._withdraw_newcomer()

    @property
    def _has_newcomer(self) -> bool:
        """Whether somebody new is offered."""
        return bool(self._values) and isinstance(self._values[-1], Newcomer)

    def _tell(self, whom: object) -> None:
        """Tell whom the user took, once: Enter in the list beneath takes him a second time."""
        if whom != self._answer:
            self._answer = whom
            self.answered.emit(whom)


def _people(analysis: AccountAnalysis, without: str | None) -> Choices:
    """Who is there, by name, with their titles."""
    there = (one for one in analysis.people if one.id != without)
    return in_name_order(
        (joined(called(analysis.records, PersonId(one.id)), one.title), one.id) for one in there
    )
