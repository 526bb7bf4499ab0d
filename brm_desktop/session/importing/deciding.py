"""An import decided: rows and records to one change and a report, without files or clock."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from brm_desktop.domain.act import Act
from brm_desktop.domain.change import Change
from brm_desktop.domain.edits import Draft, create_account
from brm_desktop.domain.phrase import phrase
from brm_desktop.domain.records import (
    Account,
    AccountId,
    ChainMember,
    Influence,
    Opportunity,
    Person,
    Product,
    Project,
    Record,
    Records,
    ReportingLine,
    Tie,
)
from brm_desktop.exchange.headers import Subject
from brm_desktop.exchange.mapping import Entries
from brm_desktop.session.importing.accounts import import_accounts
from brm_desktop.session.importing.chain import import_chain
from brm_desktop.session.importing.customers import Customers
from brm_desktop.session.importing.employees import colleagues_as_people
from brm_desktop.session.importing.lines import import_influence, import_reporting
from brm_desktop.session.importing.names import Directory
from brm_desktop.session.importing.opportunities import import_opportunities
from brm_desktop.session.importing.people import import_people
from brm_desktop.session.importing.products import import_products
from brm_desktop.session.importing.projects import import_projects
from brm_desktop.session.importing.remarks import Remark, remarks_on
from brm_desktop.session.importing.report import Outcomes, Refusal, Report, Tally

MAINS: Final[Mapping[Subject, tuple[type[Record], ...]]] = MappingProxyType(
    {
        Subject.PEOPLE: (Person,),
        Subject.REPORTING: (ReportingLine,),
        Subject.INFLUENCE: (Influence, Tie),
        Subject.CHAIN: (ChainMember,),
        Subject.ACCOUNTS: (Account,),
        Subject.PROJECTS: (Project,),
        Subject.OPPORTUNITIES: (Opportunity,),
        Subject.PRODUCTS: (Product,),
        Subject.EMPLOYEES: (Person,),
    }
)
"""The kinds of record of which a row of each subject makes one."""


@dataclass(frozen=True, slots=True)
class Aim:
    """Where an import goes and what it may do.

    ``account`` is the account, or ``new_account`` the name of one to make; rows that are of no
    account, or name theirs, need neither.
    ``customers`` names all accounts of the store; ``currency`` is that of amounts without one.
    """

    account: AccountId | None = None
    new_account: str = ""
    create_missing: bool = False
    customers: tuple[str, ...] = ()
    currency: str = "CNY"


def decide(
    records: Records,
    act: Act,
    files: Sequence[Entries],
    aim: Aim,
    watch: Callable[[], object] | None = None,
) -> Report:
    """What the files change, as one change, and what becomes of each of their rows.

    Files are decided one after another, each against what those before it made; inside a file the
    order of rows does not matter but for which of two that contradict each other is refused. When
    every row is refused nothing changes, not even by a new account. ``watch`` is called at every
    row; what it raises ends this, and nothing is decided.

    Raises
    ------
    Refused
        When a new account cannot have its name.
    """
    draft = Draft(records)
    account = aim.account
    if aim.new_account:
        account = draft.do(create_account, act, name=aim.new_account).added(Account)[0].id
    home = draft.get(Account, account)
    tally = Tally()
    refusals: list[Refusal] = []
    remarks: list[Remark] = []
    for entries in files:
        directory = Directory(
            act,
            home.organisation if home else None,
            create_missing=aim.create_missing,
            customers=aim.customers,
        )
        outcomes = Outcomes(entries.file, watch)
        _import_file(draft, act, entries, outcomes, directory, account, aim)
        _refuse_overlong(entries, outcomes)
        tally = tally.plus(outcomes.tally(MAINS[entries.subject]))
        refusals += _in_order(outcomes.refusals)
        out = {one.row.line for one in outcomes.refusals if not one.in_part}
        remarks += remarks_on(draft, entries, act.today, out)
    nothing_in = tally.read == tally.refused and not any(r.in_part for r in refusals)
    change = Change() if nothing_in else draft.change()
    return Report.of(change, tally, tuple(refusals), tuple(remarks))


def _import_file(
    draft: Draft,
    act: Act,
    entries: Entries,
    outcomes: Outcomes,
    directory: Directory,
    account: AccountId | None,
    aim: Aim,
) -> None:
    customers = Customers(aim.currency, aim.create_missing, account)
    match entries.subject:
        case Subject.PEOPLE:
            import_people(draft, act, entries, outcomes, directory, customers)
        case Subject.REPORTING:
            import_reporting(draft, act, entries, outcomes, directory)
        case Subject.INFLUENCE:
            import_influence(draft, act, entries, outcomes, directory)
        case Subject.CHAIN:
            assert account is not None, "a chain is imported into an account"
            import_chain(draft, act, entries, outcomes, directory, account)
        case Subject.PROJECTS:
            import_projects(draft, act, entries, outcomes, customers, directory)
        case Subject.OPPORTUNITIES:
            import_opportunities(draft, act, entries, outcomes, customers, directory)
        case Subject.PRODUCTS:
            import_products(draft, act, entries, outcomes, customers)
        case Subject.EMPLOYEES:
            people = colleagues_as_people(entries)
            import_people(draft, act, people, outcomes, directory, customers)
        case _:
            import_accounts(draft, act, entries, outcomes, customers)


def _refuse_overlong(entries: Entries, outcomes: Outcomes) -> None:
    for row in entries.overlong:
        reason = phrase(
            "The row has {cells} cells, the header has {columns}.",
            cells=len(row.cells),
            columns=len(entries.table.columns),
        )
        outcomes.refused(row, reason)


def _in_order(refusals: Iterable[Refusal]) -> list[Refusal]:
    return sorted(refusals, key=lambda refusal: refusal.row.line)
