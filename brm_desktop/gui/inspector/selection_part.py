"""What an account is selected by, in the inspector: composite score, its criteria, verdict."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QPushButton

from brm_desktop.domain import edits
from brm_desktop.domain.analysis import AccountAnalysis
from brm_desktop.domain.composite import ENTERED, Composite, composite_of, criteria_of
from brm_desktop.domain.phrase import phrase
from brm_desktop.domain.records import Criterion, ScreeningVerdict, YearRevenue
from brm_desktop.domain.sums.composite import composite as explained
from brm_desktop.gui.desk import Desk, Page, Place
from brm_desktop.gui.inspector.part import FieldGrid, Part
from brm_desktop.gui.widgets.fields import Choose, TextField, words
from brm_desktop.gui.widgets.frames import label, row, set_property
from brm_desktop.gui.widgets.popover import SumButton
from brm_desktop.language import number, tr

_TITLES = {
    Criterion.REVENUE: phrase("Revenue"),
    Criterion.POTENTIAL: phrase("Potential"),
    Criterion.DEMONSTRATION: phrase("Demonstration"),
    Criterion.WINNABLE: phrase("Winnable"),
}


class SelectionPart(Part):
    """The composite score with what it is made of, each value entered or looked up."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._analysis: AccountAnalysis | None = None
        across = row(gap=8)
        title = label("section")
        self.texts.bind(title.setText, phrase("Composite score"))
        self.score = SumButton(desk.look, go=desk.show_person)
        across.addWidget(title, 1)
        across.addWidget(self.score)
        self.rows.addLayout(across)
        self.missing = label("small", wrap=True)
        self.rows.addWidget(self.missing)
        grid = FieldGrid(self.texts)
        self.points: dict[Criterion, TextField] = {}
        for criterion, name in _TITLES.items():
            field = TextField()
            field.edited.connect(partial(self._entered, criterion))
            self.points[criterion] = field
            grid.field(name, field)
        self.customer_type = TextField()
        self.customer_type.edited.connect(lambda text: self._revise(customer_type=text))
        self.strategic = TextField()
        self.strategic.edited.connect(lambda text: self._revise(strategic_reason=text))
        self.screening = Choose()
        self.screening.picked.connect(self._screened)
        grid.field(phrase("Customer type"), self.customer_type)
        grid.field(phrase("Why strategic"), self.strategic)
        grid.field(phrase("Screening"), self.screening)
        self.rows.addLayout(grid)
        self.reviews = QPushButton()
        self.texts.bind(self.reviews.setText, phrase("Reviews of this account…"))
        self.reviews.clicked.connect(self._go_to_reviews)
        self.rows.addWidget(self.reviews)

    def show_account(self, analysis: AccountAnalysis) -> None:
        """Show what an account is selected by."""
        self._analysis = analysis
        record = analysis.record
        found = _composite(self.desk, analysis)
        shown = "–" if found.value is None else number(found.value)
        if found.lower_bound and found.value is not None:
            shown = f"≥ {shown}"
        why = partial(explained, analysis.name, found, analysis.rules)
        self.score.show_sum(shown, tr("Composite score"), why)
        self.missing.setText("\n".join(tr(reason) for reason in found.reasons))
        self.missing.setVisible(bool(found.reasons))
        for part in found.parts:
            field = self.points[part.criterion]
            entered = getattr(record, ENTERED[part.criterion])
            set_property(field, "wrong", False)
            field.show_text("" if entered is None else str(entered))
            looked = tr("0 to 100")
            if part.points is not None and entered is None:
                looked = tr("{n} by the table", n=part.points)
            field.setPlaceholderText(looked)
        self.customer_type.show_text(record.customer_type)
        self.strategic.show_text(record.strategic_reason)
        self.screening.offer(words(ScreeningVerdict), record.screening)

    def _entered(self, criterion: Criterion, text: str) -> None:
        field = self.points[criterion]
        typed = text.strip()
        if typed and not (typed.isdecimal() and int(typed) <= 100):
            set_property(field, "wrong", True)
            field.setToolTip(tr("A score is a whole number from 0 to 100."))
            return
        set_property(field, "wrong", False)
        field.setToolTip("")
        self._revise(**{ENTERED[criterion]: int(typed) if typed else None})

    def _screened(self, verdict: object) -> None:
        assert isinstance(verdict, ScreeningVerdict)
        if self._analysis is not None:
            self.desk.edit(
                phrase("Screen {name}: {verdict}", name=self._analysis.name, verdict=verdict),
                edits.screen_account,
                self._analysis.account,
                verdict,
            )

    def _revise(self, **fields: object) -> None:
        if self._analysis is not None:
            self.desk.edit(
                phrase("Change the account {name}", name=self._analysis.name),
                edits.revise_account,
                self._analysis.account,
                **fields,
            )

    def _go_to_reviews(self) -> None:
        if self._analysis is not None:
            self.desk.go(Place(Page.WHCSE, self._analysis.account))


def _composite(desk: Desk, analysis: AccountAnalysis) -> Composite:
    revenues = analysis.records.where(YearRevenue, account=analysis.account)
    tables = desk.session.settings.thresholds
    return composite_of(
        criteria_of(
            analysis.record,
            analysis.organisation,
            revenues,
            tables,
            analysis.today,
            analysis.rules,
        )
    )
