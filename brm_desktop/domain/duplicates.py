"""Who may be in the store twice: candidates with points and reasons; only a person decides.

Only records that share something (a phone number, an address, the sound of the name at the same
organisation) are compared at all, so that finding candidates costs little more than reading, and
what very many share is passed over. Of those whose names only begin alike, the spellings are held
against each other before anything else is: very many are called by the same initials. Points add up
what speaks for one and the same and take off what speaks against; domain words of rule §6 of the
sync specification: from 7 on very likely, from 3 on maybe.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, product
from typing import Final, TypeVar

from rapidfuzz import fuzz, process

from brm_desktop.domain.phrase import Phrase, Word, phrase
from brm_desktop.domain.records import (
    Department,
    LineKind,
    Organisation,
    Person,
    Project,
    ProjectType,
    Record,
    Records,
    ReportingLine,
    Sameness,
    id_of,
)
from brm_desktop.domain.spelling import spellings

R = TypeVar("R", bound=Record)

VERY_LIKELY_FROM: Final = 7
MAYBE_FROM: Final = 3

_ALIKE_FROM: Final = 85
"""How alike two spellings must be, 0–100, to be taken for slips of one name."""
_MOST_ALIKE: Final = 50
"""What more records than this share tells none from another: "vacant", a switchboard's number."""
_PHONE_DIGITS: Final = 11
"""So many last digits of a phone number tell it from others, with or without the country's."""
_FEWEST_DIGITS: Final = 6
"""Shorter numbers are extensions, which many share."""

_LEGAL_FORMS: Final = re.compile(
    r"(股份有限公司|有限责任公司|有限公司|集团公司|集团|公司"
    r"|\b(incorporated|inc|limited|ltd|llc|gmbh|corporation|corp|company|co|plc|ag|sa|group)\b)"
)
_SIGNS: Final = re.compile(r"[\W_]+")


