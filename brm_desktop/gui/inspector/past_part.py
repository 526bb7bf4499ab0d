"""What is known from before: other chains a person was on, and the evidence for his scores."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout

from brm_desktop.domain import edits
from brm_desktop.domain.phrase import phrase
from brm_desktop.domain.records import Assessment, Project
from brm_desktop.domain.timeline import ChainStop, timeline_of
from brm_desktop.gui.desk import Desk, Page, Place, Tab
from brm_desktop.gui.inspector.part import Part, PersonContext
from brm_desktop.gui.inspector.person_scores import standing_scores
from brm_desktop.gui.widgets.chain_timeline import ChainTimeline
from brm_desktop.gui.widgets.frames import ElidedLabel, emptied, label
from brm_desktop.gui.words import joined, name_of
from brm_desktop.language import day, tr, trn

_SHOWN = 4
_QUOTES = '“”" '


class OtherChains(Part):
    """Every other chain the person is or was on, newest first, as a line of deals."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, phrase("On other chains"))
        self.timeline = ChainTimeline(desk.look)
        self.timeline.chosen.connect(self._go)
        self.rows.addWidget(self.timeline)
        self.more = QPushButton()
        self.more.setProperty("kind", "link")
        self.more.clicked.connect(self._show_all)
        self.rows.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)
        self._stops: tuple[ChainStop, ...] = ()
        self._whole = False
        self._context: PersonContext | None = None

    def show_person(self, context: PersonContext) -> None:
        """Show a person's other chains."""
        same = self._context is not None and self._context.person.id == context.person.id
        self._whole = self._whole and same
        self._context = context
        analysis = context.analysis
        self._stops = ()
        if analysis is not None and context.of_account:
            found = timeline_of(analysis.records, context.person.id, analysis.today)
            self._stops = tuple(one for one in found if one.part.project != context.project)
        self.setVisible(bool(self._stops))
        self._show()

    def _show(self) -> None:
        shown = self._stops if self._whole else self._stops[:_SHOWN]
        self.timeline.show_stops(shown)
        rest = len(self._stops) - len(shown)
        self.more.setVisible(rest > 0)
        self.more.setText(trn("{n} older chain", "{n} older chains", rest))

    def _show_all(self) -> None:
        self._whole = True
        self._show()
        self.timeline.stops[_SHOWN].setFocus()

    def _go(self, project: str) -> None:
        found = self.desk.records.get(Project, project)
        if found is not None:
            self.desk.go(Place(Page.ACCOUNT, found.account, Tab.CHAINS, found.id))


class EvidencePart(Part):
    """What was said and seen that the scores rest on, and a line to add more."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, phrase("Evidence"))
        self._context: PersonContext | None = None
        self._quotes = QVBoxLayout()
        self._quotes.setSpacing(6)
        self.rows.addLayout(self._quotes)
        across = QHBoxLayout()
        across.setSpacing(6)
        self.more = QLineEdit()
        self.texts.bind(self.more.setPlaceholderText, phrase("What did you hear or see?"))
        self.texts.name(self.more, phrase("Add evidence"))
        self.more.returnPressed.connect(self._add)
        across.addWidget(self.more)
        self.rows.addLayout(across)

    def show_person(self, context: PersonContext) -> None:
        """Show the newest evidence about a person."""
        if self._context is not None and self._context.person.id != context.person.id:
            self.more.clear()
        self._context = context
        self.setVisible(context.of_account)
        emptied(self._quotes)
        found = self.desk.records.where(Assessment, person=context.person.id)
        said = sorted((one for one in found if one.evidence), key=lambda one: one.assessed_on)
        for one in said[:-_SHOWN:-1]:
            for line in one.evidence.splitlines():
                self._quotes.addWidget(label("plain", f"“{line.strip(_QUOTES)}”", wrap=True))
            author = name_of(self.desk.records, one.author) if one.author else ""
            source = joined(day(one.assessed_on), author, tr(one.audience))
            self._quotes.addWidget(ElidedLabel("small", source))

    def _add(self) -> None:
        context, text = self._context, self.more.text().strip()
        if context is None or not text:
            return
        done = self.desk.edit(
            phrase("Evidence about {name}", name=context.name),
            edits.assess,
            context.person.id,
            evidence=text,
            **standing_scores(self.desk, context),
        )
        if done:
            self.more.clear()
