"""The sum of the number that is pointed at, in a table or on a canvas: "Why this number?"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication, QWidget

from brm_desktop.domain.analysis import AccountAnalysis
from brm_desktop.domain.phrase import phrase
from brm_desktop.domain.records import Dimension, PersonId, ProjectId
from brm_desktop.domain.sums import chains, importance, resources, scores
from brm_desktop.domain.sums.explanation import Explanation
from brm_desktop.gui.desk import Desk
from brm_desktop.gui.pages.resources.matrix_view import MatrixView
from brm_desktop.gui.portfolio.screening_page import ScreeningPage
from brm_desktop.gui.widgets.popover import Popover, SumButton, SumLabel, open_sum
from brm_desktop.gui.widgets.score_ring import SumRing
from brm_desktop.gui.widgets.table import Table
from brm_desktop.rendering.figure import Lens

if TYPE_CHECKING:
    from brm_desktop.gui.pages.canvas_pane import CanvasPane

_DIMENSIONS = {
    Lens.SOLUTION: Dimension.SOLUTION,
    Lens.PRICE: Dimension.PRICE,
}


def why_here(desk: Desk, pane: CanvasPane | None) -> None:
    """Open the sum of what has the keys: a number, a cell, or the card selected on the canvas.

    ``pane`` is the canvas on show, if there is one.
    """
    focus = QApplication.focusWidget()
    if isinstance(focus, SumButton | SumLabel | SumRing):
        focus.open_sum()
        return
    table = _around(focus, Table) or _around(focus, MatrixView)
    if isinstance(table, Table | MatrixView) and table.ask_why():
        return
    if _around(focus, Popover) is not None:
        return
    screening = _around(focus, ScreeningPage)
    if isinstance(screening, ScreeningPage):
        screening.open_sum()
        return
    if pane is None or pane.shows_twin or not why_on_canvas(desk, pane):
        desk.messages.say(phrase("Choose a number, or one person on the canvas, and ask again."))


def sum_on_canvas(desk: Desk, pane: CanvasPane) -> Explanation | None:
    """The sum of the number that colours the one selected card, if it has one."""
    canvas, people = pane.canvas, desk.selection.people
    if canvas is None or len(people) != 1 or people[0] not in canvas.content.cards:
        return None
    lens = getattr(pane.port, "lens", None) or getattr(getattr(pane.port, "view", None), "lens", 0)
    return card_sum(desk.analysis(), people[0], lens, desk.place.project)


def why_on_canvas(desk: Desk, pane: CanvasPane) -> bool:
    """Open the sum of the number that colours the selected card, beside the card."""
    canvas, people, found = pane.canvas, desk.selection.people, sum_on_canvas(desk, pane)
    if canvas is None or found is None:
        return False
    canvas.camera.reveal(canvas.content.cards[people[0]].box)
    place = canvas.camera.box_on_screen(canvas.content.cards[people[0]].box).toAlignedRect()
    open_sum(found, desk.look, canvas, place, desk.show_person)
    return True


def card_sum(
    analysis: AccountAnalysis, person: PersonId, lens: object, project: ProjectId | None
) -> Explanation | None:
    """What makes the number of a card: by the lens, for our own people their resource score."""
    if person not in analysis.importance:
        ours = {one.employee for one in analysis.resources()}
        return resources.employee(analysis, person) if person in ours else None
    if lens is Lens.STANCE:
        members = () if project is None else analysis.chain(project).members
        member = next((one for one in members if one.person == person), None)
        if member is None:
            return importance.weight(analysis, person)
        return chains.member_value(analysis, member)
    dimension = _DIMENSIONS.get(lens, Dimension.CLOSENESS) if isinstance(lens, Lens) else None
    return scores.person_score(analysis, person, dimension or Dimension.CLOSENESS)


def _around(widget: QWidget | None, kind: type[QWidget]) -> QWidget | None:
    """The widget itself, or the nearest around it, of a kind."""
    while widget is not None and not isinstance(widget, kind):
        widget = widget.parentWidget()
    return widget
