"""The band above a canvas in a what-if: the numbers before and after; each opens its sum."""

from __future__ import annotations

from fractions import Fraction
from functools import partial

from PySide6.QtWidgets import QGridLayout, QWidget

from brm_desktop.domain.analysis import AccountAnalysis
from brm_desktop.domain.phrase import phrase
from brm_desktop.domain.records import Dimension, Outcome, PersonId, Project, ProjectId
from brm_desktop.domain.sums import chains, potential, routes, scores
from brm_desktop.domain.what_if import Comparison, Moved, approver_of, compared
from brm_desktop.gui.desk import Desk
from brm_desktop.gui.texts import Texts
from brm_desktop.gui.widgets.frames import ElidedLabel, column, panel, set_property
from brm_desktop.gui.widgets.popover import SumButton, Why
from brm_desktop.gui.widgets.tips import plain_tip
from brm_desktop.gui.words import name_of
from brm_desktop.language import money, number, percent, tr

_NOTHING = "–"

SHORT = {
    Dimension.CLOSENESS: phrase("Closeness"),
    Dimension.SOLUTION: phrase("Solution"),
    Dimension.PRICE: phrase("Price"),
}
"""The dimensions where there is room for one word."""


class LiveNumber(QWidget):
    """One number with its name: what it was, and what it would be."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        layout = column(gap=0)
        self.setLayout(layout)
        self._title = ElidedLabel("small")
        self.value = SumButton(desk.look, "live", desk.show_person)
        layout.addWidget(self._title)
        layout.addWidget(self.value)

    def show_moved(self, title: str, before: str, after: str, why: Why | None) -> None:
        """Show what a number was and would be; one value when they read the same."""
        moved = before != after
        shown = f"{before} → {after}" if moved else after
        self._title.setText(title)
        self.value.show_sum(shown, title, why if after != _NOTHING else None)
        set_property(self.value, "moved", moved)
        self.setToolTip(plain_tip(tr("{name}: {value}", name=title, value=shown)))


class LiveBand(QWidget):
    """Scores, potential, odds and the best route, as they are saved and as supposed."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._texts = Texts(self)
        self.comparison: Comparison | None = None
        names = (*Dimension, "potential", "odds", "route")
        self.numbers = {name: LiveNumber(desk) for name in names}
        sheet = panel(self)
        outer = column()
        self.setLayout(outer)
        outer.addWidget(sheet)
        grid = QGridLayout(sheet)
        grid.setContentsMargins(16, 4, 12, 4)
        grid.setHorizontalSpacing(16)
        for place, one in enumerate(self.numbers.values()):
            grid.addWidget(one, 0, place)
            grid.setColumnStretch(place, 5 if place >= len(Dimension) else 3)
        self._texts.again(self.renew)

    def renew(self) -> None:
        """Show the numbers as they are supposed now."""
        if self._desk.is_open and self._desk.session.supposing and self._desk.place.account:
            self.show_after(self._desk.analysis())

    def show_after(self, after: AccountAnalysis) -> None:
        """Show the saved numbers against those of an analysis, such as of a slider on its way."""
        session = self._desk.session
        before = session.analysis_before(after.account)
        project = project_on_show(self._desk, after)
        target = self._target(after, project)
        found = self.comparison = compared(before, after, project, target)
        for dimension in Dimension:
            why = partial(scores.account_score, after, dimension)
            self._show(dimension, tr(SHORT[dimension]), _scores(found.scores[dimension]), why)
        worth = partial(potential.potential, after)
        self._show("potential", tr("Potential"), _potentials(found), worth)
        odds = None if project is None else partial(chains.odds, after, project)
        self._show("odds", self._odds_title(after, project), _scores(found.odds), odds)
        best = None if target is None else next(iter(after.routes_to(target).routes), None)
        way = None if best is None else partial(routes.route, after, best)
        self._show("route", self._route_title(after, target), _routes(found.route), way)

    def _show(
        self, name: Dimension | str, title: str, texts: tuple[str, str], why: Why | None
    ) -> None:
        self.numbers[name].show_moved(title, *texts, why)

    def _target(self, after: AccountAnalysis, project: ProjectId | None) -> PersonId | None:
        for person in self._desk.selection.people:
            if person in after.importance:
                return person
        return None if project is None else approver_of(after, project)

    def _odds_title(self, after: AccountAnalysis, project: ProjectId | None) -> str:
        if project is None or project == self._desk.place.project:
            return tr("Odds")
        return tr("Odds of {name}", name=after.records.one(Project, project).name)

    def _route_title(self, after: AccountAnalysis, target: PersonId | None) -> str:
        if target is None:
            return tr("Best route")
        return tr("Best route to {name}", name=name_of(after.records, target))


def project_on_show(desk: Desk, analysis: AccountAnalysis) -> ProjectId | None:
    """The project on show, or else the account's newest that is open."""
    if desk.place.project is not None:
        return desk.place.project
    return next((p.id for p in analysis.projects if p.outcome is Outcome.OPEN), None)


def _scores(moved: Moved[Fraction] | None) -> tuple[str, str]:
    if moved is None:
        return _NOTHING, _NOTHING
    return number(moved.before), number(moved.after)


def _routes(moved: Moved[Fraction] | None) -> tuple[str, str]:
    if moved is None:
        return _NOTHING, _NOTHING
    return percent(moved.before), percent(moved.after)


def _potentials(found: Comparison) -> tuple[str, str]:
    before, after = found.potential.before, found.potential.after
    return (
        money(before.amount if before else None, "short"),
        money(after.amount if after else None, "short"),
    )
