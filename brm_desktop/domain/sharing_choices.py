"""The choices of sharing: what was chosen about what, and which choice holds for a field.

Everything is private until somebody chooses otherwise. A choice for one record takes the place of
its account's, ``never`` is beaten by nothing, and a field with no choice of its own goes as far as
its category does. A choice of a field lets it go as far as its record, or keeps it; notes that are
private stay whatever is chosen for one of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from operator import attrgetter
from types import MappingProxyType
from typing import Final, cast

from brm_desktop.domain.categories import BASE, CATEGORIES, ESSENTIAL, Category
from brm_desktop.domain.records import (
    Account,
    AccountPlan,
    Action,
    Assessment,
    Attitude,
    ChainLink,
    ChainMember,
    Choice,
    Contribution,
    Department,
    Influence,
    Interaction,
    Need,
    Opportunity,
    Organisation,
    Person,
    Placement,
    Product,
    Project,
    ProjectType,
    Record,
    Records,
    ReportingLine,
    Review,
    Sameness,
    SharingChoice,
    SupportRequest,
    TeamMember,
    Tie,
    YearRevenue,
)


class Policies:
    """Choices of sharing, looked up by what they are about."""

    def __init__(self, choices: Iterable[SharingChoice]) -> None:
        self._by_subject: dict[str, dict[str, Choice]] = {}
        for one in choices:
            self._by_subject.setdefault(one.subject, {})[one.part] = one.choice

    def of(self, scope: str, category: Category) -> Choice:
        """What is chosen for a category of an account, there or for all that have no choice."""
        chosen = self._by_subject.get(scope, NO_CHOICE).get(category)
        return chosen or self._by_subject.get("", NO_CHOICE).get(category) or Choice.PRIVATE

    def own(self, record: str) -> Mapping[str, Choice]:
        """What is chosen for one record: by field, and under "" for all of it."""
        return self._by_subject.get(record, NO_CHOICE)

    @property
    def subjects(self) -> frozenset[str]:
        """What is chosen about at all."""
        return frozenset(self._by_subject)


def choice_about(
    policies: Policies, kind: type[Record], scopes: Iterable[str], record: str, field: str = ""
) -> Choice:
    """What holds for one field of a record, or for the record itself, before what it is about.

    ``scopes`` are the accounts it belongs to (:meth:`Scopes.of`); of several the narrowest holds.
    """
    category = CATEGORIES[kind][field] if field else BASE[kind]
    policy = narrowest(policies.of(scope, category) for scope in scopes)
    return chosen(kind, category, field, policy, policies.own(record))


def chosen(
    kind: type[Record], category: Category, field: str, policy: Choice, own: Mapping[str, Choice]
) -> Choice:
    """What holds for a field, or with "" for its record, by its account's policy and its own.

    ``own`` are the choices about the record, by field and under "" for all of it.
    """
    record = choice_of_record(kind, own)
    if record is None:
        usual = policy
    elif category is BASE[kind] and policy is not Choice.NEVER:
        usual = record
    else:
        usual = narrowest((policy, record))
    ticked = own.get(field) if field and field not in ESSENTIAL[kind] else None
    if ticked is None or usual is Choice.NEVER:
        return usual
    if RANK[ticked] <= RANK[Choice.ASK]:
        return narrowest((ticked, usual))
    if record is not None and is_kept(record):
        return record
    secret = category is Category.NOTES and policy is Choice.PRIVATE
    return Choice.PRIVATE if secret else Choice.COMPANY


def choice_of_record(kind: type[Record], own: Mapping[str, Choice]) -> Choice | None:
    """The choice for a record; one that keeps what it cannot be without keeps it whole."""
    said = [own[""]] if "" in own else []
    kept = (own[name] for name in ESSENTIAL[kind] & own.keys())
    said += (choice for choice in kept if is_kept(choice))
    return narrowest(said) if said else None


def narrowest(choices: Iterable[Choice]) -> Choice:
    """The choice of several that lets something go least far."""
    return min(choices, key=RANK.__getitem__)


def is_kept(choice: Choice) -> bool:
    """Whether a choice keeps something in the store, or until the user says otherwise."""
    return RANK[choice] < RANK[Choice.TEAM]


class Scopes:
    """Which account each record belongs to; an organisation that is no account is one of its own.

    What belongs to none, such as products and the types of projects, has "" instead.
    """

    def __init__(self, records: Records) -> None:
        homes: dict[str, str] = {one.organisation: one.id for one in records.all(Account).values()}
        by_id: dict[str, str] = {str(one): homes.get(one, one) for one in records.all(Organisation)}
        by_id |= {one: one for one in records.all(Account)}
        of_organisation: tuple[type[Person | Department], ...] = (Person, Department)
        for kind in of_organisation:
            for key, record in records.all(kind).items():
                by_id[key] = by_id.get(record.organisation or "", "")
        of_account: tuple[type[Project | Opportunity], ...] = (Project, Opportunity)
        for about in of_account:
            for key, one in records.all(about).items():
                by_id[key] = one.account
        self._by_id = by_id

    def of(self, record: Record) -> tuple[str, ...]:
        """The accounts of a record: one, or two where it leads from one to another."""
        named = _BELONGING[type(record)]
        found = [self._by_id.get(name or "", "") for name in named(record)]
        return (found[0],) if len(set(found)) == 1 else tuple(found)


def values_of(names: tuple[str, ...]) -> Callable[[Record], tuple[str | None, ...]]:
    """The values of some fields of a record, however many they are."""
    if not names:
        return lambda _record: ()
    found = attrgetter(*names)
    if len(names) == 1:
        return lambda record: (cast("str | None", found(record)),)
    return found


NO_CHOICE: Final[Mapping[str, Choice]] = MappingProxyType({})
RANK: Final[Mapping[Choice, int]] = {choice: rank for rank, choice in enumerate(Choice)}
_BY_THEMSELVES: Final = ("id",)
_OF_ACCOUNT: Final = ("account",)
_OF_PROJECT: Final = ("project",)
_OF_PERSON: Final = ("person",)
_BELONGING: Final[Mapping[type[Record], Callable[[Record], tuple[str | None, ...]]]] = {
    kind: values_of(names)
    for kind, names in {
        Organisation: _BY_THEMSELVES,
        Account: _BY_THEMSELVES,
        YearRevenue: _OF_ACCOUNT,
        Department: _BY_THEMSELVES,
        Person: _BY_THEMSELVES,
        ReportingLine: ("person", "manager"),
        Influence: ("source", "target"),
        Tie: _OF_PERSON,
        Assessment: _OF_PERSON,
        Interaction: _OF_ACCOUNT,
        ProjectType: _BY_THEMSELVES,
        Project: _BY_THEMSELVES,
        ChainMember: _OF_PROJECT,
        Attitude: _OF_PROJECT,
        ChainLink: _OF_PROJECT,
        Opportunity: _BY_THEMSELVES,
        SupportRequest: ("opportunity",),
        Product: _BY_THEMSELVES,
        Action: _OF_ACCOUNT,
        AccountPlan: _OF_ACCOUNT,
        Need: _OF_ACCOUNT,
        Review: _OF_ACCOUNT,
        TeamMember: _OF_ACCOUNT,
        Contribution: _OF_ACCOUNT,
        Placement: ("canvas",),
        Sameness: ("one", "other"),
    }.items()
}
"""By whose account the choices for a record are."""
