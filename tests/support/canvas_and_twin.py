"""The same account twice: worked on through its canvas here, through the tables beside it there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields as fields_of
from random import Random
from typing import Any

from twin_at_work import AtTwin, who

from brm_desktop.domain import edits
from brm_desktop.domain.change import Change
from brm_desktop.domain.errors import Problem
from brm_desktop.domain.phrase import phrase
from brm_desktop.domain.records import (
    Account,
    Basis,
    ChainLink,
    ChainLinkKind,
    ContactLevel,
    Department,
    Dimension,
    Influence,
    InfluenceKind,
    LineKind,
    Organisation,
    OrganisationKind,
    Person,
    Placement,
    Project,
    ProjectId,
    Record,
    ReportingLine,
    Role,
    Stance,
    Tie,
    id_of,
)
from brm_desktop.gui.canvas.port import Hook, Relation, Removal, Suggestion
from brm_desktop.gui.canvas.ports import ChainPort, KeyPersonPort, SessionPort
from brm_desktop.rendering.figure import Point
from brm_desktop.session.session import Session

TOLD = "Change"


class Both:
    """Does each thing on the canvas of one session and in the tables of the other."""

    def __init__(self, drawn: Session, canvas: SessionPort, twin: AtTwin) -> None:
        self.drawn = drawn
        self.canvas = canvas
        self.twin = twin
        self.refused = 0
        self._new = 0

    @property
    def project(self) -> ProjectId | None:
        return self.canvas.project if isinstance(self.canvas, ChainPort) else None

    def edit(self, made: Callable[..., Change], *args: object, **fields: Any) -> None:
        """What the inspector beside a canvas edits."""
        self.on_canvas(lambda: self.drawn.edit(phrase(TOLD), made, *args, **fields))

    def on_canvas(self, work: Callable[[], object]) -> None:
        try:
            work()
        except Problem:
            self.refused += 1

    def step(self, chance: Random) -> None:
        """One more edit, of any kind that the canvas and its inspector know."""
        kinds = [
            self.rename,
            self.revise,
            self.draw,
            self.line,
            self.place,
            self.pin,
            self.newcomer,
        ]
        kinds += [self.assess, self.remove_line, self.remove_person]
        if self.project is not None:
            kinds += [self.part, self.bring, self.part]
        chance.choice(kinds)(chance)

    def names(self) -> list[str]:
        """Who of the account has a row, in an order of its own."""
        analysis = self.drawn.analysis(self.canvas.account)
        inside = {one.id for one in analysis.people}
        cards = self.canvas.figure().cards
        return sorted(self.drawn.records.one(Person, one).name for one in cards if one in inside)

    def rename(self, chance: Random) -> None:
        name, new = chance.choice(self.names()), f"Name {chance.randrange(10**6)}"
        self.on_canvas(lambda: self.canvas.rename(who(self.drawn, name), new))
        self.twin.person(name, "Name", new)

    def revise(self, chance: Random) -> None:
        title, field, value = chance.choice(
            [
                ("Title", "title", f"Head {chance.randrange(9)}"),
                ("Department", "department", f"Office {chance.randrange(3)}"),
                ("Power", "power", chance.randrange(120)),
                ("Influence", "influence", chance.randrange(100)),
                ("Crucial", "crucial", chance.choice([True, False, None])),
                ("Key people", "key", chance.choice([True, False, None])),
                ("Successor", "successor", chance.choice([*self.names(), None])),
            ]
        )
        name = chance.choice(self.names())
        drawn, typed = value, value if not isinstance(value, int) else str(value)
        if field in {"crucial", "key"}:
            typed = value
        if field == "successor" and value is not None:
            drawn, typed = (who(one, str(value)) for one in (self.drawn, self.twin.session))
        self.edit(edits.revise_person, who(self.drawn, name), **{field: drawn})
        self.twin.person(name, title, typed)

    def assess(self, chance: Random) -> None:
        name, score = chance.choice(self.names()), chance.randrange(130)
        dimension, title = chance.choice(
            [(Dimension.CLOSENESS, "Closeness"), (Dimension.PRICE, "Price")]
        )
        given = {dimension.value: score}
        person = who(self.drawn, name)
        now = self.drawn.analysis(self.canvas.account).standing(person, dimension)
        if now is None or now.value != score:
            self.edit(edits.assess, person, **given)
        self.twin.person(name, title, str(score))

    def draw(self, chance: Random) -> None:
        """A line between two, or from one to somebody new."""
        kind, relation = chance.choice(self.twin.twin._kinds())[1], Relation.SWAYED
        first, second = chance.sample([*self.names(), "Me", "Colleague", "Zhao"], 2)
        source, target = who(self.drawn, first), who(self.drawn, second)
        outside = {"Me", "Colleague", "Zhao"} & {first, second}
        if kind is LineKind.DOTTED:
            self.edit(edits.set_manager, source, target, kind=kind)
        elif kind is not OrganisationKind.OWN or outside:
            relation = kind if isinstance(kind, Relation) else relation
            self.on_canvas(lambda: self.canvas.link(source, target, relation))
        else:
            self.refused += 1  # a canvas has nothing to draw it with
        typed = self.twin.session
        self.twin.twin.add_link.asked.emit(
            Suggestion(who(typed, first), first),
            kind,
            second,
            Suggestion(who(typed, second), second),
        )

    def line(self, chance: Random) -> None:
        """A field of a line: its kind, strength, basis, evidence, label, what is wanted."""
        record = self._some_line(chance)
        if record is None:
            return
        link, same = record
        choices: list[tuple[str, str, object]] = []
        if isinstance(link, Influence | Tie):
            level = "closeness" if isinstance(link, Tie) else "strength"
            choices += [
                ("Strength", level, chance.randrange(110)),
                ("Basis", "basis", chance.choice(list(Basis))),
                ("Evidence", "evidence", f"seen {chance.randrange(9)}"),
            ]
        if isinstance(link, Tie):
            choices.append(("Wanted", "wanted", chance.randrange(1, 101)))
        else:
            kinds = {ReportingLine: LineKind, ChainLink: ChainLinkKind, Influence: InfluenceKind}
            choices += [
                ("Label", "label", f"said {chance.randrange(9)}"),
                ("Kind", "kind", chance.choice(list(kinds[type(link)]))),
            ]
        title, field, value = chance.choice(choices)
        if getattr(link, field) != value:
            self.edit(edits.revise_relation, link.id, **{field: value})
        self.twin.link(same, title, str(value) if isinstance(value, int) else value)

    def place(self, chance: Random) -> None:
        name, to = chance.choice(self.names()), float(chance.randrange(-500, 900))
        person = who(self.drawn, name)
        at = self.canvas.figure().cards[person].centre
        title = chance.choice(["Across", "Down"])
        there = Point(to, round(at.y)) if title == "Across" else Point(round(at.x), to)
        self.on_canvas(lambda: self.canvas.move({person: there}))
        self.twin.person(name, title, str(int(to)))

    def pin(self, chance: Random) -> None:
        name = chance.choice(self.names())
        person = who(self.drawn, name)
        pinned = self.canvas.figure().cards[person].pinned
        self.on_canvas(lambda: self.canvas.pin((person,), not pinned))
        self.twin.person(name, "Pinned", not pinned)

    def newcomer(self, chance: Random) -> None:
        """Somebody new: by himself, or hanging on somebody by a line."""
        self._new += 1
        name = f"New {self._new}"
        twin = self.twin.twin
        if chance.random() < 0.5:
            at = twin._free_place()
            self.on_canvas(lambda: self.canvas.add(name, at, None))
            twin.add_person.asked.emit(name, None)
            return
        first = chance.choice(self.names())
        before = set(self.twin.session.records.all(Person))
        twin.add_link.asked.emit(
            Suggestion(who(self.twin.session, first), first), Relation.SWAYED, name, None
        )
        hook = Hook(who(self.drawn, first), Relation.SWAYED)
        made = set(self.twin.session.records.all(Person)) - before
        if not made:  # the view from a person refuses lines that are not that person's
            self.on_canvas(lambda: self.canvas.add(name, Point(0.0, 0.0), hook))
            return
        (new,) = made
        place = self.twin.session.records.one(Placement, id_of(Placement, twin.port.canvas, new))  # type: ignore[union-attr]  # there is one
        self.on_canvas(lambda: self.canvas.add(name, Point(place.x, place.y), hook))

    def remove_line(self, chance: Random) -> None:
        record = self._some_line(chance)
        if record is not None and chance.random() < 0.4:
            self.on_canvas(lambda: self.canvas.remove((), [record[0].id], Removal.TAKE))
            self.twin.twin.links.delete_asked.emit([record[1]])

    def remove_person(self, chance: Random) -> None:
        names = self.names()
        if len(names) < 4:
            return
        name = chance.choice(names)
        person = who(self.drawn, name)
        if isinstance(self.canvas, KeyPersonPort) and person == self.canvas.person:
            return  # with him the view itself would go
        keep = bool(self.canvas.relations_at_stake((person,)))
        removal = Removal.KEEP if keep else Removal.TAKE
        self.on_canvas(lambda: self.canvas.remove((person,), (), removal))
        self.twin.twin.people.delete_asked.emit([who(self.twin.session, name)])

    def part(self, chance: Random) -> None:
        """Somebody's part in the chain: roles, stance, contact, the marks here."""
        assert self.project is not None
        members = sorted(self.names())
        name = chance.choice(members)
        title, field, value = chance.choice(
            [
                ("Roles", "roles", tuple(r for r in Role if chance.random() < 0.4)),
                ("Stance", "stance", chance.choice(list(Stance))),
                ("Contact", "contact", chance.choice(list(ContactLevel))),
                ("Veto here", "veto", chance.choice([True, False, None])),
                ("Sole approver here", "sole_approver", chance.choice([True, False, None])),
            ]
        )
        model = self.twin.twin._people
        (row,) = (one for one in model.rows if one.person.name == name)
        column = next(one for one in model.columns if str(one.title) == title)
        assert column.value is not None
        if column.value(row) != value:
            self.edit(edits.revise_member, self.project, who(self.drawn, name), **{field: value})
        self.twin.person(name, title, value)

    def bring(self, chance: Random) -> None:
        """Somebody of the account joins the chain."""
        people = self.drawn.analysis(self.canvas.account).people
        name = chance.choice(sorted(one.name for one in people))
        at = self.twin.twin._free_place()
        self.on_canvas(lambda: self.canvas.bring(who(self.drawn, name), at, None))
        known = Suggestion(who(self.twin.session, name), name)
        self.twin.twin.add_person.asked.emit(name, known)

    def _some_line(self, chance: Random) -> tuple[Record, str] | None:
        """A line of the one canvas and the id of the same line of the other."""
        ours = {told: key for key, told in lines_of(self.drawn, self.canvas).items()}
        theirs = {told: key for key, told in lines_of(self.twin.session, self.twin.port).items()}
        if not ours:
            return None
        told = chance.choice(sorted(ours))
        return self.drawn.records.find(ours[told]), theirs[told]  # type: ignore[return-value]  # it is there


def lines_of(session: Session, port: SessionPort) -> dict[str, str]:
    """What each line of a canvas says, by its record's id."""
    told = {}
    for line in port.figure().lines:
        record = session.records.find(line.record)
        if record is not None:
            told[line.record] = said(session, record)
    return told


def said(session: Session, record: Record) -> str:
    """A record with the names of whom it is about in place of ids."""
    records = session.records
    names: dict[str, str] = {one.id: one.name for one in records.all(Person).values()}
    names |= {one.id: one.name for one in records.all(Organisation).values()}
    names |= {one.id: one.name for one in records.all(Department).values()}
    names |= {one.id: one.name for one in records.all(Project).values()}
    names |= {one.id: "account" for one in session.records.all(Account).values()}
    told = []
    for field in fields_of(record):
        value = getattr(record, field.name)
        if field.name in {"id", "stamp"}:
            continue
        if isinstance(value, str):
            value = names.get(value, value)
        told.append(f"{field.name}={value!s}")
    return f"{type(record).__name__}({', '.join(told)})"


def everything(session: Session) -> list[str]:
    """All records of a session, ids aside."""
    return sorted(said(session, record) for record in session.records)
