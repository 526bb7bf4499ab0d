"""The three scores of a person, moved by slider or typed, each with its date, basis and age."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtWidgets import QCheckBox, QPushButton

from brm_desktop.domain import edits
from brm_desktop.domain.phrase import phrase
from brm_desktop.domain.records import Basis, Dimension
from brm_desktop.domain.scores import standing
from brm_desktop.domain.sums.scores import person_score
from brm_desktop.gui.desk import Desk
from brm_desktop.gui.inspector.field_past import PastButton, PastValue, past_of_score
from brm_desktop.gui.inspector.part import Part, PersonContext
from brm_desktop.gui.past_day import changes_records
from brm_desktop.gui.widgets.frames import row
from brm_desktop.gui.widgets.popover import Why
from brm_desktop.gui.widgets.score_row import ScoreRow
from brm_desktop.gui.words import DIMENSION_TITLES, dimension_title, score_view


class PersonScores(Part):
    """Closeness, solution acceptance and price acceptance."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.rows.setSpacing(10)
        self._context: PersonContext | None = None
        self.sliders: dict[Dimension, ScoreRow] = {}
        for dimension in Dimension:
            slider = ScoreRow(desk.look, desk.show_person)
            slider.scored.connect(lambda value, d=dimension: self._scored(d, value))
            slider.add_beside(
                PastButton(desk, DIMENSION_TITLES[dimension], partial(self._past, dimension))
            )
            self.sliders[dimension] = slider
            self.rows.addWidget(slider)
        across = row(gap=8)
        self._confirmed = QCheckBox()
        self.texts.bind(self._confirmed.setText, phrase("Confirmed"))
        self.texts.name(self._confirmed, phrase("Confirmed"))
        self._renew = QPushButton()
        self._renew.setProperty("kind", "link")
        self.texts.bind(self._renew.setText, phrase("Still so today"))
        self.texts.name(self._renew, phrase("Still so today"))
        self._renew.clicked.connect(self._still_so)
        changes_records(self._renew)
        across.addWidget(self._confirmed)
        across.addStretch(1)
        across.addWidget(self._renew)
        self.rows.addLayout(across)
        self.texts.again(self._said)
        self._said()

    def show_person(self, context: PersonContext) -> None:
        """Show a person's scores."""
        fresh = self._context is None or self._context.person.id != context.person.id
        if fresh:
            for slider in self.sliders.values():
                slider.slider.settle()  # what was just chosen is the former person's
        self._context = context
        session = self.desk.session
        rules, today = session.settings.rules, self.desk.today
        newest = None
        for dimension, slider in self.sliders.items():
            stands = standing(session.records, context.person.id, dimension, today, rules)
            slider.show_score(score_view(stands, today, rules), self._why(context, dimension))
            newest = newest or stands
        if fresh:
            self._confirmed.setChecked(newest is not None and newest.basis is Basis.CONFIRMED)
        self._renew.setVisible(newest is not None)

    def _why(self, context: PersonContext, dimension: Dimension) -> Why | None:
        if context.analysis is None:
            return None
        return partial(person_score, context.analysis, context.person.id, dimension)

    def _past(self, dimension: Dimension) -> list[PastValue]:
        if self._context is None:
            return []
        return past_of_score(self.desk, self._context.person.id, dimension)

    def _said(self) -> None:
        for dimension, slider in self.sliders.items():
            slider.set_title(dimension_title(dimension))

    @property
    def _basis(self) -> Basis:
        return Basis.CONFIRMED if self._confirmed.isChecked() else Basis.ASSUMED

    def _scored(self, dimension: Dimension, value: int) -> None:
        context = self._context
        if context is not None:
            self.desk.edit(
                phrase(
                    "{name}: {dimension} {value}",
                    name=context.name,
                    dimension=dimension.phrase,
                    value=value,
                ),
                edits.assess,
                context.person.id,
                basis=self._basis,
                **{dimension.value: value},  # type: ignore[arg-type]  # the dimension's own argument
            )

    def _still_so(self) -> None:
        context = self._context
        if context is None:
            return
        scores = standing_scores(self.desk, context)
        self.desk.edit(
            phrase("{name}: scores still hold", name=context.name),
            edits.assess,
            context.person.id,
            basis=Basis.CONFIRMED,
            on=self.desk.session.today(),
            **scores,
        )


def standing_scores(desk: Desk, context: PersonContext) -> dict[str, Any]:
    """The scores that stand today, as the arguments that say them again."""
    session = desk.session
    found = {}
    for dimension in Dimension:
        stands = standing(
            session.records, context.person.id, dimension, desk.today, session.settings.rules
        )
        if stands is not None:
            found[dimension.value] = stands.value
    return found
