"""People who left: who of them is on a map, where he stands, and the line to his successor."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from brm_desktop.domain.analysis import AccountAnalysis
from brm_desktop.domain.records import ChainMember, Outcome, Person, PersonId
from brm_desktop.domain.sides import has_left
from brm_desktop.language import tr
from brm_desktop.rendering.figure import Line, LineStyle, Point
from brm_desktop.rendering.layouts.room import ACROSS, DOWN, Room

_SUCCESSION = "\nsuccession"


def former_people(analysis: AccountAnalysis, *, everyone: bool) -> dict[PersonId, Person]:
    """Everyone of the account who left, or only those who are on the chain of an open project."""
    records = analysis.records
    everybody = records.where(Person, organisation=analysis.record.organisation)
    if len(everybody) == len(analysis.people):
        return {}
    found = {person.id: person for person in everybody if has_left(person, analysis.today)}
    if not everyone and found:
        open_ones = {p.id for p in analysis.projects if p.outcome is Outcome.OPEN}
        found = {
            one: person
            for one, person in found.items()
            if any(m.project in open_ones for m in records.where(ChainMember, person=one))
        }
    return dict(sorted(found.items(), key=lambda entry: (entry[1].name, entry[0])))


def succession_lines(former: Iterable[Person], shown: Iterable[PersonId]) -> Iterator[Line]:
    """From each who left to the card of who came after him."""
    there = frozenset(shown)
    for person in former:
        after = person.successor
        if after is not None and after in there and after != person.id:
            yield Line(
                record=person.id + _SUCCESSION,
                source=person.id,
                target=after,
                style=LineStyle.SUCCESSION,
                label=tr("successor"),
            )


def is_succession(record: str) -> bool:
    """Whether a line's id is that of a succession, which no record of its own stands for."""
    return record.endswith(_SUCCESSION)


def beside_successors(
    places: Mapping[PersonId, Point], former: Iterable[Person]
) -> dict[PersonId, Point]:
    """The places, and one for everyone who left: near the successor, else under all others."""
    whole = dict(places)
    room = Room(places.values())
    left = min((at.x for at in places.values()), default=0.0)
    bottom = max((at.y for at in places.values()), default=-DOWN)
    for person in former:
        after = places.get(person.successor) if person.successor is not None else None
        wish = Point(after.x + ACROSS, after.y) if after else Point(left, bottom + DOWN)
        whole[person.id] = room.free_near(wish)
        room.take(whole[person.id])
    return whole
