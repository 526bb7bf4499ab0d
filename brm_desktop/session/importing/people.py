"""Rows of people: who each row is, what it says about him, and the manager it names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, Final

from brm_desktop.domain.act import Act
from brm_desktop.domain.edits import Draft, add_person, assess, revise_person
from brm_desktop.domain.errors import Ambiguous, NotFound, Refused
from brm_desktop.domain.phrase import Phrase, phrase
from brm_desktop.domain.records import (
    Basis,
    Department,
    Dimension,
    OrganisationId,
    Person,
    PersonId,
)
from brm_desktop.domain.rules import Rules
from brm_desktop.domain.scores import standing
from brm_desktop.exchange.dates import DateOrder
from brm_desktop.exchange.mapping import Entries, Entry
from brm_desktop.session.importing.customers import Customers
from brm_desktop.session.importing.lines import Line, hang
from brm_desktop.session.importing.names import Directory, folded
from brm_desktop.session.importing.report import Outcomes
from brm_desktop.session.importing.row_faults import RowFaults, all_faults
from brm_desktop.session.importing.words import day, plain_text, score, word, yes_or_no

Seen = dict[tuple[str, ...], int]

_CHINESE: Final = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]")
_SCORES: Final = ("closeness", "solution", "price")
_BETWEEN: Final = re.compile(r"[;；、,，|\n]+")


@dataclass(frozen=True, slots=True)
class _Said:
    """What a row says, read and within its limits; blank cells say nothing."""

    external_id: str
    name: str
    department: str
    emails: tuple[str, ...]
    phones: tuple[str, ...]
    plain: Mapping[str, Any]
    scores: Mapping[str, int]
    basis: Basis | None
    assessed_on: date | None


def import_people(
    draft: Draft,
    act: Act,
    entries: Entries,
    outcomes: Outcomes,
    directory: Directory,
    customers: Customers,
) -> None:
    """Make and change people as the rows of a file say, then hang them under their managers.

    A row that says something impossible is refused whole; one whose manager cannot be is refused in
    part: the person is in, the line is not.
    """
    seen: Seen = {}
    placed: list[tuple[Entry, PersonId]] = []

    @cache
    def named() -> frozenset[str]:
        return frozenset(name for one in entries.rows for name in _names(one.values))

    for entry in entries.rows:
        with outcomes.deciding(draft, entry.row):
            with all_faults() as faults:
                said = _read(entry, entries.date_order, faults)
                home = faults.noting(_home, draft, act, entry, directory, customers)
                if faults.sentences and home is not None and not named() & _managers(entry.values):
                    faults.noting(_manager, draft, entry.values, home, directory)
            assert home is not None, "a row without one is refused"
            person = _import_row(draft, act, said, home, directory, seen, entry.line)
            directory.add(draft, draft.one(Person, person))
            placed.append((entry, person))
    _hang_all(draft, act, placed, directory, outcomes)


def _import_row(
    draft: Draft,
    act: Act,
    said: _Said,
    organisation: OrganisationId,
    directory: Directory,
    seen: Seen,
    line: int,
) -> PersonId:
    key = (organisation, said.external_id, "" if said.external_id else said.name)
    if key in seen:
        raise Refused(
            phrase(
                "Line {line} already says who {person} is.",
                line=seen[key],
                person=said.external_id or said.name,
            )
        )
    found = _found(draft, said, organisation, directory)
    person = found.id if found else _made(draft, act, said, organisation)
    if found:
        _revise(draft, act, said, found)
    if said.scores and not _is_stated(draft, act, said, person):
        draft.do(
            assess,
            act,
            person,
            closeness=said.scores.get("closeness"),
            solution=said.scores.get("solution"),
            price=said.scores.get("price"),
            basis=said.basis,
            on=said.assessed_on,
        )
    seen[key] = line
    return person


def _home(
    draft: Draft, act: Act, entry: Entry, directory: Directory, customers: Customers
) -> OrganisationId:
    """Where the person of a row works: where it says, else with the customer whose row it is.

    The account that a row names is made when it is not there, as one is that is named for a file.
    """
    said, account = entry.values.get("organisation", ""), entry.values.get("account", "")
    if account and folded(said) in ("", folded(account)):
        return customers.account_called(draft, act, account).organisation
    return directory.organisation(draft, said)


def _is_stated(draft: Draft, act: Act, said: _Said, person: PersonId) -> bool:
    """Whether what is valid today says the row's scores already, on its day and on its basis."""
    if said.assessed_on is None:
        return False
    for dimension in Dimension:
        value = said.scores.get(dimension.value)
        if value is None:
            continue
        valid = standing(draft, person, dimension, act.today, Rules())
        if valid is None or (valid.value, valid.assessed_on) != (value, said.assessed_on):
            return False
        if said.basis not in (None, valid.basis):
            return False
    return True