class Likelihood(Word):
    """How likely two records tell of the same one."""

    VERY_LIKELY = "very_likely", "very likely"
    MAYBE = "maybe", "maybe"


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing that speaks for or against, with its points."""

    points: int
    text: Phrase


@dataclass(frozen=True, slots=True)
class Candidate:
    """Two records of one kind that may tell of the same one; ``one`` has the smaller id."""

    one: Record
    other: Record
    reasons: tuple[Reason, ...]

    @property
    def points(self) -> int:
        """The sum of all reasons."""
        return sum(reason.points for reason in self.reasons)

    @property
    def likelihood(self) -> Likelihood:
        """What the points say."""
        return Likelihood.VERY_LIKELY if self.points >= VERY_LIKELY_FROM else Likelihood.MAYBE


def duplicates_in(
    records: Records, check: Callable[[], object] = lambda: None
) -> tuple[Candidate, ...]:
    """Every pair that may be one, the likeliest first; pairs somebody decided about are left out.

    Linear in the records, since what more than 50 share is passed over; but of n people of one
    organisation whose names have the same initials n² spellings are compared, ten million in a
    second. ``check`` is asked again and again meanwhile; what it raises ends it.
    """
    decided = {one.id for one in records.all(Sameness).values()}
    found = [
        Candidate(one, other, reasons)
        for kind, compared in _COMPARED.items()
        for one, other in _pairs(compared, records.all(kind).values(), check)
        if _are_enough(reasons := tuple(compared.reasons(records, one, other)))
        and (not decided or id_of(Sameness, one.id, other.id) not in decided)
    ]
    return tuple(sorted(found, key=lambda c: (-c.points, _name(c.one), c.one.id, c.other.id)))


class Sharing:
    """Which of very many records share anything for which they would be compared.

    Nothing of a record is kept but a number for each thing it may share: first all are seen, then
    :meth:`shares` is asked of each. Pairs among those that share are all the pairs there are.
    """

    def __init__(self) -> None:
        self._once: set[int] = set()
        self._again: set[int] = set()

    def see(self, record: Record) -> None:
        """Note what a record may share."""
        for mark in set(_marks(record)):
            (self._again if mark in self._once else self._once).add(mark)

    def shares(self, record: Record) -> bool:
        """Whether another record that was seen has anything of it."""
        return not self._again.isdisjoint(_marks(record))


def _marks(record: Record) -> Iterator[int]:
    kind = type(record)
    compared = _COMPARED[kind]
    for block in compared.blocks(record):
        yield hash((kind, block))
    for block, _ in compared.beginning(record):
        yield hash((kind, "beginning", block))


def _are_enough(reasons: Iterable[Reason]) -> bool:
    return sum(reason.points for reason in reasons) >= MAYBE_FROM


def _pairs(
    compared: _Comparison, records: Iterable[R], check: Callable[[], object]
) -> Iterator[tuple[R, R]]:
    """Pairs that share a block or are spelled alike, each once, the smaller id first."""
    seen: set[tuple[str, str]] = set()
    for one, other in chain(_sharing(compared, records, check), _alike(compared, records, check)):
        ids = (one.id, other.id) if one.id < other.id else (other.id, one.id)
        if ids not in seen and ids[0] != ids[1]:
            seen.add(ids)
            yield (one, other) if ids[0] == one.id else (other, one)


def _sharing(
    compared: _Comparison, records: Iterable[R], check: Callable[[], object]
) -> Iterator[tuple[R, R]]:
    """Pairs of records that share a block."""
    sharing: dict[object, list[R]] = {}
    for record in records:
        for block in compared.blocks(record):
            sharing.setdefault(block, []).append(record)
    for together in sharing.values():
        if len(together) > _MOST_ALIKE:
            continue
        for place, one in enumerate(together):
            check()
            for other in together[place + 1 :]:
                yield one, other


def _alike(
    compared: _Comparison, records: Iterable[R], check: Callable[[], object]
) -> Iterator[tuple[R, R]]:
    """Pairs of records that begin alike and of which the names are nearly the same."""
    beginning: dict[object, dict[str, list[R]]] = {}
    for record in records:
        for block, spelling in compared.beginning(record):
            beginning.setdefault(block, {}).setdefault(spelling, []).append(record)
    for spelled in beginning.values():
        spellings_here = [one for one, called in spelled.items() if len(called) <= _MOST_ALIKE]
        for place, spelling in enumerate(spellings_here):
            check()
            others = spellings_here[place + 1 :]
            for other, _, _ in process.extract(
                spelling, others, scorer=fuzz.ratio, score_cutoff=_ALIKE_FROM, limit=None
            ):
                yield from product(spelled[spelling], spelled[other])


def _blocks_of_person(person: Person) -> set[object]:
    """Whom to compare somebody with; nobody stands in a post of which only the title is known."""
    if person.placeholder:
        return set()
    _, sound, initials = _spelled(person.name)
    home, born = person.organisation, person.birthday
    said = (home, initials, person.department, person.title, born)
    return {
        *(("phone", number) for number in _numbers(person)),
        *(("mail", address.casefold()) for address in person.emails),
        *(("wechat", name) for name in (person.wechat.casefold(),) if name),
        *([("name", home, sound)] if home else []),
        *([("born", *said)] if home and all(said) else []),
    }


def _beginning_of_person(person: Person) -> Iterator[tuple[object, str]]:
    if person.organisation and not person.placeholder:
        _, sound, initials = _spelled(person.name)
        yield (person.organisation, initials), sound


def _reasons_of_people(records: Records, one: Person, other: Person) -> Iterator[Reason]:
    """What speaks for and against; that one reports to the other only where it may tip it.

    Nearly all pairs are of two people, and looking lines up takes longer than all else.
    """
    found = list(_likenesses(one, other))
    yield from found
    if _are_enough(found) and (
        _reports_to(records, one, other) or _reports_to(records, other, one)
    ):
        yield Reason(-7, phrase("one reports to the other"))


def _likenesses(one: Person, other: Person) -> Iterator[Reason]:
    yield _of_names(one, other)
    if _numbers(one) & _numbers(other):
        yield Reason(4, phrase("the same phone number"))
    if {mail.casefold() for mail in one.emails} & {mail.casefold() for mail in other.emails}:
        yield Reason(4, phrase("the same e-mail address"))
    if one.wechat and one.wechat.casefold() == other.wechat.casefold():
        yield Reason(4, phrase("the same WeChat name"))
    if one.organisation is not None and one.organisation == other.organisation:
        yield Reason(2, phrase("the same organisation"))
    if one.title and one.title == other.title:
        yield Reason(1, phrase("the same title"))
    if one.department is not None and one.department == other.department:
        yield Reason(1, phrase("the same department"))
    if one.birthday and other.birthday:
        if one.birthday == other.birthday:
            yield Reason(2, phrase("the same birthday"))
        else:
            yield Reason(-4, phrase("different birthdays"))


def _of_names(one: Person, other: Person) -> Reason:
    (first, *first_sounds), (second, *second_sounds) = _spelled(one.name), _spelled(other.name)
    if first == second:
        return Reason(4, phrase("the same name"))
    if set(first_sounds[:1]) & set(second_sounds[:1]):
        return Reason(3, phrase("names that sound the same"))
    alike = fuzz.ratio(first_sounds[0], second_sounds[0])
    if alike >= _ALIKE_FROM:
        return Reason(2, phrase("names that are nearly the same"))
    return Reason(-3, phrase("different names"))


@lru_cache(16_384)
def _spelled(name: str) -> tuple[str, str, str]:
    """A name closed up, how it sounds, and its initials."""
    plain, *sounds = spellings(name)
    closed = "".join(plain.split())
    sound = "".join((sounds[0] if len(sounds) > 1 else plain).split())
    return closed, sound, sounds[-1] if sounds else sound[:1]


def _numbers(person: Person) -> set[str]:
    digits = ("".join(filter(str.isdigit, phone)) for phone in person.phones)
    return {one[-_PHONE_DIGITS:] for one in digits if len(one) >= _FEWEST_DIGITS}


def _reports_to(records: Records, one: Person, other: Person) -> bool:
    return any(
        records.get(ReportingLine, id_of(ReportingLine, one.id, other.id, kind)) is not None
        for kind in LineKind
    )


def _blocks_of_organisation(organisation: Organisation) -> set[object]:
    core = _core(organisation.name)
    site, short = _domain(organisation), _core(organisation.short_name)
    return {
        (organisation.kind, word) for word in (core, short, f"site {site}" if site else "") if word
    }


def _beginning_of_organisation(organisation: Organisation) -> Iterator[tuple[object, str]]:
    core = _core(organisation.name)
    if core:
        yield (organisation.kind, core[:2]), core


def _reasons_of_organisations(
    _: Records, one: Organisation, other: Organisation
) -> Iterator[Reason]:
    first, second = _core(one.name), _core(other.name)
    if one.name.casefold() == other.name.casefold():
        yield Reason(7, phrase("the same name"))
    elif first == second:
        yield Reason(5, phrase("names that differ in the legal form only"))
    elif {first, _core(one.short_name)} & {second, _core(other.short_name)} - {""}:
        yield Reason(4, phrase("one is called as the other is for short"))
    elif fuzz.ratio(first, second) >= _ALIKE_FROM:
        yield Reason(3, phrase("names that are nearly the same"))
    else:
        yield Reason(-3, phrase("different names"))
    if _domain(one) and _domain(one) == _domain(other):
        yield Reason(4, phrase("the same website"))
    if one.industry and one.industry == other.industry:
        yield Reason(1, phrase("the same industry"))
    if one.region and one.region == other.region:
        yield Reason(1, phrase("the same region"))
    if one.id == other.parent or other.id == one.parent:
        yield Reason(-7, phrase("one is part of the other"))


def _core(name: str) -> str:
    """A company's name without blanks, signs and its legal form, unless nothing else is left."""
    plain = name.casefold()
    return _SIGNS.sub("", _LEGAL_FORMS.sub("", plain)) or _SIGNS.sub("", plain)


