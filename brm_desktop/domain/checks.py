"""What the values of any record must be: numbers, names and amounts in range, people of a side."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from brm_desktop.domain.naming import called, organisation_called
from brm_desktop.domain.phrase import Phrase, Word, phrase
from brm_desktop.domain.records import Money, OrganisationKind, Person, PersonId, Records
from brm_desktop.domain.sides import side_of

OUTSIDE: Final = frozenset(
    {OrganisationKind.OWN, OrganisationKind.COMPETITOR, OrganisationKind.PARTNER}
)
"""Whose employees stand outside a customer and know its people by ties."""

_YEARS: Final = range(1900, 2201)
_LARGEST_MINOR: Final = 10**17


def within(
    value: int | None, low: int, high: int, what: Word | Phrase, name: str
) -> Iterator[Phrase]:
    """A number that is out of its range, or no whole number."""
    if value is not None and not (type(value) is int and low <= value <= high):
        yield phrase(
            "{name}: {what} is {value}, but it must be a whole number from {low} to {high}.",
            what=what,
            name=name,
            value=value,
            low=low,
            high=high,
        )


def named(name: str, what: Phrase) -> Iterator[Phrase]:
    """A name that is missing."""
    if not name.strip():
        yield phrase("{what} needs a name.", what=what)


def amount(money: Money | None, name: str) -> Iterator[Phrase]:
    """An amount that is negative, too large, or in no currency."""
    if money is None:
        return
    if not 0 <= money.minor <= _LARGEST_MINOR:
        yield phrase("An amount of {name} is negative or too large.", name=name)
    if not (len(money.currency) == 3 and money.currency.isascii() and money.currency.isupper()):
        yield phrase(
            "“{currency}”, at {name}, is no currency code; one looks like CNY or EUR.",
            currency=money.currency,
            name=name,
        )


def year(value: int, name: str) -> Iterator[Phrase]:
    """A year that nobody plans for."""
    if value not in _YEARS:
        yield phrase("{year}, at {name}, is no year to plan for.", year=value, name=name)


def ours(records: Records, person: PersonId | None, what: Phrase) -> Iterator[Phrase]:
    """Somebody who is not one of us."""
    if person is not None and side_of(records, person) not in {None, OrganisationKind.OWN}:
        yield phrase(
            "{what} must be one of our colleagues; {name} belongs to {organisation}.",
            what=what,
            name=called(records, person),
            organisation=employer(records, person),
        )


def customers(records: Records, person: PersonId, what: Phrase) -> Iterator[Phrase]:
    """Somebody who is no customer's person."""
    if side_of(records, person) in OUTSIDE:
        yield phrase(
            "{what} must be a customer's person; {name} belongs to {organisation}.",
            what=what,
            name=called(records, person),
            organisation=employer(records, person),
        )


def employer(records: Records, person: PersonId) -> str:
    """What the organisation of a person is called."""
    found = records.get(Person, person)
    return organisation_called(records, found.organisation if found else None)
