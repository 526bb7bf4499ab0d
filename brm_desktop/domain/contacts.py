"""Who met whom and when, and from that the date of an edge.

A tie or an influence has no date of its own. A tie is dated by the newest meeting of its two people
and the newest assessment of the person by that employee; an influence by the newest day on which
either of its people was asked about influence. What nothing dates is not stale.
"""

from __future__ import annotations

from datetime import date

from brm_desktop.domain.records import (
    AccountId,
    Assessment,
    Influence,
    Interaction,
    Person,
    PersonId,
    Records,
    Tie,
)


def meetings_of(records: Records, account: AccountId, today: date) -> tuple[Interaction, ...]:
    """The interactions of an account up to a day, the newest first."""
    held = (one for one in records.where(Interaction, account=account) if one.held_on <= today)
    return tuple(sorted(held, key=lambda one: (-one.held_on.toordinal(), one.id)))


class Contacts:
    """The interactions up to a day, by person; read once, then asked often."""

    def __init__(self, records: Records, today: date) -> None:
        self._records = records
        self._today = today
        self._by_person: dict[PersonId, list[Interaction]] | None = None

    def of(self, person_id: PersonId) -> list[Interaction]:
        """The interactions a person took part in, up to today, in no order."""
        if self._by_person is None:
            self._by_person = {}
            for interaction in self._records.all(Interaction).values():
                if interaction.held_on <= self._today:
                    for someone in interaction.people:
                        self._by_person.setdefault(someone, []).append(interaction)
        return self._by_person.get(person_id, [])

    def last(self, person_id: PersonId, other: PersonId | None = None) -> date | None:
        """The last day a person was in contact with us, or with one other person."""
        return max(
            (
                interaction.held_on
                for interaction in self.of(person_id)
                if other is None or other in interaction.people
            ),
            default=None,
        )

    def date_of_tie(self, tie: Tie) -> date | None:
        """The newest day on which something was known of a tie."""
        days = [
            assessment.assessed_on
            for assessment in self._records.where(Assessment, person=tie.person)
            if assessment.author == tie.employee
            and assessment.closeness is not None
            and assessment.assessed_on <= self._today
        ]
        met = self.last(tie.person, tie.employee)
        return max([*days, *([met] if met else [])], default=None)

    def date_of_influence(self, influence: Influence) -> date | None:
        """The newest day on which either person of an influence was asked about it."""
        people = (self._records.get(Person, p) for p in (influence.source, influence.target))
        asked = (person.influence_asked_on for person in people if person is not None)
        return max((day for day in asked if day is not None and day <= self._today), default=None)
