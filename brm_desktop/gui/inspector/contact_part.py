"""When somebody was met last, and noting that he was met today."""

from __future__ import annotations

from PySide6.QtWidgets import QMenu, QToolButton

from brm_desktop.domain import edits
from brm_desktop.domain.contact_hint import hint_of_person
from brm_desktop.domain.phrase import phrase
from brm_desktop.domain.records import Interaction, InteractionKind
from brm_desktop.gui.desk import Desk
from brm_desktop.gui.inspector.part import Part, PersonContext
from brm_desktop.gui.past_day import changes_records
from brm_desktop.gui.widgets.frames import ElidedLabel, label, row
from brm_desktop.gui.widgets.tips import plain_tip
from brm_desktop.gui.words import capital
from brm_desktop.language import day, number, tr, trn


class ContactPart(Part):
    """The last contact in a line, and a menu that notes one of today."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, line=False)
        self._context: PersonContext | None = None
        self._last = ElidedLabel("small")
        self.met = QToolButton()
        self.met.setProperty("kind", "framed")
        self.met.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.met.setMenu(QMenu(self.met))
        changes_records(self.met)
        self.kinds = {kind: self.met.menu().addAction("") for kind in InteractionKind}
        for kind, action in self.kinds.items():
            action.triggered.connect(lambda _=False, taken=kind: self._note(taken))
        across = row(gap=8)
        across.addWidget(self._last, 1)
        across.addWidget(self.met)
        self.rows.addLayout(across)
        self._hint = label("small", wrap=True)
        self.rows.addWidget(self._hint)
        self.texts.again(self._said)
        self._said()

    def show_person(self, context: PersonContext) -> None:
        """Show when somebody was met last."""
        self._context = context
        self.setVisible(context.of_account)
        today = self.desk.today
        met = [
            one.held_on
            for one in self.desk.records.where(Interaction, account=context.account)
            if context.person.id in one.people and one.held_on <= today
        ]
        self._hint.hide()
        if not met:
            self._last.setText(tr("No contact noted yet"))
            return
        ago = (today - max(met)).days
        when = trn("{n} day ago", "{n} days ago", ago) if ago else tr("today")
        self._last.setText(tr("Last contact {date}, {ago}", date=day(max(met), "short"), ago=when))
        self._show_hint(context)

    def _show_hint(self, context: PersonContext) -> None:
        """What the meetings of a year say of closeness, beside the score that was given."""
        hint = None
        if context.analysis is not None:
            hint = hint_of_person(context.analysis, context.person.id)
        self._hint.setVisible(hint is not None)
        if hint is not None:
            self._hint.setText(tr("Contacts speak for closeness {n}", n=number(hint.value)))
            self._hint.setToolTip(plain_tip(tr(hint.reason)))

    def _said(self) -> None:
        self.met.setText(f"{tr('Met today')} ▾")
        self.met.setAccessibleName(tr("Note that you met today"))
        for kind, action in self.kinds.items():
            action.setText(capital(tr(kind)))

    def _note(self, kind: InteractionKind) -> None:
        context = self._context
        if context is None or context.account is None:
            return
        user = self.desk.session.settings.user
        people = (context.person.id,) if user is None else (context.person.id, user)
        self.desk.edit(
            phrase("{kind} with {name}", kind=kind.phrase, name=context.name),
            edits.add_interaction,
            context.account,
            kind=kind,
            people=people,
        )
