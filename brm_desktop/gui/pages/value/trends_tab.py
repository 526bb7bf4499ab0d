"""How the company's key persons and scores moved over all months that are kept."""

from __future__ import annotations

from brm_desktop.domain.phrase import phrase
from brm_desktop.domain.scores import Band
from brm_desktop.domain.snapshots import trend_of
from brm_desktop.gui.desk import Desk
from brm_desktop.gui.pages.value.drawings import BandsTrend, ScoresTrend
from brm_desktop.gui.pages.value.standing import Shown, Standing
from brm_desktop.gui.pages.value.tab import ValueTab
from brm_desktop.gui.widgets.chart import ChartPanel
from brm_desktop.gui.widgets.frames import label
from brm_desktop.language import tr, trn


class TrendsTab(ValueTab):
    """Bands and scores of the whole company, month after month."""

    wants_accounts = False

    def __init__(self, desk: Desk, standing: Standing) -> None:
        super().__init__(desk, standing)
        layout = self.scrolling()
        self.about = label("quiet", wrap=True)
        layout.addWidget(self.about)
        self.bands = ChartPanel(desk, phrase("Key persons by closeness, month by month"), 244)
        self.scores = ChartPanel(desk, phrase("Scores of all accounts, month by month"), 244)
        layout.addWidget(self.bands)
        layout.addWidget(self.scores)
        layout.addStretch(1)

    def focus_first(self) -> None:
        """Give the keys to the first chart."""
        self.bands.chart.setFocus()

    def show_value(self, shown: Shown) -> None:
        """Draw the months that are kept."""
        months = shown.trend
        if not months:
            said = tr(
                "No month is kept yet: the first is, when a month ends with somebody assessed."
            )
        else:
            first, last = months[0].month, months[-1].month
            said = trn(
                "{n} month-end of the whole company, {first} to {last}",
                "{n} month-ends of the whole company, {first} to {last}",
                len(months),
                first=f"{first:%Y-%m}",
                last=f"{last:%Y-%m}",
            )
        self.about.setText(said)
        self.bands.setVisible(bool(months))
        self.scores.setVisible(bool(months))
        if months:
            now = trend_of(months)[-1].persons
            note = trn(
                "{n} key person unscored at the end",
                "{n} key persons unscored at the end",
                now[Band.UNSCORED],
            )
            self.bands.show_drawing(BandsTrend(months), note)
            self.scores.show_drawing(ScoresTrend(months))
