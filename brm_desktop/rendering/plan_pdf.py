"""An account's plan as PDF from what is known of it: content, figures and paper joined."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from brm_desktop.domain.analysis import AccountAnalysis
from brm_desktop.domain.plan import account_plan
from brm_desktop.rendering.charts import Draw, svg
from brm_desktop.rendering.figures.decision_chain import decision_chain
from brm_desktop.rendering.figures.relationship_map import relationship_map
from brm_desktop.rendering.plan_document import write_account_plan
from brm_desktop.rendering.sheets import figure_sheets, figure_svg
from brm_desktop.rendering.theme import LIGHT, Theme

MAP_PAGE: Final = 3
"""The page the map begins on: after the cover and the one-page summary."""


def write_plan(
    path: Path, analysis: AccountAnalysis, year: int, theme: Theme = LIGHT, *, draw: Draw = svg
) -> None:
    """Write the account plan of a year; needs a ``QGuiApplication``, on any platform.

    What lasts has its charts drawn elsewhere, by ``draw``.

    Raises
    ------
    FileProblem
        When the file cannot be written; one that was there stays as it was.
    """
    content = account_plan(analysis, year)
    maps = (
        figure_sheets(relationship_map(analysis), theme, first=MAP_PAGE) if analysis.people else ()
    )
    chains = {
        live.project.id: figure_svg(decision_chain(analysis, live.project.id), theme)
        for live in content.live
        if live.reading.members
    }
    write_account_plan(path, content, maps, chains, theme, draw)
