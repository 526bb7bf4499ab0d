"""The line under the portfolio: Σ of potential per currency, bands, who is strategic or key."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QWidget

from brm_desktop.domain.cadence import REVIEWED
from brm_desktop.domain.phrase import phrase
from brm_desktop.domain.scores import Band
from brm_desktop.gui.desk import Desk
from brm_desktop.gui.texts import Texts
from brm_desktop.gui.widgets.frames import label
from brm_desktop.gui.widgets.popover import SumButton
from brm_desktop.gui.words import BAND_TOKENS, capital
from brm_desktop.language import money, number, tr, trn

if TYPE_CHECKING:
    from brm_desktop.domain.portfolio import Portfolio
    from brm_desktop.domain.sums.explanation import Explanation

_MOST_CURRENCIES = 4


class PortfolioFoot(QWidget):
    """What all accounts come to, whatever is filtered; nothing until all were read."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.texts = Texts(self)
        across = QHBoxLayout(self)
        across.setContentsMargins(8, 0, 8, 0)
        across.setSpacing(12)
        title = label("quiet")
        self.texts.bind(title.setText, phrase("Σ potential output"))
        across.addWidget(title)
        self.sums = [SumButton(desk.look) for _ in range(_MOST_CURRENCIES)]
        for button in self.sums:
            button.hide()
            across.addWidget(button)
        self.note = label("small")
        across.addWidget(self.note)
        across.addStretch(1)
        self.bands = {band: label("plain") for band in Band}
        for shown in self.bands.values():
            across.addWidget(shown)
        self.key = label("quiet")
        across.addWidget(self.key)

    def show_portfolio(self, portfolio: Portfolio | None, *, complete: bool) -> None:
        """Show the sums of all accounts; while they are still read, nothing of them."""
        self.setVisible(portfolio is not None)
        if portfolio is None:
            return
        self._show_sums(portfolio, complete=complete)
        for band, shown in self.bands.items():
            colour = self._desk.look.text_colour(BAND_TOKENS[band]).name()
            shown.setText(f"■ {capital(tr(band))} {number(portfolio.counts[band])}")
            dressed = f"color: {colour};"
            if shown.styleSheet() != dressed:  # to dress a label anew takes longer than all else
                shown.setStyleSheet(dressed)
            shown.setVisible(complete)
        self._show_key(portfolio, complete=complete)

    def _show_key(self, portfolio: Portfolio, *, complete: bool) -> None:
        """How many are strategic or key, as kept by hand and as the scores have it."""
        ranked = portfolio.ranked
        kept = sum(1 for row in portfolio.rows if row.entry.record.tier in REVIEWED)
        self.key.setVisible(complete and bool(kept or ranked.key))
        counts = {"kept": number(kept), "n": number(len(ranked.key))}
        self.key.setText(tr("Key: {kept}, by score {n}", **counts))
        said = [tr("Strategic or key: {kept} · suggested by score: {n}", **counts)]
        if len(ranked.key) > ranked.key_wanted:
            wanted = number(ranked.key_wanted)
            said.append(
                tr(
                    "{wanted} were wanted; scores at the edge are equal, so all are in.",
                    wanted=wanted,
                )
            )
        self.key.setToolTip("\n".join(said))

    def _show_sums(self, portfolio: Portfolio, *, complete: bool) -> None:
        sums = portfolio.potential
        at_least = sums.lower_bound or not complete
        amounts = sums.amounts[:_MOST_CURRENCIES]
        for place, button in enumerate(self.sums):
            button.setVisible(place < len(amounts))
            if place < len(amounts):
                amount = amounts[place]
                shown = f"≥ {money(amount)}" if at_least else money(amount)
                why = partial(_sum_of, portfolio, amount.currency)
                button.show_sum(shown, tr("Σ potential output"), why)
        said = []
        if not amounts:
            said.append("–")
        if len(sums.amounts) > _MOST_CURRENCIES:
            said.append(tr("and {n} more currencies", n=len(sums.amounts) - _MOST_CURRENCIES))
        if sums.unknown:
            unknown = trn("{n} without spend", "{n} without spend", sums.unknown)
            said.append(unknown)
        self.note.setText(" · ".join(said))


def _sum_of(portfolio: Portfolio, currency: str) -> Explanation:
    from brm_desktop.domain.sums.potential import potentials

    found = [(row.entry.name, row.entry.potential) for row in portfolio.rows]
    return potentials(sorted(found, key=lambda one: one[0]), currency)
