"""What a canvas's people have in its table besides what every list of people says."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from brm_desktop.domain import edits
from brm_desktop.domain.analysis import AccountAnalysis
from brm_desktop.domain.phrase import Phrase, phrase
from brm_desktop.domain.records import Person, PersonId, ProjectId
from brm_desktop.domain.spelling import name_order
from brm_desktop.gui.canvas.ports import SessionPort
from brm_desktop.gui.desk import Desk
from brm_desktop.gui.pages.people_rows import PersonRow, people_rows, rows_of
from brm_desktop.gui.widgets.fields import yes_no_auto
from brm_desktop.gui.widgets.table import Column
from brm_desktop.gui.widgets.typed import day_or_nothing, day_typed
from brm_desktop.gui.widgets.value_fields import parse_date
from brm_desktop.gui.words import name_of, organisation_name, person_name
from brm_desktop.language import tr
from brm_desktop.rendering.figure import Card, Figure, Point


class AtCanvas(Protocol):
    """What the columns need of the twin they stand in."""

    desk: Desk

    @property
    def port(self) -> SessionPort | None:
        """The canvas whose twin it is."""
        ...

    def do(self, work: Callable[[SessionPort], object]) -> bool:
        """Let the canvas do something, and tell why where a rule forbids it."""
        ...


def canvas_rows(
    desk: Desk, analysis: AccountAnalysis, figure: Figure, project: ProjectId | None = None
) -> Sequence[PersonRow]:
    """The account's people, or those of a chain, and whoever else has a card on the canvas."""
    inside = people_rows(desk, analysis, project)
    members = {row.person.id for row in inside} if project is not None else _ids(analysis)
    others = [
        person
        for key in figure.cards
        if key not in members and (person := desk.records.get(Person, key)) is not None
    ]
    if not others:
        return inside
    others.sort(key=lambda one: (name_order(one.name), one.id))
    if project is None:
        return rows_of(desk, analysis, [*analysis.by_importance, *others])
    return [*inside, *rows_of(desk, analysis, others)]


def rows_around(desk: Desk, analysis: AccountAnalysis, figure: Figure) -> Sequence[PersonRow]:
    """Who has a card on a view from a person: the account's people, most important first."""
    people = [person for person in analysis.by_importance if person.id in figure.cards]
    there = {person.id for person in people}
    others = [desk.records.get(Person, key) for key in figure.cards if key not in there]
    return rows_of(desk, analysis, [*people, *(one for one in others if one is not None)])


def canvas_columns(twin: AtCanvas) -> list[Column[PersonRow]]:
    """Marks, who left and who came after, where the card stands and whether it is pinned."""
    return [
        _mark(twin, phrase("Crucial"), "crucial"),
        _mark(twin, phrase("Key persons"), "key"),
        _left(twin),
        _successor(twin),
        Column(
            phrase("Company"),
            lambda row: organisation_name(twin.desk.records, row.person),
            width=110,
        ),
        _pinned(twin),
        _place(twin, phrase("Across"), 0),
        _place(twin, phrase("Down"), 1),
    ]


def _ids(analysis: AccountAnalysis) -> frozenset[PersonId]:
    return frozenset(person.id for person in analysis.people)


def _revise(twin: AtCanvas, row: PersonRow, **fields: object) -> None:
    name = phrase("Change {name}", name=person_name(row.person))
    twin.desk.edit(name, edits.revise_person, row.person.id, **fields)


def _mark(twin: AtCanvas, title: Phrase, field: str) -> Column[PersonRow]:
    def text(row: PersonRow) -> str:
        value = getattr(row.person, field)
        return tr("automatic") if value is None else tr("yes") if value else tr("no")

    return Column(
        title,
        text,
        change=lambda row, value: _revise(twin, row, **{field: value}),
        choices=yes_no_auto,
        value=lambda row: getattr(row.person, field),
        width=96,
    )


def _left(twin: AtCanvas) -> Column[PersonRow]:
    def change(row: PersonRow, value: object) -> None:
        typed = str(value).strip()
        day = parse_date(typed)
        if typed and day is None:
            twin.desk.messages.warn(phrase("A date is written year-month-day, such as 2026-10-14."))
        else:
            _revise(twin, row, left_on=day)

    return Column(
        phrase("Left on"),
        lambda row: day_or_nothing(row.person.left_on),
        change=change,
        typed=lambda row: day_typed(row.person.left_on),
        sort=lambda row: row.person.left_on,
        width=112,
    )


def _successor(twin: AtCanvas) -> Column[PersonRow]:
    def choices() -> list[tuple[str, object]]:
        people = twin.desk.analysis().people
        return [("", None), *((person_name(one), one.id) for one in people)]

    return Column(
        phrase("Successor"),
        lambda row: (
            name_of(twin.desk.records, row.person.successor) if row.person.successor else ""
        ),
        change=lambda row, value: _revise(twin, row, successor=value),
        choices=choices,
        value=lambda row: row.person.successor,
        width=120,
    )


def _card(twin: AtCanvas, row: PersonRow) -> Card | None:
    return None if twin.port is None else twin.port.figure().cards.get(row.person.id)


def _pinned(twin: AtCanvas) -> Column[PersonRow]:
    def text(row: PersonRow) -> str:
        card = _card(twin, row)
        return "" if card is None else tr("yes") if card.pinned else tr("no")

    def value(row: PersonRow) -> bool:
        card = _card(twin, row)
        return card is not None and card.pinned

    return Column(
        phrase("Pinned"),
        text,
        change=lambda row, pinned: twin.do(lambda port: port.pin((row.person.id,), pinned is True)),
        choices_of=lambda row: (
            [] if _card(twin, row) is None else [(tr("yes"), True), (tr("no"), False)]
        ),
        value=value,
        width=80,
    )


def _place(twin: AtCanvas, title: Phrase, axis: int) -> Column[PersonRow]:
    """Where a card stands along one axis, in the canvas's own units; a number puts it there."""

    def known(row: PersonRow) -> int | None:
        card = _card(twin, row)
        return None if card is None else round((card.centre.x, card.centre.y)[axis])

    def change(row: PersonRow, value: object) -> None:
        typed, card = str(value).strip(), _card(twin, row)
        if card is None or not typed.removeprefix("-").isdecimal():
            return
        at = Point(float(typed), card.centre.y) if axis == 0 else Point(card.centre.x, float(typed))
        twin.do(lambda port: port.move({row.person.id: at}))

    return Column(
        title,
        lambda row: "" if known(row) is None else str(known(row)),
        change=change,
        sort=known,
        right=True,
        width=76,
    )
