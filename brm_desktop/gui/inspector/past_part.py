"""What is known from before: other chains a person was on, and the evidence for his scores."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from brm_desktop.domain import edits
from brm_desktop.domain.deal_history import ChainAppearance
from brm_desktop.domain.phrase import phrase
from brm_desktop.domain.records import Assessment, Outcome, Project, Stance
from brm_desktop.gui.desk import Desk, Page, Place, Tab
from brm_desktop.gui.inspector.part import Part, PersonContext
from brm_desktop.gui.inspector.person_scores import standing_scores
from brm_desktop.gui.look import Look
from brm_desktop.gui.widgets.frames import ElidedLabel, emptied, label
from brm_desktop.gui.widgets.odds_panel import LinkLabel
from brm_desktop.gui.words import joined, name_of
from brm_desktop.language import day, tr
from brm_desktop.rendering.figure import Point
from brm_desktop.rendering.glyphs import draw_stance_sign, stance_colour
from brm_desktop.rendering.screen import PainterSurface

_SHOWN = 4
_QUOTES = '“”" '


class StanceSign(QWidget):
    """The bare sign of a stance in its colour."""

    def __init__(self, look: Look, stance: Stance) -> None:
        super().__init__()
        self._look = look
        self._stance = stance
        self.setFixedSize(20, 20)
        self.setToolTip(tr(stance))
        self.setAccessibleName(tr(stance))

    def sizeHint(self) -> QSize:
        """Always the same."""
        return QSize(20, 20)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        """Paint the sign."""
        painter = QPainter(self)
        middle = QPointF(self.width() / 2, self.height() / 2)
        theme = self._look.theme
        colour = stance_colour(self._stance, theme)
        draw_stance_sign(
            PainterSurface(painter), Point(middle.x(), middle.y()), self._stance, colour
        )


class OtherChains(Part):
    """Every other chain the person is or was on, newest first."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, phrase("On other chains"))
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(10)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnStretch(1, 1)
        self.rows.addLayout(self._grid)

    def show_person(self, context: PersonContext) -> None:
        """Show a person's other chains."""
        found: tuple[ChainAppearance, ...] = ()
        if context.analysis is not None and context.of_account:
            found = context.analysis.chains_of(context.person.id)
        others = [seen for seen in found if seen.project != context.project]
        self.setVisible(bool(others))
        emptied(self._grid)
        for place, seen in enumerate(others[:_SHOWN]):
            self._line(place, seen, context)

    def _line(self, place: int, seen: ChainAppearance, context: PersonContext) -> None:
        project = self.desk.records.get(Project, seen.project)
        if project is None:
            return
        name = LinkLabel(project.name)
        name.setAccessibleName(project.name)
        to = Place(Page.ACCOUNT, context.account, Tab.CHAINS, project.id)
        name.clicked.connect(lambda: self.desk.go(to))
        year = label("quiet", "" if seen.on is None else str(seen.on.year))
        year.setFixedWidth(34)
        self._grid.addWidget(year, place, 0)
        self._grid.addWidget(name, place, 1)
        self._grid.addWidget(StanceSign(self.desk.look, seen.stance), place, 2)
        outcome = label("quiet", tr(seen.outcome))
        outcome.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        outcome.setMinimumWidth(48)
        if seen.outcome is Outcome.OPEN:
            outcome.setProperty("role", "plain")
        self._grid.addWidget(outcome, place, 3)


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
