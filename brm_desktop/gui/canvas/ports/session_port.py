"""What the three canvases over a session have in common."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Concatenate, Final, ParamSpec

from brm_desktop.domain import edits
from brm_desktop.domain.act import Act
from brm_desktop.domain.analysis import AccountAnalysis
from brm_desktop.domain.change import Change
from brm_desktop.domain.draft import Draft
from brm_desktop.domain.errors import Refused
from brm_desktop.domain.phrase import Phrase, phrase
from brm_desktop.domain.records import (
    AccountId,
    Department,
    Person,
    PersonId,
    Placement,
    ProjectId,
    Record,
    Records,
)
from brm_desktop.domain.spelling import fits
from brm_desktop.exchange.formulas import guarded
from brm_desktop.gui.canvas.above import room_made
from brm_desktop.gui.canvas.port import Hook, Relation, Removal, Suggestion
from brm_desktop.gui.canvas.ports import steps
from brm_desktop.gui.canvas.ports.past import closeness_changes, standing_as, with_changes
from brm_desktop.gui.past_day import READ_ONLY
from brm_desktop.language import current
from brm_desktop.rendering.figure import Figure, Point
from brm_desktop.rendering.figures.details import card_details
from brm_desktop.rendering.figures.former import is_succession
from brm_desktop.rendering.layouts.room import beside_fixed
from brm_desktop.session.session import Session
from brm_desktop.session.signal import Signal

P = ParamSpec("P")

_FIGURES_KEPT: Final = 60
"""How many days stay drawn, so that going back and forth draws nothing anew."""


class SessionPort:
    """A canvas of one account; ``canvas`` is the id that its cards' places are kept under.

    Until a hand has placed a card a canvas is laid out by itself. The first edit keeps every place,
    so that adding a person never moves another.
    """

    def __init__(self, session: Session, account: AccountId, canvas: str) -> None:
        self.session = session
        self.account = account
        self.canvas = canvas
        self._looks_changed: Signal[None] = Signal()
        self._drawn: dict[tuple[date | None, date | None], Figure] = {}
        self._drawn_for: tuple[object, ...] = ()
        self._day: date | None = None
        self._since: date | None = None

    @property
    def key(self) -> tuple[object, ...]:
        """What tells this canvas from another: the session and whom or what it shows."""
        return (self.session, self.canvas)

    def figure(self) -> Figure:
        """What to show now; the same figure as long as nothing changed."""
        return self._drawn_on(self._day, self._since)

    @property
    def analysis(self) -> AccountAnalysis:
        """The numbers on show: today's, or those of the day in the past."""
        today = self.session.analysis(self.account)
        return today if self._day is None else today.on(self._day)

    def set_day(self, day: date | None, since: date | None = None) -> None:
        """Show the canvas as it was on a day, ``None`` being today; mark what changed ``since``.

        While a day in the past is on show every edit is refused.
        """
        if (day, since) != (self._day, self._since):
            self._day, self._since = day, since
            self._looks_otherwise()

    def subscribe(self, listener: Callable[[], None]) -> Callable[[], None]:
        """Call ``listener`` after every change of records, settings or what is to be seen."""
        stops = (
            self.session.changed.subscribe(lambda _: listener()),
            self.session.settings_changed.subscribe(lambda _: listener()),
            self._looks_changed.subscribe(lambda _: listener()),
        )

        def stop() -> None:
            for one in stops:
                one()

        return stop

    def department_of(self, person: PersonId) -> str | None:
        """The department somebody is in."""
        found = self.records.get(Person, person)
        return found.department if found is not None else None

    def fold_department(self, department: str) -> None:
        """Only a map has grounds with heads to fold."""

    def told_of(self, person: PersonId) -> Sequence[str]:
        """More about somebody than his card says."""
        return card_details(self.session.analysis(self.account), person, self._project())

    def _project(self) -> ProjectId | None:
        """The project whose chain this is, if it is one."""
        return None

    def suggestions(self, text: str) -> Sequence[Suggestion]:
        """People of this account, by name, pinyin or initials."""
        people = self.session.analysis(self.account).people
        ranked = [
            (rank, len(person.name), person.name, person)
            for person in people
            if (rank := fits(text, person.name)) is not None
        ]
        ranked.sort(key=lambda found: found[:3])
        return [Suggestion(p.id, p.name, self._hint(p)) for *_, p in ranked]

    def show_below(self, head: PersonId | None) -> None:
        """Nobody is left out of a figure, except of a map's of very many people."""

    def uncover(self, person: PersonId) -> None:
        """Nobody is left out of a figure, except of a map's of very many people."""

    def matches(self, text: str) -> Sequence[PersonId] | None:
        """Whose card says what is looked for, from top left to bottom right."""
        wanted = text.casefold()
        cards = [
            card
            for card in self.figure().cards.values()
            if fits(text, card.name) is not None or wanted in card.subtitle.casefold()
        ]
        cards.sort(key=lambda card: (card.centre.y, card.centre.x))
        return [card.person for card in cards]

    def add(self, name: str, at: Point, hook: Hook | None) -> PersonId:
        """Make a person of the account."""
        change = self._edit(
            phrase("Add {name}", name=name),
            steps.add_person,
            self.account,
            self.canvas,
            name,
            at,
            hook,
            {**self._unkept(), **self._lowered(at, hook)},
        )
        return change.added(Person)[0].id

    def _lowered(self, at: Point, hook: Hook | None) -> dict[PersonId, Point]:
        """Who goes down with all below him, as somebody new takes his place above him."""
        figure = self.figure()
        there = None if hook is None else figure.cards.get(hook.person)
        if hook is None or there is None or there.centre != at:
            return {}
        return room_made(figure, hook.person) if hook.relation is Relation.MANAGER else {}

    def bring(self, person: PersonId, at: Point, hook: Hook | None) -> None:  # noqa: ARG002
        """Link somebody who is on the canvas already; a peer shares the manager."""
        if hook is None or hook.person == person:
            return
        if hook.relation is Relation.PEER:
            self._edit(
                steps.LINE_NAMES[hook.relation], steps.hang, hook.person, person, hook.relation
            )
        else:
            self.link(hook.person, person, hook.relation)

    def link(self, first: PersonId, other: PersonId, relation: Relation) -> None:
        """Draw one line."""
        self._edit(
            steps.LINE_NAMES[relation],
            steps.link_in_place,
            self.canvas,
            self._unkept(),
            first,
            other,
            relation,
        )

    def rename(self, person: PersonId, name: str) -> None:
        """Give a person another name."""
        self._edit(phrase("Rename to {name}", name=name), edits.revise_person, person, name=name)

    def move(self, places: Mapping[PersonId, Point]) -> None:
        """Put cards where they were dragged."""
        name = phrase("Move a card") if len(places) == 1 else _moved(len(places))
        self._edit(name, steps.place, self.canvas, self._unkept(), places)

    def lay_out(self, places: Mapping[PersonId, Point], name: Phrase) -> None:
        """Put cards where a layout wants them; pinned ones stay."""
        wanted = {person: (at.x, at.y) for person, at in places.items()}
        self._edit(name, edits.lay_out, self.canvas, wanted)

    def arranged(self) -> Mapping[PersonId, Point]:
        """Where this canvas's own layout wants every card, out of the way of pinned ones."""
        kept = self.records.where(Placement, canvas=self.canvas)
        away = Change.of(kept)
        bare = self.session.analysis(self.account).after(away.applied(self.records), away)
        figure = self._bare(bare)
        pinned: dict[str, Point] = {
            place.person: Point(float(place.x), float(place.y)) for place in kept if place.pinned
        }
        cards = figure.cards.items()
        free: dict[str, Point] = {p: card.centre for p, card in cards if p not in pinned}
        found = beside_fixed(free, pinned)
        return {PersonId(person): at for person, at in found.items()}

    def pin(self, people: Iterable[PersonId], pinned: bool) -> None:
        """Pin cards where they stand, or let layouts move them again."""
        name = phrase("Pin") if pinned else phrase("Unpin")
        self._edit(name, steps.pin, self.canvas, self._unkept(), people, pinned)

    def relations_at_stake(self, people: Iterable[PersonId]) -> int:
        """How many lines end at those who would go for good, where somebody hangs under them.

        Else, and on a past day, there is nothing to decide.
        """
        going = {person for person in people if not self._is_outsider(person)}
        if self._day is not None or not edits.somebody_hangs(self.records, going):
            return 0
        return sum(line.source in going or line.target in going for line in self.figure().lines)

    def remove(self, people: Iterable[PersonId], lines: Iterable[str], removal: Removal) -> None:
        """Take people and lines away; people from outside the account only off this canvas."""
        self._edit(
            phrase("Delete"),
            steps.remove,
            self.canvas,
            self._standing(),
            people,
            [line for line in lines if not is_succession(line)],
            removal is Removal.KEEP,
        )

    def copied(self, people: Iterable[PersonId]) -> object:
        """The people with the lines among them and where they stand."""
        draft = Draft(self.records)
        draft.do(steps.place, self.session.act(), self.canvas, self._unkept())
        return edits.copied(draft, tuple(people), self.canvas)

    def copied_text(self, people: Iterable[PersonId]) -> str:
        """A row for each person: name, title, department."""
        found = (self.records.get(Person, person) for person in people)
        return "\n".join(self._row(person) for person in found if person is not None)

    def paste(self, copied: object, at: Point) -> tuple[PersonId, ...]:
        """Make people like the copied ones, around a place."""
        assert isinstance(copied, tuple)
        held: tuple[Record, ...] = copied
        places = [record for record in held if isinstance(record, Placement)]
        offset = (24.0, 24.0)
        if places:
            offset = (
                at.x - min(place.x for place in places),
                at.y - min(place.y for place in places),
            )
        change = self._edit(
            phrase("Paste"),
            edits.paste_people,
            held,
            self.account,
            canvas=self.canvas,
            offset=offset,
        )
        return tuple(person.id for person in change.added(Person))

    def paste_names(self, names: Sequence[str], at: Point) -> tuple[PersonId, ...]:
        """Make a person of each row of text, one below another."""
        places = steps.block(at, len(names), self.figure().cards.values())
        change = self._edit(
            phrase("Paste"),
            steps.add_rows,
            self.account,
            self.canvas,
            names,
            places,
            self._unkept(),
        )
        return tuple(person.id for person in change.added(Person))

    def duplicate(self, people: Iterable[PersonId]) -> tuple[PersonId, ...]:
        """Make a second of each person."""
        change = self._edit(
            phrase("Duplicate"), steps.duplicate, self.canvas, self._unkept(), people
        )
        return tuple(person.id for person in change.added(Person))

    def undo(self) -> None:
        """Take back the session's last step."""
        self._check_today()
        self.session.undo()

    def redo(self) -> None:
        """Make the session's step again that was taken back."""
        self._check_today()
        self.session.redo()

    @property
    def records(self) -> Records:
        """The session's records."""
        return self.session.records

    def _draw(self, analysis: AccountAnalysis) -> Figure:
        raise NotImplementedError

    def _bare(self, analysis: AccountAnalysis) -> Figure:
        """The figure with no more than where everyone stands."""
        return self._draw(analysis)

    def _drawn_on(self, day: date | None, since: date | None) -> Figure:
        """The figure of a day, kept until something changes."""
        key = (self.session.analysis(self.account), current(), self._view())
        if key != self._drawn_for:
            self._drawn_for = key
            self._drawn.clear()
        found = self._drawn.pop((day, since), None) or self._made(day, since)
        while len(self._drawn) >= _FIGURES_KEPT:
            self._drawn.pop(next(iter(self._drawn)))
        self._drawn[day, since] = found
        return found

    def _made(self, day: date | None, since: date | None) -> Figure:
        today = self.session.analysis(self.account)
        analysis = today if day is None else today.on(day)
        figure = self._draw(analysis)
        if day is not None:
            figure = standing_as(figure, self._drawn_on(None, None))
        if since is not None and since < analysis.today:
            figure = with_changes(figure, closeness_changes(figure, analysis, since))
        return figure

    def _edit(
        self,
        name: Phrase,
        edit: Callable[Concatenate[Records, Act, P], Change],
        /,
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> Change:
        """Make an edit, unless the canvas shows a day in the past."""
        self._check_today()
        return self.session.edit(name, edit, *args, **kwargs)

    def _check_today(self) -> None:
        if self._day is not None:
            raise Refused(READ_ONLY)

    def _view(self) -> object:
        """What the figure depends on besides the records."""
        return None

    def _looks_otherwise(self) -> None:
        self._looks_changed.emit(None)

    def _hint(self, person: Person) -> str:
        department = self.records.get(Department, person.department)
        return " · ".join(filter(None, (person.title, department.name if department else "")))

    def _row(self, person: Person) -> str:
        department = self.records.get(Department, person.department)
        cells = (person.name, person.title, department.name if department else "")
        return "\t".join(guarded(" ".join(cell.split())) for cell in cells)

    def _is_outsider(self, person: PersonId) -> bool:
        return steps.is_outsider(self.records, person)

    def _standing(self) -> dict[PersonId, Point]:
        """Where every card stands."""
        return {person: card.centre for person, card in self.figure().cards.items()}

    def _unkept(self) -> dict[PersonId, Point]:
        """Where those stand whose place is not kept yet."""
        kept = {place.person for place in self.records.where(Placement, canvas=self.canvas)}
        return {person: at for person, at in self._standing().items() if person not in kept}


def _moved(n: int) -> Phrase:
    return phrase("Move {n} cards", n=n)
