"""Rows of decision chains: who takes part in deciding which project, and for whom he decides."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

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
from brm_desktop.exchange.mapping import Entries, Entry
from brm_desktop.session.importing.field_names import said_field
from brm_desktop.session.importing.names import Directory
from brm_desktop.session.importing.report import Outcomes
from brm_desktop.session.importing.words import (
    plain_text,
    roles,
    several,
    stance,
    word,
    yes_or_no,
)


@dataclass(frozen=True, slots=True)
class _Placed:
    """A row whose member is on the chain, waiting for its links."""

    entry: Entry
    project: ProjectId
    person: PersonId


@dataclass(frozen=True, slots=True)
class _Earlier:
    """What an earlier row of the file said of a member, and on which line."""

    said: Mapping[str, object]
    line: int


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
    earlier: dict[str, _Earlier] = {}
    placed = []
    for entry in entries.rows:
        with outcomes.deciding(draft, entry.row):
            placed.append(_import_row(draft, act, entry, directory, account, earlier))
    for one in placed:
        with outcomes.deciding(draft, one.entry.row, _without_link):
            _link(draft, act, one, directory)


def _import_row(
    draft: Draft,
    act: Act,
    entry: Entry,
    directory: Directory,
    account: AccountId,
    earlier: dict[str, _Earlier],
) -> _Placed:
    said = _said(entry.values)
    name = entry.values.get("project", "")
    if not name or "person" not in entry.values:
        missing = "person" if name else "project"
        raise Refused(phrase("The row names no {field}.", field=said_field(missing)))
    assert directory.home is not None, "a chain is imported into an account"
    person = directory.person(draft, directory.home, entry.values["person"])
    project = _project(draft, act, account, name, entry.values.get("type", ""))
    key = id_of(ChainMember, project, person)
    before = earlier.setdefault(key, _Earlier(said, entry.line))
    if any(said[field] != before.said[field] for field in said.keys() & before.said.keys()):
        raise Refused(phrase("Line {line} says something else of this member.", line=before.line))
    if draft.get(ChainMember, key) is None:
        draft.do(add_member, act, project, person)
    draft.do(revise_member, act, project, person, **said)
    return _Placed(entry, project, person)


def _said(values: Mapping[str, str]) -> dict[str, object]:
    said = {
        "roles": roles(values.get("roles"), "roles"),
        "stance": stance(values.get("stance"), "stance"),
        "contact": word(ContactLevel, values.get("contact"), "contact"),
        "veto": yes_or_no(values.get("veto"), "veto"),
    }
    return {name: value for name, value in said.items() if value is not None}


def _project(draft: Draft, act: Act, account: AccountId, name: str, type_: str) -> ProjectId:
    """The account's project of an id or a name, made with its type when there is none."""
    wanted = plain_text(name)
    for project in draft.where(Project, account=account):
        if wanted in (project.id, project.name):
            present = draft.get(ProjectType, project.type)
            if type_ and (present is None or present.name != plain_text(type_)):
                draft.do(revise_project, act, project.id, type=plain_text(type_))
            return project.id
    change = draft.do(create_project, act, account, wanted, type=plain_text(type_))
    return change.added(Project)[0].id


def _link(draft: Draft, act: Act, placed: _Placed, directory: Directory) -> None:
    home = directory.home
    assert home is not None, "a chain is imported into an account"
    for name in several(placed.entry.values.get("decides_for", "")):
        target = directory.person(draft, home, name)
        kind = ChainLinkKind.DECIDES_FOR
        draft.do(add_chain_link, act, placed.project, placed.person, target, kind)


def _without_link(refused: Refused) -> Phrase:
    return phrase("{reason} The member is in, the link is not.", reason=refused.sentence)
