"""A canvas port without records: a figure in memory, edits noted by their names, undo."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

from brm_desktop.domain.errors import Refused
from brm_desktop.domain.phrase import Phrase, phrase
from brm_desktop.domain.records import PersonId
from brm_desktop.gui.canvas.port import Hook, Relation, Removal, Suggestion
from brm_desktop.rendering.figure import Card, Figure, Line, LineStyle, Point

STYLES = {
    Relation.REPORT: LineStyle.REPORTING,
    Relation.MANAGER: LineStyle.REPORTING,
    Relation.SWAYED: LineStyle.INFLUENCE,
    Relation.CONFLICT: LineStyle.CONFLICT,
}


class PaperPort:
    """Remembers every figure it showed; ``done`` names the edits made, in order."""

    def __init__(self, figure: Figure | None = None) -> None:
        self.shown = figure or Figure(canvas="paper", cards={})
        self.done: list[str] = []
        self.refuse = False
        self.departments: dict[PersonId, str] = {}
        self.known: list[Suggestion] = []
        self.pinned: set[PersonId] = set()
        self.more: dict[PersonId, Sequence[str]] = {}
        self._undone: list[Figure] = []
        self._before: list[Figure] = []
        self._listeners: list[Callable[[], None]] = []

    def figure(self) -> Figure:
        return self.shown

    def subscribe(self, listener: Callable[[], None]) -> Callable[[], None]:
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def department_of(self, person: PersonId) -> str | None:
        return self.departments.get(person)

    def fold_department(self, department: str) -> None:
        self.done.append(f"fold {department}")

    def told_of(self, person: PersonId) -> Sequence[str]:
        return self.more.get(person, ())

    def show_below(self, head: PersonId | None) -> None:
        self.done.append(f"show below {head}")

    def uncover(self, person: PersonId) -> None:
        self.done.append(f"uncover {person}")

    def suggestions(self, text: str) -> Sequence[Suggestion]:
        return [who for who in self.known if text.casefold() in who.name.casefold()]

    def matches(self, text: str) -> Sequence[PersonId]:
        cards = self.shown.cards.values()
        return [card.person for card in cards if text.casefold() in card.name.casefold()]

    def add(self, name: str, at: Point, hook: Hook | None) -> PersonId:
        person = PersonId(name)
        cards = {**self.shown.cards, person: Card(person=person, centre=at, name=name)}
        self._put("add", replace(self.shown, cards=cards, lines=self._hooked(person, hook)))
        return person

    def bring(self, person: PersonId, at: Point, hook: Hook | None) -> None:
        names = {who.person: who.name for who in self.known}
        cards = dict(self.shown.cards)
        cards.setdefault(person, Card(person=person, centre=at, name=names[person]))
        self._put("bring", replace(self.shown, cards=cards, lines=self._hooked(person, hook)))

    def link(self, first: PersonId, other: PersonId, relation: Relation) -> None:
        lines = self._hooked(other, Hook(first, relation))
        self._put(f"link {relation.name.lower()}", replace(self.shown, lines=lines))

    def rename(self, person: PersonId, name: str) -> None:
        cards = {**self.shown.cards, person: replace(self.shown.cards[person], name=name)}
        self._put("rename", replace(self.shown, cards=cards))

    def move(self, places: Mapping[PersonId, Point]) -> None:
        self._put("move", self.shown.moved(places))

    def lay_out(self, places: Mapping[PersonId, Point], name: Phrase) -> None:
        free = {person: at for person, at in places.items() if person not in self.pinned}
        self._put(f"lay out: {name}", self.shown.moved(free))

    def arranged(self) -> Mapping[PersonId, Point]:
        return {p: Point(300.0 * i, 0.0) for i, p in enumerate(sorted(self.shown.cards))}

    def pin(self, people: Iterable[PersonId], pinned: bool) -> None:
        cards = dict(self.shown.cards)
        for person in people:
            cards[person] = replace(cards[person], pinned=pinned)
            (self.pinned.add if pinned else self.pinned.discard)(person)
        self._put("pin", replace(self.shown, cards=cards))

    def relations_at_stake(self, people: Iterable[PersonId]) -> int:
        going = set(people)
        return sum(line.source in going or line.target in going for line in self.shown.lines)

    def remove(self, people: Iterable[PersonId], lines: Iterable[str], removal: Removal) -> None:
        gone, cut = set(people), set(lines)
        cards = {p: card for p, card in self.shown.cards.items() if p not in gone}
        kept = tuple(
            line
            for line in self.shown.lines
            if line.record not in cut and line.source in cards and line.target in cards
        )
        self._put(f"remove {removal.name.lower()}", replace(self.shown, cards=cards, lines=kept))

    def copied(self, people: Iterable[PersonId]) -> object:
        return tuple(self.shown.cards[person].name for person in people)

    def copied_text(self, people: Iterable[PersonId]) -> str:
        return "\n".join(self.shown.cards[person].name for person in people)

    def paste(self, copied: object, at: Point) -> tuple[PersonId, ...]:
        assert isinstance(copied, tuple)
        return self._more("paste", [f"{name} 2" for name in copied], at)

    def paste_names(self, names: Sequence[str], at: Point) -> tuple[PersonId, ...]:
        return self._more("paste names", names, at)

    def duplicate(self, people: Iterable[PersonId]) -> tuple[PersonId, ...]:
        names = [f"{self.shown.cards[person].name} 2" for person in people]
        return self._more("duplicate", names, Point(0.0, 500.0))

    def undo(self) -> None:
        if self._before:
            self._undone.append(self.shown)
            self.shown = self._before.pop()
            self._tell()

    def redo(self) -> None:
        if self._undone:
            self._before.append(self.shown)
            self.shown = self._undone.pop()
            self._tell()

    def put(self, figure: Figure) -> None:
        """Somebody else changed what is shown."""
        self.shown = figure
        self._tell()

    def _more(self, name: str, names: Sequence[str], at: Point) -> tuple[PersonId, ...]:
        cards = dict(self.shown.cards)
        for index, who in enumerate(names):
            person = PersonId(who)
            place = Point(at.x, at.y + 120.0 * index)
            cards[person] = Card(person=person, centre=place, name=who)
        self._put(name, replace(self.shown, cards=cards))
        return tuple(PersonId(who) for who in names)

    def _hooked(self, person: PersonId, hook: Hook | None) -> tuple[Line, ...]:
        if hook is None:
            return self.shown.lines
        first, relation = hook.person, hook.relation
        if relation is Relation.PEER:
            up = [line.source for line in self.shown.lines if line.target == first]
            if not up:
                return self.shown.lines
            first, relation = up[0], Relation.REPORT
        if relation is Relation.MANAGER:
            first, person = person, first
        made = line(first, person, STYLES[relation])
        return (*(old for old in self.shown.lines if old.record != made.record), made)

    def _put(self, name: str, figure: Figure) -> None:
        if self.refuse:
            raise Refused(phrase("No."))
        self._before.append(self.shown)
        self.shown = figure
        self.done.append(name)
        self._tell()

    def _tell(self) -> None:
        for listener in list(self._listeners):
            listener()


def line(source: str, target: str, style: LineStyle = LineStyle.REPORTING) -> Line:
    """A line between two people, known by what it says."""
    record = f"{source} {style.name.lower()} {target}"
    strength = 60 if style is LineStyle.INFLUENCE else None
    return Line(
        record=record,
        source=PersonId(source),
        target=PersonId(target),
        style=style,
        strength=strength,
    )


def card(name: str, x: float, y: float) -> Card:
    """A plain card of a person known by the name."""
    return Card(person=PersonId(name), centre=Point(x, y), name=name)


def figure_of(cards: Iterable[Card], *lines: Line) -> Figure:
    """A figure of some cards and lines."""
    return Figure(canvas="paper", cards={one.person: one for one in cards}, lines=lines)
