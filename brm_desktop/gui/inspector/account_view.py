"""The account in the inspector, shown while nothing is selected: scores, centres, potential."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from PySide6.QtWidgets import QGridLayout, QVBoxLayout

from brm_desktop.domain import edits
from brm_desktop.domain.analysis import AccountAnalysis
from brm_desktop.domain.phrase import Phrase, phrase
from brm_desktop.domain.records import Dimension, Money, Person, PersonId, Tier
from brm_desktop.domain.scores import DimensionScore, half_up
from brm_desktop.gui.desk import Desk
from brm_desktop.gui.inspector.part import FieldGrid, Part
from brm_desktop.gui.widgets.bars import CappedBar
from brm_desktop.gui.widgets.fields import AmountField, Choose, TextField, words
from brm_desktop.gui.widgets.frames import ElidedLabel, emptied, hairline, label, row
from brm_desktop.gui.widgets.odds_panel import RowButton
from brm_desktop.gui.widgets.popover import NO_SUM, Sum, SumButton
from brm_desktop.gui.words import (
    BAND_TOKENS,
    coverage,
    dimension_title,
    joined,
    person_name,
    shown_score,
)
from brm_desktop.language import day, money, number, tr, trn

_SHOWN = 6


class ScoreLine(QGridLayout):
    """An account's score in one dimension: number, bar, and what it is made of."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setContentsMargins(0, 0, 0, 0)
        self.setHorizontalSpacing(10)
        self.setVerticalSpacing(0)
        self.setColumnStretch(0, 1)
        self._title = label("plain")
        self.number = SumButton(desk.look)
        self._bar = CappedBar(desk.look)
        self._made_of = ElidedLabel("small")
        self.addWidget(self._title, 0, 0)
        self.addWidget(self.number, 0, 1)
        self.addWidget(self._bar, 1, 0, 1, 2)
        self.addWidget(self._made_of, 2, 0, 1, 2)

    def show_score(
        self, analysis: AccountAnalysis, dimension: Dimension, score: DimensionScore
    ) -> None:
        """Show a score with its coverage."""
        self._title.setText(dimension_title(dimension))
        named = dimension_title(dimension)
        self.number.show_sum(shown_score(score), named, sum_of(analysis, dimension, score))
        value = None if score.value is None else float(score.value)
        self._bar.show_value(value, None, BAND_TOKENS[score.band])
        self._made_of.setText(coverage(score))


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
        across = row(gap=10)
        self._potential_name = label("plain")
        self.texts.bind(self._potential_name.setText, phrase("Potential output"))
        self.potential = SumButton(desk.look)
        across.addWidget(self._potential_name, 1)
        across.addWidget(self.potential)
        self.rows.addLayout(across)
        self._potential = label("small", wrap=True)
        self.rows.addWidget(self._potential)
        self._power = self._centres(phrase("Power centres"))
        self._influence = self._centres(phrase("Influence centres"))
        self.rows.addWidget(hairline())
        self._fields()
        self.rows.addStretch(1)

    def show_account(self, analysis: AccountAnalysis) -> None:
        """Show an account."""
        self._analysis = analysis
        organisation, record = analysis.organisation, analysis.record
        self.name.show_text(organisation.name)
        people = trn("{n} person", "{n} people", len(analysis.people))
        where = (tr(record.tier), organisation.industry, organisation.region, people)
        self._where.setText(joined(*where))
        for dimension, line in self._scores.items():
            line.show_score(analysis, dimension, analysis.scores[dimension])
        self._show_potential(analysis)
        self._show_centres(self._power, analysis, analysis.power_centres)
        self._show_centres(self._influence, analysis, analysis.influence_centres)
        self.tier.offer(words(Tier), record.tier)
        self.industry.show_text(organisation.industry)
        self.region.show_text(organisation.region)
        self.spend.show_amount(record.expected_annual_spend)

    def _show_potential(self, analysis: AccountAnalysis) -> None:
        found = analysis.potential
        shown = "–" if found.amount is None else money(found.amount)
        if found.amount is not None and found.lower_bound:
            shown = f"≥ {shown}"
        self.potential.show_sum(shown, tr("Potential output"), sum_of_potential(analysis))
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
        self.spend = AmountField("CNY")
        self.spend.paid.connect(self._spends)
        grid = FieldGrid(self.texts)
        grid.field(phrase("Tier"), self.tier)
        grid.field(phrase("Industry"), self.industry)
        grid.field(phrase("Region"), self.region)
        grid.field(phrase("Annual spend"), self.spend)
        self.rows.addLayout(grid)

    def _centres(self, heading: Phrase) -> QVBoxLayout:
        self.rows.addWidget(hairline())
        title = label("section")
        self.texts.bind(title.setText, heading)
        self.rows.addWidget(title)
        lines = QVBoxLayout()
        lines.setSpacing(5)
        self.rows.addLayout(lines)
        return lines

    def _show_centres(
        self, lines: QVBoxLayout, analysis: AccountAnalysis, people: Sequence[Person]
    ) -> None:
        emptied(lines)
        scored = [(person, self._closeness(analysis, person.id)) for person in people]
        scored.sort(key=lambda pair: -1 if pair[1] is None else pair[1])
        for person, closeness in scored[:_SHOWN]:
            shown = "–" if closeness is None else str(closeness)
            button = RowButton(joined(person_name(person), person.title), shown)
            button.setToolTip(tr("Closeness {value}", value=shown))
            button.clicked.connect(lambda _=False, p=person.id: self.desk.show_person(p))
            lines.addWidget(button)
        if len(scored) > _SHOWN:
            lines.addWidget(label("small", tr("and {n} more", n=len(scored) - _SHOWN)))
        if not people:
            lines.addWidget(label("small", tr("Nobody yet."), wrap=True))

    def _closeness(self, analysis: AccountAnalysis, person: PersonId) -> int | None:
        found = analysis.standing(person, Dimension.CLOSENESS)
        return None if found is None else found.value

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


