"""Rows of decision chains: who takes part in deciding which project, and for whom he decides."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from brm_desktop.domain.act import Act
from brm_desktop.domain.edits import (
    Draft,
    add_chain_link,
    add_member,
    create_project,
    revise_member,
    revise_project,
)
from brm_desktop.domain.errors import Refused
from brm_desktop.domain.naming import called
from brm_desktop.domain.phrase import Phrase, phrase
from brm_desktop.domain.records import (
    AccountId,
    ChainLinkKind,
    ChainMember,
    ContactLevel,
    PersonId,
    Project,
    ProjectId,
    ProjectType,
    id_of,
)
from brm_desktop.exchange.dates import DateOrder
from brm_desktop.exchange.mapping import Entries, Entry
from brm_desktop.session.importing.agreeing import SaidBefore
from brm_desktop.session.importing.named_rows import needed
from brm_desktop.session.importing.names import Directory
from brm_desktop.session.importing.report import Outcomes
from brm_desktop.session.importing.row_faults import RowFaults, all_faults
from brm_desktop.session.importing.words import (
    day,
    plain_text,
    roles,
    several,
    stance,
    word,
    yes_or_no,
)


@dataclass(frozen=True, slots=True)
class _Row:
    """What a row says: of the member, and, as a claim, how he stood on a day (today's import)."""

    entry: Entry
    said: Mapping[str, object]
    claimed: Mapping[str, object]
    on: date | None


@dataclass(frozen=True, slots=True)
class _Placed:
    """A row whose member is on the chain, waiting for its links."""

    entry: Entry
    project: ProjectId
    person: PersonId


def import_chain(
    draft: Draft,
    act: Act,
    entries: Entries,
    outcomes: Outcomes,
    directory: Directory,
    account: AccountId,
) -> None:
    """Put people on chains as the rows of a file say, then link those who decide for others.

    A row whose person is unknown is refused whole; one that decides for somebody unknown is refused
    in part: the member is in, the link is not.
    """
    earlier = SaidBefore()
    placed = []
    for entry in entries.rows:
        with outcomes.deciding(draft, entry.row):
            with all_faults() as faults:
                read = _read(entry, entries.date_order, faults)
                person = faults.noting(_member, draft, entry, directory)
                if faults.sentences:
                    faults.noting(_decides_for, draft, entry, directory)
            assert person is not None, "a row of nobody is refused"
            placed.append(_import_row(draft, act, read, person, account, earlier))
    for one in placed:
        with outcomes.deciding(draft, one.entry.row, _without_link):
            _link(draft, act, one, directory)


def _import_row(
    draft: Draft,
    act: Act,
    row: _Row,
    person: PersonId,
    account: AccountId,
    earlier: SaidBefore,
) -> _Placed:
    entry = row.entry
    name, type_ = entry.values["project"], entry.values.get("type", "")
    project = _project(draft, act, account, name, type_)
    key = id_of(ChainMember, project, person)
    member = called(draft, person)
    earlier.check(key, row.said, entry.line, member)
    earlier.check((key, row.on or act.today), row.claimed, entry.line, member)
    if draft.get(ChainMember, key) is None:
        draft.do(add_member, act, project, person)
    draft.do(revise_member, act, project, person, on=row.on, **row.said, **row.claimed)
    return _Placed(entry, project, person)


def _member(draft: Draft, entry: Entry, directory: Directory) -> PersonId:
    assert directory.home is not None, "a chain is imported into an account"
    return directory.person(draft, directory.home, needed(entry, "person"))


def _read(entry: Entry, order: DateOrder, faults: RowFaults) -> _Row:
    values, noting = entry.values, faults.noting
    noting(needed, entry, "project")
    said = {
        "roles": noting(roles, values.get("roles"), "roles"),
        "veto": noting(yes_or_no, values.get("veto"), "veto"),
    }
    claimed = {
        "stance": noting(stance, values.get("stance"), "stance"),
        "contact": noting(word, ContactLevel, values.get("contact"), "contact"),
    }
    return _Row(
        entry,
        {name: value for name, value in said.items() if value is not None},
        {name: value for name, value in claimed.items() if value is not None},
        noting(day, values.get("assessed_on"), "assessed_on", order),
    )


def _project(draft: Draft, act: Act, account: AccountId, name: str, type_: str) -> ProjectId:
    """The account's project of an id or a name, made with its type when there is none."""
    wanted = plain_text(name)
    named = draft.where(Project, name=wanted)
    for project in filter(None, (draft.get(Project, wanted), *named)):
        if project.account == account:
            present = draft.get(ProjectType, project.type)
            if type_ and (present is None or present.name != plain_text(type_)):
                draft.do(revise_project, act, project.id, type=plain_text(type_))
            return project.id
    change = draft.do(create_project, act, account, wanted, type=plain_text(type_))
    return change.added(Project)[0].id


def _link(draft: Draft, act: Act, placed: _Placed, directory: Directory) -> None:
    for target in _decides_for(draft, placed.entry, directory):
        kind = ChainLinkKind.DECIDES_FOR
        draft.do(add_chain_link, act, placed.project, placed.person, target, kind)


def _decides_for(draft: Draft, entry: Entry, directory: Directory) -> list[PersonId]:
    """Those for whom the member of a row decides."""
    home = directory.home
    assert home is not None, "a chain is imported into an account"
    names = several(entry.values.get("decides_for", ""))
    return [directory.person(draft, home, name) for name in names]


def _without_link(refused: Refused) -> Phrase:
    return phrase("{reason} The member is in, the link is not.", reason=refused.sentence)
