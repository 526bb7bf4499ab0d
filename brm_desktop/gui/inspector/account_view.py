"""The account in the inspector, shown while nothing is selected: scores, centres, potential."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QVBoxLayout

from brm_desktop.domain import edits
from brm_desktop.domain.analysis import AccountAnalysis
from brm_desktop.domain.contact_hint import hint_of_account
from brm_desktop.domain.phrase import Phrase, phrase
from brm_desktop.domain.records import Dimension, Money, Person, PersonId, Tier
from brm_desktop.domain.scores import Band, DimensionScore, band
from brm_desktop.domain.sums import potential, scores
from brm_desktop.gui.desk import Desk
from brm_desktop.gui.inspector.part import FieldGrid, Part
from brm_desktop.gui.inspector.selection_part import SelectionPart
from brm_desktop.gui.widgets.bars import CappedBar
from brm_desktop.gui.widgets.fields import Choose, TextField, words
from brm_desktop.gui.widgets.frames import emptied, hairline, label, row
from brm_desktop.gui.widgets.popover import SumButton
from brm_desktop.gui.widgets.row_buttons import RowButton
from brm_desktop.gui.widgets.tips import plain_tip
from brm_desktop.gui.widgets.value_fields import AmountField
from brm_desktop.gui.words import (
    BAND_TOKENS,
    coverage,
    dimension_title,
    joined,
    person_name,
    shown_score,
)
from brm_desktop.language import current, listed, money, number, tr, trn

_SHOWN = 6
_UNBROKEN = "\u00a0"
"""A space where a line does not end, so that a count stays with what it counts."""


class ScoreLine(QGridLayout):
    """An account's score in one dimension: number, bar, and what it is made of."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setContentsMargins(0, 0, 0, 0)
        self.setHorizontalSpacing(10)
        self.setVerticalSpacing(0)
        self.setColumnStretch(0, 1)
        self._title = label("plain")
        self.number = SumButton(desk.look, go=desk.show_person)
        self._bar = CappedBar(desk.look)
        self.made_of = SumButton(desk.look, "figure", go=desk.show_person)
        self.addWidget(self._title, 0, 0)
        self.addWidget(self.number, 0, 1)
        self.addWidget(self._bar, 1, 0, 1, 2)
        self.addWidget(self.made_of, 2, 0, 1, 2, Qt.AlignmentFlag.AlignLeft)

    def show_score(
        self, analysis: AccountAnalysis, dimension: Dimension, score: DimensionScore
    ) -> None:
        """Show a score with its coverage."""
        self._title.setText(dimension_title(dimension))
        named = dimension_title(dimension)
        why = partial(scores.account_score, analysis, dimension)
        self.number.show_sum(shown_score(score), named, why)
        value = None if score.value is None else float(score.value)
        self._bar.show_value(value, None, BAND_TOKENS[score.band])
        how_much = partial(scores.coverage, analysis, dimension)
        self.made_of.show_sum(coverage(score), named, how_much)