def _domain(organisation: Organisation) -> str:
    site = organisation.website.casefold().split("//")[-1].split("/")[0]
    return site.removeprefix("www.")


_Named = Department | Project | ProjectType


def _home(record: _Named) -> str:
    if isinstance(record, Department):
        return record.organisation
    return record.account if isinstance(record, Project) else ""


def _blocks_of_named(record: _Named) -> set[object]:
    return {(_home(record), _SIGNS.sub("", record.name.casefold()))}


def _reasons_of_named(_: Records, __: _Named, ___: _Named) -> Iterator[Reason]:
    yield Reason(7, phrase("the same name at the same place"))


def _no_beginning(_: _Named) -> Iterable[tuple[object, str]]:
    return ()


@dataclass(frozen=True, slots=True)
class _Comparison:
    """How records of one kind are compared.

    All that share a block are, and of those with the same beginning whose spellings are alike.
    """

    blocks: Callable[..., Iterable[object]]
    beginning: Callable[..., Iterable[tuple[object, str]]]
    reasons: Callable[..., Iterator[Reason]]


_COMPARED: Final[Mapping[type[Record], _Comparison]] = {
    Organisation: _Comparison(
        _blocks_of_organisation, _beginning_of_organisation, _reasons_of_organisations
    ),
    Person: _Comparison(_blocks_of_person, _beginning_of_person, _reasons_of_people),
    Department: _Comparison(_blocks_of_named, _no_beginning, _reasons_of_named),
    ProjectType: _Comparison(_blocks_of_named, _no_beginning, _reasons_of_named),
    Project: _Comparison(_blocks_of_named, _no_beginning, _reasons_of_named),
}


def _name(record: Record) -> str:
    return str(getattr(record, "name", ""))
