"""What the meetings say of closeness, beside what people say of it (domain rule §9).

A hint only: it is shown next to the score that was given and never takes its place.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Final

from brm_desktop.domain.analysis import AccountAnalysis
from brm_desktop.domain.phrase import Phrase, phrase
from brm_desktop.domain.records import Interaction, InteractionKind, PersonId
from brm_desktop.domain.rounding import half_up

SINCE_DAYS: Final = 365
"""Meetings of so many days count."""
_OFTEN: Final = 12
"""As many meetings as this, once a month, are often enough."""
_BROAD: Final = 3
"""With so many of us somebody is in touch broadly."""
_DEEP: Final = frozenset({InteractionKind.VISIT, InteractionKind.MEAL, InteractionKind.MEETING})


@dataclass(frozen=True, slots=True)
class ContactHint:
    """Five shares from 0 to 1, and what they make of closeness: their mean, 0–100.

    ``recency`` falls evenly from today to a year ago; ``frequency`` is full with one meeting a
    month; ``two_way`` is the share of meetings in which we learnt something; ``depth`` that of
    meetings face to face; ``breadth`` is full with three of us.
    """

    meetings: int
    last: date
    recency: Fraction
    frequency: Fraction
    two_way: Fraction
    depth: Fraction
    breadth: Fraction

    @property
    def value(self) -> Fraction:
        """The hint, exact, 0–100."""
        parts = (self.recency, self.frequency, self.two_way, self.depth, self.breadth)
        return 100 * sum(parts, Fraction(0)) / len(parts)

    @property
    def reason(self) -> Phrase:
        """What it is made of, in a sentence."""
        return phrase(
            "{n} contacts in a year, the last on {day}: recent {recency} %, often {frequency} %,"
            " two-way {two_way} %, face to face {depth} %, broad {breadth} %",
            n=self.meetings,
            day=self.last,
            recency=half_up(100 * self.recency),
            frequency=half_up(100 * self.frequency),
            two_way=half_up(100 * self.two_way),
            depth=half_up(100 * self.depth),
            breadth=half_up(100 * self.breadth),
        )


def hint_of_person(analysis: AccountAnalysis, person: PersonId) -> ContactHint | None:
    """What our meetings with one person say; ``None`` when there were none in a year."""
    customers = {one.id for one in analysis.people}
    return contact_hint(analysis.contacts.of(person), customers, analysis.today)


def hint_of_account(analysis: AccountAnalysis) -> ContactHint | None:
    """What our meetings with an account's people say; ``None`` when there were none in a year."""
    customers = {one.id for one in analysis.people}
    held = analysis.records.where(Interaction, account=analysis.account)
    return contact_hint(held, customers, analysis.today)


def contact_hint(
    held: Sequence[Interaction], customers: Collection[PersonId], today: date
) -> ContactHint | None:
    """What some meetings up to today say of closeness; ``customers`` are none of us."""
    counted = [one for one in held if 0 <= (today - one.held_on).days <= SINCE_DAYS]
    if not counted:
        return None
    many, last = len(counted), max(one.held_on for one in counted)
    ours = {someone for one in counted for someone in one.people if someone not in customers}
    return ContactHint(
        meetings=many,
        last=last,
        recency=1 - Fraction((today - last).days, SINCE_DAYS),
        frequency=min(Fraction(1), Fraction(many, _OFTEN)),
        two_way=Fraction(sum(bool(one.learnt.strip()) for one in counted), many),
        depth=Fraction(sum(one.kind in _DEEP for one in counted), many),
        breadth=min(Fraction(1), Fraction(len(ours), _BROAD)),
    )
