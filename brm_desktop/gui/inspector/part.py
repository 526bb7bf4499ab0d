"""Parts of the inspector, each about one side of what is selected."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from brm_desktop.domain.analysis import AccountAnalysis
from brm_desktop.domain.importance import Importance
from brm_desktop.domain.phrase import Phrase
from brm_desktop.domain.records import (
    Account,
    AccountId,
    ChainMember,
    Person,
    PersonId,
    ProjectId,
    id_of,
)
from brm_desktop.gui.desk import Desk, Page
from brm_desktop.gui.texts import Texts
from brm_desktop.gui.widgets.frames import hairline, label
from brm_desktop.gui.words import person_name

_NAMES_WIDE = 74


@dataclass(frozen=True, slots=True)
class PersonContext:
    """A person as the inspector meets him: in an account, perhaps on a project's chain.

    ``analysis`` is that of the account on show, also when he is not one of its people.
    """

    person: Person
    account: AccountId | None
    analysis: AccountAnalysis | None
    importance: Importance | None
    project: ProjectId | None
    member: ChainMember | None

    @property
    def of_account(self) -> bool:
        """Whether he is one of the customer's people of the account on show."""
        return self.importance is not None

    @property
    def name(self) -> str:
        """What he is called."""
        return person_name(self.person)


def context_of(desk: Desk, person_id: PersonId) -> PersonContext | None:
    """What the inspector needs to know of a person; ``None`` when he is gone."""
    records = desk.records
    person = records.get(Person, person_id)
    if person is None:
        return None
    place = desk.place
    account = place.account if place.page is Page.ACCOUNT else None
    if account is None or records.get(Account, account) is None:
        return PersonContext(person, None, None, None, None, None)
    analysis = desk.analysis(account)
    member = None
    if place.project is not None:
        member = records.get(ChainMember, id_of(ChainMember, place.project, person_id))
    return PersonContext(
        person, account, analysis, analysis.importance.get(person_id), place.project, member
    )


class Part(QWidget):
    """One part: its widgets are made once and shown anew for each selection."""

    def __init__(self, desk: Desk, heading: Phrase | None = None, *, line: bool = True) -> None:
        super().__init__()
        self.desk = desk
        self.texts = Texts(self)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.rows = QVBoxLayout(self)
        self.rows.setContentsMargins(0, 0, 0, 0)
        self.rows.setSpacing(8)
        if line:
            self.rows.addWidget(hairline())
            self.rows.addSpacing(2)
        if heading is not None:
            title = label("section")
            self.texts.bind(title.setText, heading)
            self.rows.addWidget(title)


class FieldGrid(QGridLayout):
    """Names at the left, editors at the right, every name also the editor's accessible name."""

    def __init__(self, texts: Texts) -> None:
        super().__init__()
        self._texts = texts
        self.setContentsMargins(0, 0, 0, 0)
        self.setHorizontalSpacing(8)
        self.setVerticalSpacing(6)
        self.setColumnMinimumWidth(0, _NAMES_WIDE)
        self.setColumnStretch(1, 1)

    def field(self, name: Phrase, editor: QWidget, past: QWidget | None = None) -> QLabel:
        """Add an editor with its name, and the clock that opens what it was."""
        place = self.rowCount()
        title = label("quiet")
        title.setBuddy(editor)
        title.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        self._texts.bind(title.setText, name)
        self._texts.bind(editor.setAccessibleName, name)
        self.addWidget(title, place, 0, Qt.AlignmentFlag.AlignVCenter)
        self.addWidget(editor, place, 1)
        if past is not None:
            self.addWidget(past, place, 2, Qt.AlignmentFlag.AlignRight)
        return title