class Centres(QVBoxLayout):
    """Who counts in an account, low scorers first; rows that say the same stay."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setSpacing(5)
        self._desk = desk
        self._said: object = None
        self._scores: list[SumButton] = []

    def show_centres(self, analysis: AccountAnalysis, people: Sequence[Person]) -> None:
        """Show the first of some people, and how many more there are."""
        scored = [(person, _closeness(analysis, person.id)) for person in people]
        scored.sort(key=lambda pair: -1 if pair[1] is None else pair[1])
        rows = [(one.id, joined(person_name(one), one.title)) for one, _ in scored[:_SHOWN]]
        said = rows, len(scored), current()
        if said != self._said:
            self._said = said
            self._make_rows(rows, len(scored) - _SHOWN)
        for button, (person, closeness) in zip(self._scores, scored, strict=False):
            shown = "–" if closeness is None else str(closeness)
            why = partial(scores.person_score, analysis, person.id, Dimension.CLOSENESS)
            button.show_sum(shown, tr("Closeness"), why)

    def _make_rows(self, rows: Sequence[tuple[PersonId, str]], more: int) -> None:
        emptied(self)
        self._scores = []
        for person, told in rows:
            across = row(gap=8)
            button = RowButton(told, "")
            button.clicked.connect(lambda _=False, p=person: self._desk.show_person(p))
            score = SumButton(self._desk.look, go=self._desk.show_person)
            score.setMinimumWidth(32)
            across.addWidget(button, 1)
            across.addWidget(score)
            self.addLayout(across)
            self._scores.append(score)
        if more > 0:
            self.addWidget(label("small", tr("and {n} more", n=more)))
        if not rows:
            self.addWidget(label("small", tr("Nobody yet."), wrap=True))


class AccountView(Part):
    """How close we are to an account, and who counts there, low scorers first."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, line=False)
        self.rows.setSpacing(8)
        self._analysis: AccountAnalysis | None = None
        self.name = TextField()
        self.name.setProperty("kind", "heading")
        self.texts.name(self.name, phrase("Name of the account"))
        self.name.edited.connect(self._renamed)
        self._where = label("small", wrap=True)
        self.rows.addWidget(self.name)
        self.rows.addWidget(self._where)
        self.rows.addWidget(hairline())
        self._scores = {dimension: ScoreLine(desk) for dimension in Dimension}
        for line in self._scores.values():
            self.rows.addLayout(line)
        self.bands = SumButton(desk.look, "figure", go=desk.show_person)
        self.rows.addWidget(self.bands, 0, Qt.AlignmentFlag.AlignLeft)
        self._hint = label("small", wrap=True)
        self.rows.addWidget(self._hint)
        across = row(gap=10)
        self._potential_name = label("plain")
        self.texts.bind(self._potential_name.setText, phrase("Potential output"))
        self.potential = SumButton(desk.look, go=desk.show_person)
        across.addWidget(self._potential_name, 1)
        across.addWidget(self.potential)
        self.rows.addLayout(across)
        self._potential = label("small", wrap=True)
        self.rows.addWidget(self._potential)
        self._power = self._centres(phrase("Power centres"))
        self._influence = self._centres(phrase("Influence centres"))
        self.rows.addWidget(hairline())
        self._fields()
        self._selection = SelectionPart(desk)
        self.rows.addWidget(self._selection)
        self.rows.addStretch(1)

    def show_account(self, analysis: AccountAnalysis) -> None:
        """Show an account."""
        self._analysis = analysis
        organisation, record = analysis.organisation, analysis.record
        self.name.show_text(organisation.name)
        people = trn("{n} person", "{n} people", len(analysis.people))
        where = (tr(record.tier), organisation.industry, organisation.region, people)
        self._where.setText(joined(*(part.replace(" ", _UNBROKEN) for part in where)))
        for dimension, line in self._scores.items():
            line.show_score(analysis, dimension, analysis.scores[dimension])
        self._show_bands(analysis)
        self._show_hint(analysis)
        self._show_potential(analysis)
        self._power.show_centres(analysis, analysis.power_centres)
        self._influence.show_centres(analysis, analysis.influence_centres)
        self.tier.offer(words(Tier), record.tier)
        self.industry.show_text(organisation.industry)
        self.region.show_text(organisation.region)
        self.spend.show_amount(record.expected_annual_spend, self.desk.session.settings.currency)
        self._selection.show_account(analysis)

    def _show_bands(self, analysis: AccountAnalysis) -> None:
        """How many key persons are in each band of closeness, the empty bands left out."""
        found = (_closeness(analysis, person.id) for person in analysis.key_people)
        held = [band(value, analysis.rules) for value in found]
        counts = [f"{held.count(one)} {tr(one)}" for one in Band if one in held]
        people = trn("{n} key person", "{n} key persons", len(held))
        shown = tr("{people}: {counts}", people=people, counts=listed(counts)) if counts else people
        self.bands.show_sum(shown, "", partial(scores.key_person_bands, analysis))

    def _show_hint(self, analysis: AccountAnalysis) -> None:
        """What the meetings of a year say of closeness, beside the score that was given."""
        hint = hint_of_account(analysis)
        self._hint.setVisible(hint is not None)
        if hint is not None:
            self._hint.setText(tr("Contacts speak for closeness {n}", n=number(hint.value)))
            self._hint.setToolTip(plain_tip(tr(hint.reason)))

    def _show_potential(self, analysis: AccountAnalysis) -> None:
        found = analysis.potential
        shown = "–" if found.amount is None else money(found.amount)
        if found.amount is not None and found.lower_bound:
            shown = f"≥ {shown}"
        self.potential.show_sum(
            shown, tr("Potential output"), partial(potential.potential, analysis)
        )
        words = "\n".join(tr(reason) for reason in found.reasons)
        if found.amount is None:
            words = tr("Enter the expected annual spend to see it.")
        self._potential.setText(words)
        self._potential.setVisible(bool(words))

    def _fields(self) -> None:
        self.tier = Choose()
        self.tier.picked.connect(lambda value: self._revise(tier=value))
        self.industry = TextField()
        self.industry.edited.connect(lambda text: self._revise(industry=text))
        self.region = TextField()
        self.region.edited.connect(lambda text: self._revise(region=text))
        self.spend = AmountField()
        self.spend.paid.connect(self._spends)
        grid = FieldGrid(self.texts)
        grid.field(phrase("Tier"), self.tier)
        grid.field(phrase("Industry"), self.industry)
        grid.field(phrase("Region"), self.region)
        grid.field(phrase("Annual spend"), self.spend)
        self.rows.addLayout(grid)

    def _centres(self, heading: Phrase) -> Centres:
        self.rows.addWidget(hairline())
        title = label("section")
        self.texts.bind(title.setText, heading)
        self.rows.addWidget(title)
        lines = Centres(self.desk)
        self.rows.addLayout(lines)
        return lines

    def _renamed(self, name: str) -> None:
        if name:
            self._revise(name=name)

    def _spends(self, value: Money | None) -> None:
        self._revise(expected_annual_spend=value)

    def _revise(self, **fields: object) -> None:
        if self._analysis is not None:
            self.desk.edit(
                phrase("Change the account {name}", name=self._analysis.name),
                edits.revise_account,
                self._analysis.account,
                **fields,
            )


def _closeness(analysis: AccountAnalysis, person: PersonId) -> int | None:
    found = analysis.standing(person, Dimension.CLOSENESS)
    return None if found is None else found.value
