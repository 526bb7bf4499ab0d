"""What changed in an account since a day, person by person and in its numbers.

Everything is read twice from the same records, as of then and as of now: dated statements and
dates of leaving tell what was known when. What is not dated (people, lines, amounts) is the same on
both days; how it was edited is in the history.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from brm_desktop.domain.analysis import AccountAnalysis
from brm_desktop.domain.attitudes import attitude_on
from brm_desktop.domain.chain_members import MemberReading
from brm_desktop.domain.deal_history import outcome_on
from brm_desktop.domain.naming import called, organisation_called
from brm_desktop.domain.phrase import Phrase, Word, phrase
from brm_desktop.domain.potential import Potential
from brm_desktop.domain.records import (
    Attitude,
    Basis,
    ContactLevel,
    Dimension,
    OrganisationId,
    Outcome,
    Person,
    PersonId,
    Project,
    ProjectId,
    Stance,
)
from brm_desktop.domain.scores import Standing
from brm_desktop.domain.sides import has_left


class ShiftKind(Word):
    """What of a person can be otherwise on a later day."""

    CLOSENESS = "closeness", "closeness"
    SOLUTION = "solution", "solution acceptance"
    PRICE = "price", "price acceptance"
    STANCE = "stance", "stance"
    CONTACT = "contact", "contact level"
    RIVAL = "rival", "closeness to a competitor"
    LEFT = "left", "left"


_Attitude = Stance | ContactLevel

_OF_DIMENSION: Mapping[Dimension, ShiftKind] = {
    Dimension.CLOSENESS: ShiftKind.CLOSENESS,
    Dimension.SOLUTION: ShiftKind.SOLUTION,
    Dimension.PRICE: ShiftKind.PRICE,
}


@dataclass(frozen=True, slots=True)
class Shift:
    """One thing about one person that is otherwise than it was; ``None`` is unscored or unknown.

    ``before`` and ``after`` are scores 0–100, stances or contact levels. ``project`` says in which
    project, ``organisation`` toward which competitor. Who left has the day in ``stated_on``.
    ``author``, ``basis`` and ``evidence`` are those of the statement that holds now.
    """

    person: PersonId
    name: str
    kind: ShiftKind
    text: Phrase
    before: int | Stance | ContactLevel | None = None
    after: int | Stance | ContactLevel | None = None
    project: ProjectId | None = None
    organisation: OrganisationId | None = None
    stated_on: date | None = None
    author: str = ""
    basis: Basis | None = None
    evidence: str = ""

    @property
    def difference(self) -> int | None:
        """By how many points a score rose or fell; ``None`` where there was or is no score."""
        if isinstance(self.before, int) and isinstance(self.after, int):
            return self.after - self.before
        return None


@dataclass(frozen=True, slots=True)
class OddsShift:
    """The odds of one project then and now, 0–100; ``None`` is unknown."""

    project: ProjectId
    name: str
    before: Fraction | None
    after: Fraction | None


@dataclass(frozen=True, slots=True)
class AccountShift:
    """An account's numbers then and now: scores 0–100 by dimension, potential, odds of projects.

    Odds are of the projects that are open now. The expected spend is today's on both days.
    """

    scores: Mapping[Dimension, tuple[Fraction | None, Fraction | None]]
    potential: tuple[Potential, Potential]
    odds: tuple[OddsShift, ...]


def changes_since(analysis: AccountAnalysis, day: date) -> tuple[Shift, ...]:
    """What is otherwise about the account's people than it was at the end of a day.

    The most important people first, then by name; nothing for a day that is not past.
    """
    if day >= analysis.today:
        return ()
    then = analysis.on(day)
    found: list[Shift] = []
    for person in _people(then, analysis):
        found.extend(_scores(then, analysis, person.id))
        found.extend(_rivals(then, analysis, person.id))
        found.extend(_leaving(then, analysis, person))
    found.extend(_on_chains(then, analysis))
    order = {person.id: place for place, person in enumerate(_people(then, analysis))}
    kinds = list(ShiftKind)
    return tuple(sorted(found, key=lambda one: (order[one.person], kinds.index(one.kind))))


def account_shift(analysis: AccountAnalysis, day: date) -> AccountShift:
    """The account's scores, potential and odds at the end of a day and now."""
    then = analysis.on(min(day, analysis.today))
    live = [p for p in analysis.projects if outcome_on(p, analysis.today) is Outcome.OPEN]
    return AccountShift(
        {one: (then.scores[one].value, analysis.scores[one].value) for one in Dimension},
        (then.potential, analysis.potential),
        tuple(
            OddsShift(p.id, p.name, then.chain(p.id).odds, analysis.chain(p.id).odds) for p in live
        ),
    )


