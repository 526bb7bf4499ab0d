"""What is not known and moves most money: the next facts to find out (domain rule §12).

The rule leaves open what is decided here. A person's share of importance is among the key persons;
where nobody's importance is known, all of them share alike. A project weighs as much as a key
person does on the average, as in `completeness_of`, and so does an open opportunity. Amounts of
different currencies are never compared: each currency's facts are ranked by themselves, and the
currencies take turns.

What an account begins with is asked for, too, though no index is counted from it: its expected
annual spend, without which no fact of it has money; who is there, while nobody is; and of its open
opportunities the amount and the day. Of each at most one is asked at a time.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from heapq import nsmallest
from itertools import chain, islice, zip_longest
from typing import Final, TypeVar

from brm_desktop.domain.analysis import AccountAnalysis
from brm_desktop.domain.completeness import (
    Completeness,
    Fact,
    KnownFact,
    completeness_of,
    day_of_stances,
    members_lacking,
)
from brm_desktop.domain.naming import called, project_called
from brm_desktop.domain.phrase import Phrase, phrase
from brm_desktop.domain.pipeline import open_ones
from brm_desktop.domain.records import (
    AccountId,
    Money,
    Opportunity,
    Outcome,
    PersonId,
    Project,
    ProjectId,
)
from brm_desktop.domain.rounding import half_up
from brm_desktop.domain.spelling import by_rank, name_order

_FACTS: Final = tuple(Fact)
_WHOLE: Final = Fraction(1)
_NAMES_SHOWN: Final = 3

OF_PROJECTS: Final = frozenset(
    {Fact.TYPE, Fact.AMOUNT, Fact.DATES, Fact.OUTCOME, Fact.PARTICIPANTS}
)
"""The facts of a project."""
OF_OPPORTUNITIES: Final = frozenset({Fact.DEAL_AMOUNT, Fact.DEAL_DAY})
"""The facts of an opportunity."""
_FIRST_OF_ALL: Final = (Fact.SPEND, Fact.PEOPLE, Fact.DEAL_AMOUNT, Fact.DEAL_DAY)
"""What an account begins with, in the order it is asked; all facts left are a person's."""

_One = TypeVar("_One")


@dataclass(frozen=True, slots=True)
class MemberLacking:
    """Someone on a project's chain of whom the role, the stance or both are not known."""

    name: str
    person: PersonId
    role: bool
    stance: bool


@dataclass(frozen=True, slots=True)
class MissingFact:
    """A fact that is not known, and what hangs on it.

    ``subject`` is the id of the person, the project, the account or the opportunity it is about.
    ``importance`` is the person's share of importance, ``part`` the fact's share of what is asked
    of him and ``share`` the product, all 0–1; ``money`` is that share of the account's expected
    annual ``spend``, both ``None`` while the spend is unknown. ``members`` are those on a project's
    chain of whom something is missing, by name; ``undated`` the fields of a project's dates.
    ``as_of`` is the day on which an answer has to hold where that is not today: of a stance on a
    project that was decided the day it was.
    """

    account: AccountId
    account_name: str
    subject: str
    name: str
    fact: Fact
    importance: Fraction
    part: Fraction
    share: Fraction
    spend: Money | None
    money: Money | None
    members: tuple[MemberLacking, ...] = ()
    undated: tuple[str, ...] = ()
    as_of: date | None = None

    @property
    def key(self) -> str:
        """What it is known by."""
        return f"{self.subject} {self.fact}"

    @property
    def of_project(self) -> bool:
        """Whether it is about a project."""
        return self.fact in OF_PROJECTS

    @property
    def begins(self) -> bool:
        """Whether an account without a spend begins with it, before anybody's facts."""
        return self.money is None and self.fact in _FIRST_OF_ALL

    @property
    def question(self) -> Phrase:
        """The fact as a question to ask; of a chain, about what is missing on it."""
        return self._asked_of(self.members)

    @property
    def next_question(self) -> Phrase:
        """What one answer settles: of a chain its first member's part, of two dates the first."""
        if self.undated:
            return phrase(_DATES_ASKED[self.undated[0]].text, name=self.name)
        return self._asked_of(self.members[:1])

    def _asked_of(self, members: tuple[MemberLacking, ...]) -> Phrase:
        if not members:
            return phrase(_QUESTIONS[self.fact].text, name=self.name)
        people = _several([one.name for one in members])
        if not any(one.stance for one in members):
            text = phrase("What is the role of {people} in {project}?")
        elif not any(one.role for one in members):
            text = phrase("What is the stance of {people} on {project}?")
        else:
            text = phrase("What are role and stance of {people} in {project}?")
        return phrase(text.text, people=people, project=self.name)


