"""The key-person view as a canvas: one person and everybody around."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Concatenate, ParamSpec

from brm_desktop.domain.act import Act
from brm_desktop.domain.analysis import AccountAnalysis
from brm_desktop.domain.change import Change
from brm_desktop.domain.draft import Draft
from brm_desktop.domain.errors import Refused
from brm_desktop.domain.naming import called
from brm_desktop.domain.phrase import Phrase, phrase
from brm_desktop.domain.records import AccountId, Person, PersonId, Records, ReportingLine
from brm_desktop.gui.canvas.port import Hook, Relation
from brm_desktop.gui.canvas.ports import steps
from brm_desktop.gui.canvas.ports.session_port import SessionPort
from brm_desktop.rendering.figure import Figure, Lens, Point
from brm_desktop.rendering.figures import key_person_view
from brm_desktop.session.session import Session

P = ParamSpec("P")


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
        self._sways = False

    def set_lens(self, lens: Lens) -> None:
        """Colour by something else."""
        if lens is not self.lens:
            self.lens = lens
            self._looks_otherwise()

    def add(self, name: str, at: Point, hook: Hook | None) -> PersonId:
        """Make a person of the account who has to do with the one in the middle."""
        hook = hook or Hook(self.person, Relation.SWAYS)
        self._check_seen(hook)
        return super().add(name, at, hook)

    def bring(self, person: PersonId, at: Point, hook: Hook | None) -> None:
        """Let somebody known sway the one in the middle, or link him as the hook says."""
        hook = hook or Hook(self.person, Relation.SWAYS)
        self._check_seen(hook, person)
        super().bring(person, at, hook)

    def link(self, first: PersonId, other: PersonId, relation: Relation) -> None:
        """Draw a line of the one in the middle; others would not be seen here."""
        self._check_seen(Hook(first, relation), other)
        super().link(first, other, relation)

    def paste(self, copied: object, at: Point) -> tuple[PersonId, ...]:
        """Make people like the copied ones, who sway the one in the middle."""
        with self._swaying():
            return super().paste(copied, at)

    def paste_names(self, names: Sequence[str], at: Point) -> tuple[PersonId, ...]:
        """Make a person of each row of text, who sways the one in the middle."""
        with self._swaying():
            return super().paste_names(names, at)

    def duplicate(self, people: Iterable[PersonId]) -> tuple[PersonId, ...]:
        """Make a second of each person, who has to do with the one in the middle like the first."""
        with self._swaying():
            return super().duplicate(people)

    def _edit(
        self,
        name: Phrase,
        edit: Callable[Concatenate[Records, Act, P], Change],
        /,
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> Change:
        if not self._sways:
            return super()._edit(name, edit, *args, **kwargs)

        def swaying(records: Records, act: Act, /) -> Change:
            draft = Draft(records)
            new = draft.do(edit, act, *args, **kwargs).added(Person)
            draft.do(steps.sway, act, [person.id for person in new], self.person)
            return draft.change()

        return super()._edit(name, swaying)

    @contextmanager
    def _swaying(self) -> Iterator[None]:
        """Whoever an edit makes meanwhile sways the one in the middle, in the same step."""
        self._sways = True
        try:
            yield
        finally:
            self._sways = False

    def _check_seen(self, hook: Hook, other: PersonId | None = None) -> None:
        """Refuse what would not show here: lines that the one in the middle has no part in."""
        ends = {hook.person, other}
        if hook.relation in (Relation.PEER, Relation.MANAGER):
            lines = self.records.where(ReportingLine, person=hook.person)
            ends |= {line.manager for line in lines}
        if self.person not in ends:
            name = called(self.records, self.person)
            raise Refused(
                phrase("Here only lines of {name} are drawn; draw others on the map.", name=name)
            )

    def _draw(self, analysis: AccountAnalysis) -> Figure:
        return key_person_view(analysis, self.person, self.routes, self.lens)

    def _view(self) -> object:
        return (self.lens, self.routes)
