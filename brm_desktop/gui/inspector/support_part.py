"""What support an opportunity needs: asked for, granted or refused."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit, QVBoxLayout

from brm_desktop.domain import edits
from brm_desktop.domain.phrase import phrase
from brm_desktop.domain.records import Opportunity, SupportRequest, SupportState
from brm_desktop.gui.desk import Desk
from brm_desktop.gui.inspector.part import Part
from brm_desktop.gui.widgets.fields import Choose, words
from brm_desktop.gui.widgets.frames import ElidedLabel, emptied, row


class SupportPart(Part):
    """A line for each request, with its answer; typing adds one."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, phrase("Support"))
        self._opportunity: Opportunity | None = None
        self._lines = QVBoxLayout()
        self._lines.setSpacing(4)
        self.rows.addLayout(self._lines)
        self.ask = QLineEdit()
        self.texts.bind(self.ask.setPlaceholderText, phrase("What is needed; Enter notes it"))
        self.texts.name(self.ask, phrase("Support to ask for"))
        self.ask.returnPressed.connect(self._asked)
        self.rows.addWidget(self.ask)

    def show_opportunity(self, opportunity: Opportunity) -> None:
        """Show what was asked for an opportunity."""
        self._opportunity = opportunity
        emptied(self._lines)
        self.answers: dict[str, Choose] = {}
        requests = self.desk.records.where(SupportRequest, opportunity=opportunity.id)
        for request in sorted(requests, key=lambda one: (str(one.asked_on or ""), one.text)):
            across = row(gap=8)
            across.addWidget(ElidedLabel("plain", request.text), 1)
            answer = Choose()
            answer.setAccessibleName(request.text)
            answer.offer(words(SupportState), request.state)
            answer.picked.connect(lambda state, one=request: self._answered(one, state))
            self.answers[request.id] = answer
            across.addWidget(answer)
            self._lines.addLayout(across)

    def _asked(self) -> None:
        opportunity, text = self._opportunity, self.ask.text().strip()
        if opportunity is None or not text:
            return
        asked = self.desk.edit(
            phrase("Ask for support: {wish}", wish=text), edits.ask_support, opportunity.id, text
        )
        if asked:
            self.ask.clear()

    def _answered(self, request: SupportRequest, state: SupportState) -> None:
        self.desk.edit(
            phrase("Support: {wish}, {state}", wish=request.text, state=state.phrase),
            edits.answer_support,
            request.id,
            state,
        )