def _read(entry: Entry, order: DateOrder, faults: RowFaults) -> _Said:
    values, noting = entry.values, faults.noting
    plain = {
        "title": values.get("title"),
        "wechat": values.get("wechat"),
        "notes": values.get("notes"),
        "power": noting(score, values.get("power"), "power"),
        "influence": noting(score, values.get("influence"), "influence"),
        "veto": noting(yes_or_no, values.get("veto"), "veto"),
        "sole_approver": noting(yes_or_no, values.get("sole_approver"), "sole_approver"),
    }
    sales = noting(yes_or_no, values.get("sales"), "sales")
    if sales is not None:
        plain["non_sales"] = not sales
    scores = {name: noting(score, values.get(name), name) for name in _SCORES}
    said = _Said(
        plain_text(values.get("id", "")),
        _name(values),
        plain_text(values.get("department", "")),
        _parts(values.get("email", "")),
        _parts(values.get("phone", "")),
        {name: value for name, value in plain.items() if value is not None},
        {name: value for name, value in scores.items() if value is not None},
        noting(word, Basis, values.get("basis"), "basis"),
        noting(day, values.get("assessed_on"), "assessed_on", order),
    )
    noting(_see_who, said)
    return said


def _see_who(said: _Said) -> None:
    if not said.name and not said.external_id:
        raise Refused(phrase("The row has no name."))


def _name(values: Mapping[str, str]) -> str:
    """The name as one text: given, or put together of its parts as its writing has them."""
    if values.get("name"):
        return plain_text(values["name"])
    first, last = values.get("first_name", ""), values.get("last_name", "")
    if _CHINESE.search(first + last):
        return plain_text(last + first)
    return plain_text(f"{first} {values.get('middle_name', '')} {last}")


def _parts(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, (plain_text(part) for part in _BETWEEN.split(text)))))


def _found(
    draft: Draft, said: _Said, organisation: OrganisationId, directory: Directory
) -> Person | None:
    """The person that a row is about, when he is known already."""
    if said.external_id:
        return draft.get(Person, directory.with_id(draft, organisation, said.external_id))
    try:
        return draft.get(Person, directory.named(draft, organisation, said.name))
    except Ambiguous as several:
        raise Refused(several.sentence) from None
    except NotFound:
        return None


def _made(draft: Draft, act: Act, said: _Said, organisation: OrganisationId) -> PersonId:
    """A new person; one without a name is a placeholder that bears his title."""
    title = str(said.plain.get("title", ""))
    if not said.name and not title:
        raise Refused(
            phrase("The row of id {id} has neither a name nor a title.", id=said.external_id)
        )
    change = draft.do(
        add_person,
        act,
        name=said.name or title,
        organisation=organisation,
        department=said.department,
        external_id=said.external_id,
        placeholder=not said.name,
        emails=said.emails,
        phones=said.phones,
        **said.plain,
    )
    return change.added(Person)[0].id


def _revise(draft: Draft, act: Act, said: _Said, person: Person) -> None:
    """Say of a known person what the row says; mails and phones come to those there are."""
    fields = dict(said.plain)
    fields["emails"] = tuple(dict.fromkeys((*person.emails, *said.emails)))
    fields["phones"] = tuple(dict.fromkeys((*person.phones, *said.phones)))
    if said.name and said.name != person.name:
        fields |= {"name": said.name, "placeholder": False}
    elif not said.name and person.placeholder and person.name == person.title and "title" in fields:
        fields["name"] = fields["title"]
    present = draft.get(Department, person.department)
    if said.department and (present is None or present.name != said.department):
        fields["department"] = said.department
    draft.do(revise_person, act, person.id, **fields)


def _hang_all(
    draft: Draft,
    act: Act,
    placed: list[tuple[Entry, PersonId]],
    directory: Directory,
    outcomes: Outcomes,
) -> None:
    """Hang the people of a file under the managers that their rows name."""
    lines = []
    for entry, person in placed:
        organisation = draft.one(Person, person).organisation
        assert organisation is not None
        try:
            manager = _manager(draft, entry.values, organisation, directory)
        except Refused as refused:
            outcomes.refused(entry.row, _without_line(refused), in_part=True)
            continue
        if manager is not None:
            lines.append(Line(entry.row, person, manager))
    for line, reason in hang(draft, act, lines, outcomes):
        outcomes.refused(line.row, _without_line(reason), in_part=True)


def _names(values: Mapping[str, str]) -> Iterator[str]:
    """By what other rows may name the person of a row."""
    yield from (_name(values), plain_text(values.get("id", "")))


def _managers(values: Mapping[str, str]) -> set[str]:
    """Under whom a row hangs its person, who may be in a row that is still to come."""
    return {plain_text(values.get(name, "")) for name in ("reports_to", "reports_to_id")} - {""}


def _manager(
    draft: Draft, values: Mapping[str, str], organisation: OrganisationId, directory: Directory
) -> PersonId | None:
    if values.get("reports_to_id"):
        return directory.person_of_id(draft, organisation, values["reports_to_id"])
    if values.get("reports_to"):
        return directory.person(draft, organisation, values["reports_to"])
    return None


def _without_line(refused: Refused) -> Phrase:
    return phrase("{reason} The person is in, the reporting line is not.", reason=refused.sentence)
