"""A person's part in the decision chain on show: stance, roles, contact, veto."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QToolButton, QVBoxLayout

from brm_desktop.domain import edits
from brm_desktop.domain.attitudes import attitude_on
from brm_desktop.domain.phrase import Phrase, phrase
from brm_desktop.domain.records import Adaptability, ChainMember, ContactLevel, Role, Stance
from brm_desktop.gui.desk import Desk
from brm_desktop.gui.inspector.field_past import (
    PastButton,
    PastValue,
    past_of_contact,
    past_of_field,
    past_of_stance,
)
from brm_desktop.gui.inspector.part import FieldGrid, Part, PersonContext
from brm_desktop.gui.past_day import changes_records
from brm_desktop.gui.widgets.fields import Choose, words, yes_no_unknown
from brm_desktop.gui.widgets.frames import row
from brm_desktop.gui.widgets.stance_buttons import StanceButtons
from brm_desktop.gui.words import capital
from brm_desktop.language import tr

_ROWS = (
    (Role.APPROVER, Role.DECISION_MAKER),
    (Role.EVALUATOR, Role.USER, Role.INFLUENCER),
)


class RoleButtons(QVBoxLayout):
    """The roles as small switches; a person may hold several."""

    def __init__(self, part: ChainPart) -> None:
        super().__init__()
        self.setContentsMargins(0, 0, 0, 0)
        self.setSpacing(5)
        self.buttons: dict[Role, QToolButton] = {}
        for roles in _ROWS:
            across = row(gap=5)
            for role in roles:
                button = QToolButton()
                button.setCheckable(True)
                button.setProperty("kind", "chip")
                button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
                button.clicked.connect(part.roles_changed)
                changes_records(button)
                self.buttons[role] = button
                across.addWidget(button)
            across.addStretch(1)
            self.addLayout(across)

    def retell(self) -> None:
        """Say the roles in the language in use."""
        for role, button in self.buttons.items():
            button.setText(capital(tr(role)))
            button.setAccessibleName(tr(role))

    def show_roles(self, roles: tuple[Role, ...]) -> None:
        """Show what roles someone holds."""
        for role, button in self.buttons.items():
            button.setChecked(role in roles)

    @property
    def roles(self) -> tuple[Role, ...]:
        """The roles that are on."""
        return tuple(role for role, button in self.buttons.items() if button.isChecked())


class ChainPart(Part):
    """Shown while a decision chain is open."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._context: PersonContext | None = None
        self.stance = StanceButtons(desk.look)
        self.stance.chosen.connect(self._stance)
        self.contact = Choose()
        self.contact.picked.connect(lambda value: self._revise(contact=value))
        self.veto = Choose()
        self.veto.picked.connect(lambda value: self._revise(veto=value))
        self.roles = RoleButtons(self)
        self._grid = FieldGrid(self.texts)
        self._clocks = (
            PastButton(desk, phrase("Stance"), self._past_stances),
            PastButton(desk, phrase("Contact"), self._past_contacts),
            PastButton(desk, phrase("Veto here"), self._past_vetoes),
        )
        self._names = (
            self._grid.field(phrase("Stance"), self.stance, self._clocks[0]),
            self._grid.field(phrase("Contact"), self.contact, self._clocks[1]),
            self._grid.field(phrase("Veto here"), self.veto, self._clocks[2]),
        )
        self.rows.addLayout(self._grid)
        self.rows.addLayout(self.roles)
        self.help = QPushButton()
        self.help.setProperty("kind", "link")
        self.texts.bind(self.help.setText, phrase("Help me decide"))
        self.texts.name(self.help, phrase("Help me decide role, stance, contact or veto"))
        self.help.clicked.connect(self._guided)
        changes_records(self.help)
        self.rows.addWidget(self.help, 0, Qt.AlignmentFlag.AlignLeft)
        self._join = QPushButton()
        self.texts.bind(self._join.setText, phrase("Add to this chain"))
        self._join.clicked.connect(self._joined)
        changes_records(self._join)
        self.rows.addWidget(self._join)
        self.texts.again(self._said)
        self._said()

    def show_person(self, context: PersonContext) -> None:
        """Show a person's part in the chain."""
        self._context = context
        self.setVisible(context.project is not None and context.of_account)
        member = context.member
        self._join.setVisible(member is None)
        self.help.setVisible(member is not None)
        for button in self.roles.buttons.values():
            button.setVisible(member is not None)
        for widget in (*self._names, *self._clocks, self.stance, self.contact, self.veto):
            widget.setVisible(member is not None)
        if member is not None and context.analysis is not None:
            today = context.analysis.today
            now = attitude_on(self.desk.records, member.project, member.person, today)
            self.stance.show_stance(now.stance)
            self.contact.show_choice(now.contact)
            self.veto.show_choice(member.veto)
            self.roles.show_roles(member.roles)

    def _past_stances(self) -> list[PastValue]:
        member = self._member
        return [] if member is None else past_of_stance(self.desk, member.project, member.person)

    def _past_contacts(self) -> list[PastValue]:
        member = self._member
        return [] if member is None else past_of_contact(self.desk, member.project, member.person)

    def _past_vetoes(self) -> list[PastValue]:
        member = None if self._member is None else self._member.id
        return past_of_field(self.desk, ChainMember, member, "veto", phrase("Veto here"))

    @property
    def _member(self) -> ChainMember | None:
        return None if self._context is None else self._context.member

    def roles_changed(self) -> None:
        """Take the roles that are switched on."""
        self._revise(roles=self.roles.roles)

    def _said(self) -> None:
        self.roles.retell()
        self.stance.retell()
        self.contact.offer(words(ContactLevel), self.contact.chosen)
        unset = [(tr("as the person"), None)]
        self.veto.offer(unset + yes_no_unknown()[1:], self.veto.chosen)

    def _stance(self, stance: Stance) -> None:
        context = self._context
        if context is not None:
            self._revise(
                phrase("{name}: {stance}", name=context.name, stance=stance.phrase), stance=stance
            )

    def _revise(self, name: Phrase | None = None, **fields: object) -> None:
        context = self._context
        if context is None or context.project is None:
            return
        self.desk.edit(
            name or phrase("Change {name} on the chain", name=context.name),
            edits.revise_member,
            context.project,
            context.person.id,
            **fields,
        )

    def _guided(self) -> None:
        from brm_desktop.gui.dialogs.guiding_dialog import GuidingDialog

        context = self._context
        if context is not None and context.project is not None:
            person = context.person.id
            GuidingDialog(self.desk, context.project, [person], parent=self.window()).exec()
            self.help.setFocus()

    def _joined(self) -> None:
        context = self._context
        if context is not None and context.project is not None:
            self.desk.edit(
                phrase("Add {name} to the chain", name=context.name),
                edits.add_member,
                context.project,
                context.person.id,
            )


class AdaptabilityPart(Part):
    """How someone takes to new things; shown with or without a chain."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, line=False)
        self._context: PersonContext | None = None
        self.choice = Choose()
        self.choice.picked.connect(self._picked)
        grid = FieldGrid(self.texts)
        grid.field(phrase("Adaptability"), self.choice)
        self.rows.addLayout(grid)
        self.texts.again(self._said)
        self._said()

    def show_person(self, context: PersonContext) -> None:
        """Show how a person takes to new things."""
        self._context = context
        self.setVisible(context.of_account)
        self.choice.show_choice(context.person.adaptability)

    def _said(self) -> None:
        self.choice.offer(words(Adaptability), self.choice.chosen)

    def _picked(self, value: object) -> None:
        if self._context is not None:
            self.desk.edit(
                phrase("Change {name}", name=self._context.name),
                edits.revise_person,
                self._context.person.id,
                adaptability=value,
            )