def missing_facts(
    analysis: AccountAnalysis, known: Completeness | None = None
) -> tuple[MissingFact, ...]:
    """An account's missing facts, those that move most money first, equal ones by fact and name.

    money = spend × the person's share of importance × the fact's share of what is asked of him,
    rounded half up once (domain rule §12). Nothing is asked of a project that was not pursued, but
    it counts in completeness. What is ``known`` may be handed in.
    """
    facts = (known or completeness_of(analysis)).facts
    people = {person.id for person in analysis.key_people}
    asked = Counter(one.subject for one in facts)
    found = [
        replace(
            _asked(
                analysis,
                fact.fact,
                (fact.subject, _name(analysis, fact)),
                share * asked[fact.subject],
                Fraction(1, asked[fact.subject]),
            ),
            members=_members_lacking(analysis, fact),
            undated=_undated(analysis, fact),
            as_of=_as_of(analysis, fact),
        )
        for fact, share in zip(facts, _shares(facts, people), strict=True)
        if not fact.known and _is_worth_asking(analysis, fact)
    ]
    found += _of_account(analysis)
    found += _of_opportunities(analysis, _on_the_average(facts, people))
    return tuple(sorted(found, key=_quick_order))


def by_money(
    found: Iterable[MissingFact], currency: str = "", most: int | None = None
) -> tuple[MissingFact, ...]:
    """The missing facts of several accounts, those that move most money first, at most so many.

    Each currency is ranked by itself and the currencies take turns, ``currency`` first; accounts
    whose spend is not known come last: first what they begin with, whose kinds take turns by the
    accounts' names, then what is not known of their people, by its share.
    """
    of_money: dict[str, list[MissingFact]] = {}
    beginnings: dict[Fact, list[MissingFact]] = {fact: [] for fact in _FIRST_OF_ALL}
    last: list[MissingFact] = []
    for one in found:
        if one.money is not None:
            of_money.setdefault(one.money.currency, []).append(one)
        else:
            (beginnings[one.fact] if one.begins else last).append(one)
    codes = sorted(of_money, key=lambda code: (code != currency, code))
    ranked = chain(
        _by_turns([_first(of_money[code], most) for code in codes]),
        _by_turns([_first(facts, most) for facts in beginnings.values()]),
        _first(last, most),
    )
    return tuple(islice(ranked, most))


def _by_turns(lists: Iterable[Iterable[_One]]) -> Iterator[_One]:
    """The first of each, then the second of each, and so on."""
    return (one for one in chain.from_iterable(zip_longest(*lists)) if one is not None)


def _first(facts: list[MissingFact], most: int | None) -> list[MissingFact]:
    few = facts if most is None else nsmallest(most, facts, key=_quick_order)
    return by_rank(few, _rank, lambda one: (one.account_name, one.name, one.subject))


def _quick_order(one: MissingFact) -> tuple[int, bool, Fraction, int, str, str, str]:
    """The same with names by the numbers of their signs: quick where of very many few are kept."""
    return (*_rank(one), one.account_name, one.name, one.subject)


def _rank(one: MissingFact) -> tuple[int, bool, Fraction, int]:
    if one.begins:  # no share of theirs can be compared: all hangs on each of them
        return (0, False, Fraction(), _FACTS.index(one.fact))
    return (-one.money.minor if one.money else 0, True, -one.share, _FACTS.index(one.fact))


def _asked(
    analysis: AccountAnalysis,
    fact: Fact,
    about: tuple[str, str],
    importance: Fraction = _WHOLE,
    part: Fraction = _WHOLE,
) -> MissingFact:
    """A missing fact ``about`` the id and the name of something, with the money it moves."""
    spend, share = analysis.record.expected_annual_spend, importance * part
    money = None if spend is None else Money(half_up(spend.minor * share), spend.currency)
    return MissingFact(
        analysis.account, analysis.name, *about, fact, importance, part, share, spend, money
    )


def _of_account(analysis: AccountAnalysis) -> Iterator[MissingFact]:
    """What it spends, and who is there while nobody is known: on each of them hangs all of it."""
    about = (analysis.account, analysis.name)
    if analysis.record.expected_annual_spend is None:
        yield _asked(analysis, Fact.SPEND, about)
    if not analysis.people:
        yield _asked(analysis, Fact.PEOPLE, about)


def _of_opportunities(analysis: AccountAnalysis, importance: Fraction) -> Iterator[MissingFact]:
    """Amount and day of open opportunities, of each the one that is the next to close."""
    deals = open_ones(analysis.records.where(Opportunity, account=analysis.account))
    lacking = (
        (Fact.DEAL_AMOUNT, next((one for one in deals if one.amount is None), None)),
        (Fact.DEAL_DAY, next((one for one in deals if one.expected_close is None), None)),
    )
    for fact, deal in lacking:
        if deal is not None:
            part = Fraction(1, len(OF_OPPORTUNITIES))
            yield _asked(analysis, fact, (deal.id, deal.name), importance, part)


