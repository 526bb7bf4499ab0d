"""What the palette of Ctrl+K can find: people, accounts, projects, commands."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from brm_desktop.domain.records import (
    Account,
    AccountId,
    Organisation,
    OrganisationKind,
    Person,
    PersonId,
    Project,
    Records,
)
from brm_desktop.gui.actions import ACTIONS, Scope
from brm_desktop.gui.desk import Desk, Page, Place, Tab
from brm_desktop.gui.name_book import NameBook
from brm_desktop.gui.palette import Entry
from brm_desktop.gui.words import joined, person_name
from brm_desktop.language import tr

if TYPE_CHECKING:
    from brm_desktop.gui.main_window import MainWindow


def entries(window: MainWindow) -> list[Entry]:
    """Everything to go to or to do from here; people first, commands last."""
    found: list[Entry] = []
    if window.desk.is_open:
        found.extend(_people(window.desk))
        found.extend(_accounts(window.desk))
        found.extend(_projects(window.desk))
        found.extend(_elsewhere(window.names))
    found.extend(_commands(window))
    return found


def _people(desk: Desk) -> Iterator[Entry]:
    records = desk.records
    accounts = {a.organisation: AccountId(a.id) for a in records.all(Account).values()}
    for person in records.all(Person).values():
        organisation = records.get(Organisation, person.organisation)
        account = None if organisation is None else accounts.get(organisation.id)
        hint = joined(person.title, organisation.name if organisation else "")
        yield Entry(
            person_name(person),
            hint,
            "person",
            partial(_go_to_person, desk, person.id, organisation, account),
            order=0 if account is not None and account == desk.place.account else 1,
        )


def _go_to_person(
    desk: Desk, person: PersonId, organisation: Organisation | None, account: AccountId | None
) -> None:
    if account is not None:
        if desk.place.account != account or desk.place.page is not Page.ACCOUNT:
            desk.go(Place(Page.ACCOUNT, account, Tab.MAP))
        desk.show_person(person)
        return
    ours = organisation is not None and organisation.kind is OrganisationKind.OWN
    desk.go(Place(Page.COLLEAGUES if ours else Page.COMPETITORS))
    desk.show_person(person)


def _accounts(desk: Desk) -> Iterator[Entry]:
    for line in desk.session.portfolio():
        yield Entry(
            line.name,
            joined(tr("account"), line.industry, line.region),
            "accounts",
            partial(desk.go, Place(Page.ACCOUNT, line.id)),
            order=2,
        )


def _projects(desk: Desk) -> Iterator[Entry]:
    records = desk.records
    for project in records.all(Project).values():
        yield Entry(
            project.name,
            joined(tr("project"), _account_name(records, project.account)),
            "chain",
            partial(desk.go, Place(Page.ACCOUNT, project.account, Tab.CHAINS, project.id)),
            order=3,
        )


def _elsewhere(names: NameBook) -> Iterator[Entry]:
    for line in names.elsewhere():
        person = line.kind is Person
        yield Entry(
            line.name,
            joined(line.title if person else tr("project"), line.account_name),
            "person" if person else "chain",
            partial(names.go_to, line),
            order=1 if person else 3,
        )


def _account_name(records: Records, account: AccountId) -> str:
    record = records.get(Account, account)
    organisation = records.get(Organisation, record.organisation if record else None)
    return "" if organisation is None else organisation.name


def _commands(window: MainWindow) -> Iterator[Entry]:
    for name, action in window.commands.actions.items():
        spec = ACTIONS[name]
        if not spec.in_palette or spec.scope is not Scope.WINDOW or name == "find_anything":
            continue
        if name == "open_sample" and not window.stores.has_sample:
            continue
        if action.isEnabled():
            yield Entry(
                tr(spec.text),
                window.commands.key_text(name),
                spec.icon or "right",
                action.trigger,
                order=4,
            )
