"""One account as screening shows it: what is suggested and why, and the facts that matter."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from brm_desktop.domain.dealings import Dealings
from brm_desktop.domain.phrase import Phrase, phrase
from brm_desktop.domain.portfolio import PortfolioEntry, PortfolioRow
from brm_desktop.domain.records import AccountId, ScreeningVerdict
from brm_desktop.domain.scores import Band
from brm_desktop.domain.screening import Suggestion, WantedType
from brm_desktop.domain.sums.explanation import Explanation
from brm_desktop.gui.look import Look
from brm_desktop.gui.texts import Texts
from brm_desktop.gui.widgets.frames import column, label
from brm_desktop.gui.widgets.popover import SumLabel
from brm_desktop.gui.words import joined
from brm_desktop.language import day, listed, money, number, tr, trn

_FACTS = {
    "score": phrase("Score"),
    "rank": phrase("Rank and suggested tier"),
    "potential": phrase("Potential output"),
    "spend": phrase("Annual spend"),
    "revenue": phrase("Revenue"),
    "deals": phrase("Opportunities"),
    "closeness": phrase("Closeness"),
    "hint": phrase("Closeness by contacts"),
    "best": phrase("Best key person"),
    "contact": phrase("Last contact"),
    "wanted": phrase("Wanted projects"),
    "expected": phrase("Next project"),
}
_EXPLAINED: Final = {"score": "composite", "potential": "potential", "closeness": "closeness"}
"""Facts whose sums can be asked for, and what their numbers are called."""
_READ_LATER: Final = ("revenue", "deals")
"""Facts that are read for the account on show alone."""
_COLUMNS = 2
_MOST_DAYS = 4
_MOST_SEEN = 5


class ScreeningCard(QWidget):
    """What one needs to decide about an account, at a glance."""

    def __init__(
        self, look: Look, why: Callable[[PortfolioEntry, str], Explanation | None]
    ) -> None:
        super().__init__()
        self._look = look
        self._why = why
        self._dealt_with: AccountId | None = None
        self.texts = Texts(self)
        layout = column(margin=20, gap=12)
        self.setLayout(layout)
        self.name = label("title", wrap=True)
        self.about = label("quiet", wrap=True)
        layout.addWidget(self.name)
        layout.addWidget(self.about)
        self.suggestion = label("name")
        self.reasons = label("plain", wrap=True)
        layout.addSpacing(4)
        layout.addWidget(self.suggestion)
        layout.addWidget(self.reasons)
        layout.addSpacing(4)
        layout.addLayout(self._facts())
        layout.addLayout(self._supporters())
        layout.addStretch(1)

    def show_row(self, row: PortfolioRow, *, ranked: bool) -> None:
        """Show an account; its rank counts once all are ``ranked``."""
        entry, account = row.entry, row.entry.record
        self.name.setText(entry.name)
        people = trn("{n} person", "{n} people", entry.people)
        self.about.setText(joined(tr(account.tier), entry.industry, entry.region, people))
        self._show_suggestion(row)
        for name, said in _said(row, ranked=ranked).items():
            self._say(name, said, entry)
        if self._dealt_with != entry.account:
            self._dealt_with = entry.account
            for name in _READ_LATER:
                self.facts[name].setText("…")
        supporters = entry.screening.supporters
        self.supporters.setVisible(bool(supporters))
        seen = [joined(one.name, one.title, tr(one.stance)) for one in supporters[:_MOST_SEEN]]
        more = len(supporters) - len(seen)
        seen += [tr("and {n} more", n=more)] if more else []
        self.supporters.setText("\n".join((tr("To see:"), *seen)))
        self.capture.setVisible(entry.screening.suggestion is Suggestion.CONFIRM)

    def show_dealings(self, found: Dealings | None) -> None:
        """Show what was done with the account so far, if it is still the one on show."""
        if found is None:
            for name in _READ_LATER:
                self.facts[name].setText("–")
        elif found.account == self._dealt_with:
            for name, said in zip(_READ_LATER, _dealt(found), strict=True):
                self.facts[name].setText(said)

    def open_sum(self) -> None:
        """Say what the account's score is made of, beneath it."""
        score = self.facts["score"]
        assert isinstance(score, SumLabel)  # it is one of those explained
        score.open_sum()

    def _say(self, name: str, said: str, entry: PortfolioEntry) -> None:
        shown = self.facts[name]
        if isinstance(shown, SumLabel):
            shown.show_sum(said, partial(self._why, entry, _EXPLAINED[name]))
            shown.setAccessibleName(f"{tr(_FACTS[name])}: {shown.accessibleName()}")
        else:
            shown.setText(said)

    def _show_suggestion(self, row: PortfolioRow) -> None:
        screening, verdict = row.entry.screening, row.entry.record.screening
        said, tint = tr("Nothing is suggested"), "quiet"
        if screening.suggestion is not None:
            said = tr("Suggested: {suggestion}", suggestion=screening.suggestion)
            tint = "weak" if screening.suggestion is Suggestion.EXCLUDE else "strong"
        if verdict is not ScreeningVerdict.UNDECIDED:
            said = tr("Decided: {verdict}", verdict=verdict)
            tint = "accent"
        self.suggestion.setText(said)
        self.suggestion.setStyleSheet(f"color: {self._look.text_colour(tint).name()};")
        reasons = [tr(reason) for reason in screening.reasons]
        if verdict is not ScreeningVerdict.UNDECIDED and row.entry.record.screening_reason:
            reasons = [row.entry.record.screening_reason]
        self.reasons.setText("\n".join(f"· {reason}" for reason in reasons))

    def _facts(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(8)
        self.facts: dict[str, QLabel] = {}
        for place, (name, title) in enumerate(_FACTS.items()):
            down, across = divmod(place, _COLUMNS)
            grid.addLayout(self._fact(name, title), down, across)
        for across in range(_COLUMNS):
            grid.setColumnStretch(across, 1)
        return grid

    def _fact(self, name: str, title: Phrase) -> QVBoxLayout:
        inside = column(gap=0)
        head = label("small")
        self.texts.bind(head.setText, title)
        explained = name in _EXPLAINED
        shown = SumLabel(self._look, "plain") if explained else label("plain", wrap=True)
        shown.setAlignment(Qt.AlignmentFlag.AlignTop)
        inside.addWidget(head)
        inside.addWidget(shown)
        inside.addStretch(1)
        self.facts[name] = shown
        return inside

    def _supporters(self) -> QVBoxLayout:
        inside = column(gap=4)
        self.supporters = label("plain", wrap=True)
        self.capture = QPushButton()
        self.capture.setProperty("kind", "link")
        self.texts.bind(self.capture.setText, phrase("Create a captured opportunity (5)"))
        inside.addWidget(self.supporters)
        inside.addWidget(self.capture, 0, Qt.AlignmentFlag.AlignLeft)
        return inside


def _said(row: PortfolioRow, *, ranked: bool) -> dict[str, str]:
    """The facts in words, a dash for what is not known."""
    entry = row.entry
    composite, potential, closeness = entry.composite, entry.potential, entry.closeness
    score = "–" if composite.value is None else number(composite.value)
    if composite.lower_bound and composite.value is not None:
        score = f"≥ {score}"
    worth = "–" if potential.amount is None else money(potential.amount)
    if potential.lower_bound and potential.amount is not None:
        worth = f"≥ {worth}"
    near = tr(Band.UNSCORED)
    if closeness.value is not None:
        near = joined(
            f"{number(closeness.value)} {tr(closeness.band)}",
            tr("from {scored} of {of}", scored=closeness.scored, of=closeness.of),
        )
    spend = entry.record.expected_annual_spend
    rank = "–"
    if ranked and row.rank is not None:
        tier = "" if row.suggested is None else tr(row.suggested)
        rank = joined(str(row.rank), tr("screen first") if row.screened_first else tier)
    return {
        "score": score,
        "rank": rank,
        "potential": worth,
        "spend": "–" if spend is None else money(spend),
        "closeness": near,
        "hint": "–" if entry.hint is None else number(entry.hint.value),
        "best": _best(row),
        "contact": "–" if entry.last_contact is None else day(entry.last_contact),
        "wanted": "\n".join(map(_wanted, entry.screening.wanted)) or tr("none"),
        "expected": _expected(row),
    }


def _dealt(found: Dealings) -> tuple[str, str]:
    """Its revenue with the year, and how its opportunities stand."""
    revenue, deals = found.revenue, tr("none")
    if found.open or found.won or found.lost:
        deals = tr(
            "{open} open, {won} won, {lost} lost",
            open=number(found.open),
            won=number(found.won),
            lost=number(found.lost),
        )
    if found.last_won is not None:
        deals = joined(deals, tr("last won on {day}", day=day(found.last_won)))
    return ("–" if revenue is None else joined(money(revenue.revenue), str(revenue.year)), deals)


def _best(row: PortfolioRow) -> str:
    screening = row.entry.screening
    if screening.best is None or screening.best_mean is None:
        return tr("nobody has a score")
    return f"{screening.best}  {number(screening.best_mean)}"


def _wanted(one: WantedType) -> str:
    days = listed(day(on) for on in one.days[:_MOST_DAYS])
    more = f" +{len(one.days) - _MOST_DAYS}" if len(one.days) > _MOST_DAYS else ""
    return f"{one.name}: {days}{more}"


def _expected(row: PortfolioRow) -> str:
    expected = row.entry.expected
    if expected is None:
        return "–"
    begins, ends = day(expected.begins), day(expected.ends)
    late = tr("overdue") if expected.overdue else ""
    return joined(f"{expected.type}: {begins} – {ends}", late)