def _on_the_average(facts: Iterable[KnownFact], people: set[PersonId]) -> Fraction:
    """A key person's share of importance on the average, 0–1; what there is shares alike if none.

    It is what a project weighs beside the people in `completeness_of`.
    """
    weighed = {one.subject for one in facts if one.subject in people and one.weight}
    return Fraction(1, len(weighed or {one.subject for one in facts}) or 1)


def _shares(facts: Iterable[KnownFact], people: set[PersonId]) -> list[Fraction]:
    """Each fact's share of the account: person's share of importance × share of the fact."""
    listed = list(facts)
    whole = sum((one.weight for one in listed if one.subject in people), Fraction())
    if whole:
        return [one.weight / whole for one in listed]
    asked = Counter(one.subject for one in listed)
    return [Fraction(1, len(asked) * asked[one.subject]) for one in listed]


def _name(analysis: AccountAnalysis, fact: KnownFact) -> str:
    if analysis.records.get(Project, fact.subject) is not None:
        return project_called(analysis.records, ProjectId(fact.subject))
    return called(analysis.records, PersonId(fact.subject))


def _members_lacking(analysis: AccountAnalysis, fact: KnownFact) -> tuple[MemberLacking, ...]:
    """Of whom on a project's chain role or stance is missing, by name."""
    if fact.fact is not Fact.PARTICIPANTS:
        return ()
    project = analysis.records.one(Project, fact.subject)
    roleless, stanceless = map(set, members_lacking(analysis, project))
    found = (
        MemberLacking(called(analysis.records, one), one, one in roleless, one in stanceless)
        for one in roleless | stanceless
    )
    return tuple(sorted(found, key=lambda one: (name_order(one.name), one.person)))


def _is_worth_asking(analysis: AccountAnalysis, fact: KnownFact) -> bool:
    """Nothing hangs any more on what is not known of a project that was not pursued."""
    project = analysis.records.get(Project, fact.subject)
    return project is None or project.outcome is not Outcome.NOT_PURSUED


def _undated(analysis: AccountAnalysis, fact: KnownFact) -> tuple[str, ...]:
    """Which days of a project are missing, by their fields: its start, and when it was decided."""
    if fact.fact is not Fact.DATES:
        return ()
    project = analysis.records.one(Project, fact.subject)
    missing = [] if project.starts_on is not None else ["starts_on"]
    if project.outcome is not Outcome.OPEN and project.decided_on is None:
        missing.append("decided_on")
    return tuple(missing)


def _as_of(analysis: AccountAnalysis, fact: KnownFact) -> date | None:
    """The day a project that is decided was: what somebody thinks of it today tells nothing."""
    if fact.fact is not Fact.PARTICIPANTS:
        return None
    day = day_of_stances(analysis, analysis.records.one(Project, fact.subject))
    return None if day == analysis.today else day


def _several(names: list[str]) -> object:
    """All of a few names, the first of more with how many are left."""
    more = len(names) - _NAMES_SHOWN
    if more < 1:
        return tuple(names)
    return phrase("{names} and {n} more", names=tuple(names[:_NAMES_SHOWN]), n=more)


_QUESTIONS: Final[Mapping[Fact, Phrase]] = {
    Fact.DEPARTMENT: phrase("Which department is {name} in?"),
    Fact.TITLE: phrase("What is {name}'s title?"),
    Fact.PLACE: phrase("Who does {name} report to?"),
    Fact.INFLUENCE: phrase("Whom does {name} listen to, and who listens to {name}?"),
    Fact.CLOSENESS: phrase("How close are we to {name}?"),
    Fact.SOLUTION: phrase("What does {name} think of our solution?"),
    Fact.PRICE: phrase("What does {name} think of our price?"),
    Fact.VETO: phrase("Can {name} alone stop a decision?"),
    Fact.APPROVER: phrase("Can {name} alone pass a decision?"),
    Fact.ADAPTABILITY: phrase("How does {name} take to new things?"),
    Fact.TIE: phrase("Who of us knows {name}?"),
    Fact.TYPE: phrase("What type of project is {name}?"),
    Fact.AMOUNT: phrase("What is the budget of {name}?"),
    Fact.DATES: phrase("When does {name} start, and when is it decided?"),
    Fact.OUTCOME: phrase("How did {name} end?"),
    Fact.PARTICIPANTS: phrase("Who decides {name}, and where do they stand?"),
    Fact.SPEND: phrase("How much does {name} spend in a year?"),
    Fact.PEOPLE: phrase("Who has a say at {name}?"),
    Fact.DEAL_AMOUNT: phrase("How much does {name} come to?"),
    Fact.DEAL_DAY: phrase("When is {name} decided?"),
}
_DATES_ASKED: Final[Mapping[str, Phrase]] = {
    "starts_on": phrase("When does {name} start?"),
    "decided_on": phrase("When was {name} decided?"),
}
