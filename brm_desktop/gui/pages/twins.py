"""The twin of each canvas: which columns and rows its tables have.

Few look at them, so a canvas imports this when its tables are first asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from brm_desktop.gui.desk import Desk
from brm_desktop.gui.pages.people_rows import PeopleColumns, PersonRow
from brm_desktop.gui.pages.twin import Twin
from brm_desktop.gui.pages.twin_people import canvas_rows, rows_around
from brm_desktop.rendering.figure import Figure
from brm_desktop.rendering.figures.former import is_succession

Drawn = Callable[[], Figure]
"""Gives what a canvas shows."""


def map_twin(desk: Desk, drawn: Drawn) -> Twin:
    """Everybody on the map of an account, and its links; who followed whom is no link."""

    def people() -> Sequence[PersonRow]:
        return canvas_rows(desk, desk.analysis(), drawn())

    def links() -> list[str]:
        return [record for record in _lines(drawn) if not is_succession(record)]

    return Twin(desk, PeopleColumns(desk).for_account(), people, links)


def view_twin(desk: Desk, drawn: Drawn) -> Twin:
    """Who stands around a person, and the links there."""

    def people() -> Sequence[PersonRow]:
        return rows_around(desk, desk.analysis(), drawn())

    return Twin(desk, PeopleColumns(desk).for_account(), people, lambda: _lines(drawn))


def chain_twin(desk: Desk, drawn: Drawn) -> Twin:
    """The members of the decision chain on show, and the links between them."""

    def people() -> Sequence[PersonRow]:
        return canvas_rows(desk, desk.analysis(), drawn(), desk.place.project)

    columns = PeopleColumns(desk).for_chain(lambda: desk.place.project)
    return Twin(desk, columns, people, lambda: _lines(drawn))


def _lines(drawn: Drawn) -> list[str]:
    return [line.record for line in drawn().lines]
