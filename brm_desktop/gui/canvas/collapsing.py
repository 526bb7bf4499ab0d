"""A board whose parts collapse behind their heads, and expand again."""

from __future__ import annotations

from brm_desktop.domain.records import PersonId
from brm_desktop.gui.canvas.board import Board
from brm_desktop.gui.canvas.folding import HANGING, Fold, department_head


class FoldingBoard(Board):
    """A board with a slot for all that collapses and expands; none of it is an edit."""

    def collapse(self) -> None:
        """Collapse what hangs under each selected person, or expand it."""
        folds = dict(self.content.folds)
        for person in self.selection.people:
            if self._is_leaf(person):
                self.port.show_below(person)
            elif folds.pop(person, None) is None:
                folds[person] = Fold(person)
        self.set_folds(folds)

    def toggle_fold(self, person: PersonId) -> None:
        """Collapse or expand what hangs under somebody; more of it where the figure leaves out."""
        folds = dict(self.content.folds)
        if folds.pop(person, None) is None:
            if person in self.content.figure.beneath:
                self.port.show_below(person)
                return
            folds[person] = Fold(person)
        self.set_folds(folds)

    def show_more(self) -> None:
        """Show more of those below each selected person, or of those below nobody."""
        if self.selection.people:
            for person in self.selection.people:
                self.port.show_below(person)
        elif self.content.figure.beside:
            self.port.show_below(None)

    def _is_leaf(self, person: PersonId) -> bool:
        """Whether all who are below somebody are left out of the figure."""
        lines = self.content.lines_of((person,)).values()
        below = any(line.source == person and line.style in HANGING for line in lines)
        left_out = person in self.content.figure.beneath
        return left_out and not below and person not in self.content.folds

    def collapse_department(self, person: PersonId) -> None:
        """Collapse the department somebody is in behind its head, or expand it."""
        department = self.port.department_of(person)
        if department is None:
            return
        head = department_head(self.content.figure, department, self.port.department_of)
        folds = dict(self.content.folds)
        if head is not None and folds.pop(head, None) is None:
            folds[head] = Fold(head, department)
        self.set_folds(folds)

    def expand_all(self) -> None:
        """Expand everything that is collapsed."""
        self.set_folds({})
