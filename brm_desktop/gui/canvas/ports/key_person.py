"""The key-person view as a canvas: one person and everybody around."""

from __future__ import annotations

from brm_desktop.domain.analysis import AccountAnalysis
from brm_desktop.domain.records import AccountId, PersonId
from brm_desktop.gui.canvas.port import Hook, Relation
from brm_desktop.gui.canvas.ports.session_port import SessionPort
from brm_desktop.rendering.figure import Figure, Lens, Point
from brm_desktop.rendering.figures import key_person_view
from brm_desktop.session.session import Session


class KeyPersonPort(SessionPort):
    """Draws around one person: who is added without a line sways that person."""

    def __init__(
        self,
        session: Session,
        account: AccountId,
        person: PersonId,
        lens: Lens = Lens.CLOSENESS,
        routes: int = 3,
    ) -> None:
        super().__init__(session, account, person)
        self.person = person
        self.lens = lens
        self.routes = routes

    def set_lens(self, lens: Lens) -> None:
        """Colour by something else."""
        if lens is not self.lens:
            self.lens = lens
            self._looks_otherwise()

    def add(self, name: str, at: Point, hook: Hook | None) -> PersonId:
        """Make a person of the account who has to do with the one in the middle."""
        return super().add(name, at, hook or Hook(self.person, Relation.SWAYS))

    def bring(self, person: PersonId, at: Point, hook: Hook | None) -> None:
        """Let somebody known sway the one in the middle, or link him as the hook says."""
        super().bring(person, at, hook or Hook(self.person, Relation.SWAYS))

    def _draw(self, analysis: AccountAnalysis) -> Figure:
        return key_person_view(analysis, self.person, self.routes, self.lens)

    def _view(self) -> object:
        return (self.lens, self.routes)