def sum_of_potential(analysis: AccountAnalysis) -> Sum:
    """The sum behind the potential output: spend × score × weight for each dimension."""
    found, spend = analysis.potential, analysis.record.expected_annual_spend
    if found.amount is None or spend is None:
        return NO_SUM
    rows = []
    for dimension in Dimension:
        value = analysis.scores[dimension].value
        weight = Fraction(analysis.rules.potential_weights[dimension])
        part = Fraction(spend.minor) * (value or Fraction(0)) / 100 * weight
        how = f"{'–' if value is None else number(value, 1)}% × {number(weight, 2)}"
        amount = money(Money(half_up(part), spend.currency))
        rows.append((dimension_title(dimension), how, amount))
    title = tr("{spend} a year: × score × weight", spend=money(spend))
    return Sum(title, tuple(rows), f"= {money(found.amount)}")


def sum_of(analysis: AccountAnalysis, dimension: Dimension, score: DimensionScore) -> Sum:
    """The sum behind a score: weight times score of each person with its date."""
    named = dimension_title(dimension)
    title = tr("{dimension}: weight × score of each key person", dimension=named)
    terms = sorted(score.terms, key=lambda term: -term.weight)
    rows = tuple(
        (
            person_name(analysis.records.get(Person, term.person)),
            f"{term.weight} × {term.score}",
            day(term.standing.assessed_on, "short"),
        )
        for term in terms
    )
    weights = sum(term.weight for term in terms)
    total = sum(term.weight * term.score for term in terms)
    if score.value is None:
        return Sum(title, rows, tr("Nobody who counts is scored yet."))
    whole = f"{number(total)} / {number(weights)} = {number(score.value, 1)}"
    return Sum(title, rows, joined(whole, coverage(score)))
