"""What about a decision chain needs attention (domain rule §8)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from brm_desktop.domain.chain_members import DECIDING, FORMAL, SUPPORTING, MemberReading, present
from brm_desktop.domain.contacts import Contacts
from brm_desktop.domain.phrase import Phrase, Word, phrase
from brm_desktop.domain.records import OrganisationKind, Person, PersonId, Records, Tie
from brm_desktop.domain.rules import Rules
from brm_desktop.domain.scores import Freshness
from brm_desktop.domain.sides import has_left, side_of


class RedFlagKind(Word):
    """What a red flag warns of."""

    UNCOVERED_ROLE = "uncovered_role", "uncovered role"
    VETO_NOT_SUPPORTING = "veto_not_supporting", "veto holder not supporting"
    CRUCIAL_UNSCORED = "crucial_unscored", "crucial person unscored"
    CRUCIAL_STALE = "crucial_stale", "crucial person's scores are stale"
    CRUCIAL_SILENT = "crucial_silent", "crucial person silent"
    SINGLE_THREAD = "single_thread", "single thread"
    COMPETITOR_CLOSER = "competitor_closer", "competitor closer"
    LEFT = "left", "someone left"
    PLACEHOLDER = "placeholder", "placeholder in a deciding role"


@dataclass(frozen=True, slots=True)
class RedFlag:
    """Something about a chain that needs attention."""

    kind: RedFlagKind
    person: PersonId | None
    text: Phrase


def red_flags_of(
    records: Records,
    members: Sequence[MemberReading],
    today: date,
    rules: Rules,
    contacts: Contacts,
) -> tuple[RedFlag, ...]:
    """The red flags of a chain, in the order of their kinds, then of the members."""
    there = present(members)
    flags = [
        *_uncovered_roles(there),
        *_vetoes(there),
        *_single_thread(records, there, today, contacts),
        *_left(members),
        *_placeholders(there),
    ]
    for member in there:
        if member.crucial:
            flags.extend(_crucial(member, today, rules, contacts))
    kinds = list(RedFlagKind)
    return tuple(sorted(flags, key=lambda flag: kinds.index(flag.kind)))


def _uncovered_roles(members: Sequence[MemberReading]) -> Iterator[RedFlag]:
    for role in FORMAL:
        if not any(role in member.roles for member in members):
            yield RedFlag(RedFlagKind.UNCOVERED_ROLE, None, phrase("No {role} is known", role=role))


def _vetoes(members: Sequence[MemberReading]) -> Iterator[RedFlag]:
    for member in members:
        if not member.veto or member.stance in SUPPORTING:
            continue
        text = phrase(
            "{name} holds a veto, stance {stance}", name=member.name, stance=member.stance
        )
        yield RedFlag(RedFlagKind.VETO_NOT_SUPPORTING, member.person, text)


def _crucial(
    member: MemberReading, today: date, rules: Rules, contacts: Contacts
) -> Iterator[RedFlag]:
    """A crucial person is unscored with no score at all, stale when even the newest one is."""
    if not member.standings:
        text = phrase("{name} is crucial and unscored", name=member.name)
        yield RedFlag(RedFlagKind.CRUCIAL_UNSCORED, member.person, text)
    elif all(known.freshness is Freshness.STALE for known in member.standings.values()):
        text = phrase("{name} is crucial and was scored long ago", name=member.name)
        yield RedFlag(RedFlagKind.CRUCIAL_STALE, member.person, text)
    last = contacts.last(member.person)
    if last is None:
        text = phrase("{name} is crucial and no contact is recorded", name=member.name)
        yield RedFlag(RedFlagKind.CRUCIAL_SILENT, member.person, text)
    elif (today - last).days >= rules.silent_days:
        text = phrase(
            "{name} is crucial and silent for {days} days",
            name=member.name,
            days=(today - last).days,
        )
        yield RedFlag(RedFlagKind.CRUCIAL_SILENT, member.person, text)
    if member.competitor is not None and member.lead > 0:
        yield RedFlag(RedFlagKind.COMPETITOR_CLOSER, member.person, _closer(member))


def _closer(member: MemberReading) -> Phrase:
    assert member.competitor is not None
    competitor = member.competitor.organisation.name
    theirs = member.competitor.standing.value
    if member.closeness is None:
        return phrase(
            "{competitor} is at {theirs} with {name}, we are unscored",
            competitor=competitor,
            theirs=theirs,
            name=member.name,
        )
    return phrase(
        "{competitor} is at {theirs} with {name}, we are at {ours}",
        competitor=competitor,
        theirs=theirs,
        name=member.name,
        ours=member.closeness,
    )


def _single_thread(
    records: Records, members: Sequence[MemberReading], today: date, contacts: Contacts
) -> Iterator[RedFlag]:
    """Only one of us has a tie with anyone on the chain or ever met one of them."""
    ours: set[PersonId] = set()
    for member in members:
        ours.update(tie.employee for tie in records.where(Tie, person=member.person))
        for interaction in contacts.of(member.person):
            ours.update(interaction.people)
    people = [person for one in ours if (person := _ours(records, one, today)) is not None]
    if len(people) == 1:
        text = phrase("Only {name} of us is in contact", name=people[0].name)
        yield RedFlag(RedFlagKind.SINGLE_THREAD, people[0].id, text)


def _ours(records: Records, person_id: PersonId, today: date) -> Person | None:
    person = records.get(Person, person_id)
    if person is None or has_left(person, today):
        return None
    return person if side_of(records, person_id) is OrganisationKind.OWN else None


def _left(members: Sequence[MemberReading]) -> Iterator[RedFlag]:
    for member in members:
        if member.left:
            text = phrase("{name} has left", name=member.name)
            yield RedFlag(RedFlagKind.LEFT, member.person, text)


def _placeholders(members: Sequence[MemberReading]) -> Iterator[RedFlag]:
    for member in members:
        roles = [role for role in DECIDING if role in member.roles]
        if member.placeholder and roles:
            text = phrase(
                "The {role} is only a placeholder: {name}", role=roles[0], name=member.name
            )
            yield RedFlag(RedFlagKind.PLACEHOLDER, member.person, text)