def _people(then: AccountAnalysis, now: AccountAnalysis) -> list[Person]:
    """Everybody who was there then or is now, the most important first."""
    both = {person.id: person for person in (*then.people, *now.people)}

    def weight(person: Person) -> int:
        readings = (one.importance.get(person.id) for one in (then, now))
        return max(found.weight for found in readings if found is not None)

    return sorted(both.values(), key=lambda one: (-weight(one), called(now.records, one.id)))


def _scores(then: AccountAnalysis, now: AccountAnalysis, person: PersonId) -> Iterator[Shift]:
    for dimension in Dimension:
        old, new = then.standing(person, dimension), now.standing(person, dimension)
        kind = _OF_DIMENSION[dimension]
        if _value(old) != _value(new):
            yield _scored(now, person, kind, old, new, kind.phrase)


def _rivals(then: AccountAnalysis, now: AccountAnalysis, person: PersonId) -> Iterator[Shift]:
    before = {one.organisation.id: one.standing for one in then.competitors_at(person)}
    after = {one.organisation.id: one.standing for one in now.competitors_at(person)}
    for rival in dict.fromkeys((*after, *before)):
        old, new = before.get(rival), after.get(rival)
        if _value(old) != _value(new):
            name = organisation_called(now.records, rival)
            to = phrase("closeness to {name}", name=name)
            yield _scored(now, person, ShiftKind.RIVAL, old, new, to, rival)


def _scored(
    now: AccountAnalysis,
    person: PersonId,
    kind: ShiftKind,
    old: Standing | None,
    new: Standing | None,
    what: Phrase,
    organisation: OrganisationId | None = None,
) -> Shift:
    return Shift(
        person,
        called(now.records, person),
        kind,
        _became(what, _value(old), _value(new)),
        _value(old),
        _value(new),
        organisation=organisation,
        stated_on=new.assessed_on if new else None,
        author=new.author if new else "",
        basis=new.basis if new else None,
        evidence=new.evidence if new else "",
    )


def _leaving(then: AccountAnalysis, now: AccountAnalysis, person: Person) -> Iterator[Shift]:
    if has_left(person, now.today) and not has_left(person, then.today):
        name = called(now.records, person.id)
        text = phrase("left on {date}", date=person.left_on)
        yield Shift(person.id, name, ShiftKind.LEFT, text, stated_on=person.left_on)


def _on_chains(then: AccountAnalysis, now: AccountAnalysis) -> Iterator[Shift]:
    known = {person.id for person in (*then.people, *now.people)}
    for project in now.projects:
        before = {one.person: one for one in then.chain(project.id).members}
        for member in now.chain(project.id).members:
            if member.person in known:
                yield from _on_chain(now, project, before[member.person], member)


def _on_chain(
    now: AccountAnalysis, project: Project, old: MemberReading, new: MemberReading
) -> Iterator[Shift]:
    held = attitude_on(now.records, project.id, new.person, now.today)
    pairs: tuple[tuple[ShiftKind, _Attitude, _Attitude, Attitude | None], ...] = (
        (ShiftKind.STANCE, old.stance, new.stance, held.of_stance),
        (ShiftKind.CONTACT, old.contact, new.contact, held.of_contact),
    )
    for kind, was, became, claim in pairs:
        if was is not became:
            yield Shift(
                new.person,
                called(now.records, new.person),
                kind,
                _became(kind.phrase, was.phrase, became.phrase),
                was,
                became,
                project=project.id,
                stated_on=claim.stated_on if claim else None,
                author=claim.author if claim else "",
                basis=claim.basis if claim else None,
                evidence=claim.evidence if claim else "",
            )


def _value(standing: Standing | None) -> int | None:
    return standing.value if standing is not None else None


def _became(what: Phrase, before: object, after: object) -> Phrase:
    unscored = phrase("unscored")
    return phrase(
        "{what}: {before} → {after}",
        what=what,
        before=unscored if before is None else before,
        after=unscored if after is None else after,
    )
