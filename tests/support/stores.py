"""Stores for tests: a record of every kind, a clock that can be set, and what a file looks like."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from building import Portfolio

from brm_desktop.domain.change import Change
from brm_desktop.domain.phrase import Phrase, phrase
from brm_desktop.domain.records import (
    Account,
    AccountPlan,
    Action,
    Adaptability,
    Approach,
    Attitude,
    Audience,
    Basis,
    ChainLink,
    Choice,
    Conflict,
    ContactLevel,
    Contribution,
    CoverageModel,
    Horizon,
    InfluenceKind,
    InteractionKind,
    LeadSource,
    Money,
    Need,
    NeedKind,
    Person,
    Placement,
    Product,
    ProjectType,
    ProjectTypeId,
    Record,
    Records,
    Review,
    ReviewKind,
    Role,
    SalesStep,
    Sameness,
    SharingChoice,
    Snapshot,
    SoldBy,
    Stance,
    SupportRequest,
    SupportState,
    TeamFunction,
    TeamMember,
    YearRevenue,
    right_id,
)
from brm_desktop.domain.stamp import Stamp
from brm_desktop.session.protection import PLAIN
from brm_desktop.session.session import Session, SetClock
from brm_desktop.storage.driver import connect
from brm_desktop.storage.local_store import LocalStore
from brm_desktop.storage.rows.mapping import TABLES
from brm_desktop.storage.rows.writing import Entry

SITE = 0xA11CE
NOW = datetime(2026, 3, 31, 9, 30).astimezone()


def a_clock(**fields: Any) -> SetClock:
    """A clock that stands at :data:`NOW`, or at it with some parts changed."""
    return SetClock(NOW.replace(**fields))


def a_store(path: Path) -> LocalStore:
    """A new, empty store."""
    return LocalStore.create(path, SITE)


def an_entry(millis: int = 1, text: str = "An edit", author: str = "") -> Entry:
    """The circumstances of an edit made at a moment."""
    return Entry(Phrase(text), Stamp(millis, 0, SITE), millis, author)


def a_session(path: Path, **fields: Any) -> Session:
    """A session on a store that is made when there is none, at a set time."""
    return Session.open(path, clock=a_clock(**fields), create=PLAIN)


def put(session: Session, *records: Record, name: Phrase | None = None) -> Change:
    """Add records to a session, or replace them, as one edit."""
    return session.apply(name or phrase("Put"), Change.put(session.records, *records))


def take(session: Session, *records: Record) -> Change:
    """Remove records from a session as one edit."""
    return session.apply(phrase("Take"), Change.of(records, ()))


def everything(name: str = "Acme") -> Records:
    """An account with a record of every kind, fields full in one and empty in another."""
    facts = Portfolio()
    rival = facts.competitor("Rival")
    seller = facts.employee("王敏 Wang Min", non_sales=True)
    spy = facts.person("Spy", rival)
    account = facts.account(name, Money(500_000_000, "CNY"), seller)
    chief = facts.person(f"{name} chief", account)
    clerk = facts.person(f"{name} clerk", account)
    facts.revise(chief, department=facts.department(f"{name} board", account), **_full_person())
    facts.reports(clerk, chief)
    facts.sways(clerk, chief, 80, evidence="plays chess with him")
    facts.sways(chief, clerk, None, InfluenceKind.CONFLICT)
    facts.tie(seller, chief, 60, wanted=90, contact_owner=True, basis=Basis.CONFIRMED)
    facts.tie(spy, clerk, 30)
    facts.assess(chief, 0, 100, None, author=seller, stamp="0" * 32)
    facts.assess(clerk, price=50, toward=rival)
    meeting = facts.met(account, date(2026, 2, 3), chief, seller)
    facts.revise(
        meeting.id, kind=InteractionKind.MEAL, learnt="“more” <soon>", next_step_on=NOW.date()
    )
    facts.put(ProjectType(id=ProjectTypeId("type ERP"), name="ERP", wanted=True))
    project = facts.project(account, f"{name} ERP", amount=Money(1, "JPY"), type="type ERP")
    facts.member(project, chief, Role.APPROVER, Role.USER, stance=Stance.ENEMY, veto=False)
    facts.member(project, clerk, contact=ContactLevel.IN_DEPTH)
    facts.put(ChainLink(id=f"link {name}", project=project, source=chief, target=clerk))
    facts.put(
        Attitude(
            id=f"attitude {name}",
            project=project,
            person=chief,
            stated_on=NOW.date(),
            stance=Stance.ENEMY,
            evidence="said so",
        )
    )
    _add_business(facts, name, account, project, chief, seller)
    facts.revise(
        account,
        revenue_score=80,
        winnable_score=0,
        customer_type="OEM",
        approach=Approach.HUNTING,
        coverage_model=CoverageModel.ONE_TO_N,
        second_count=True,
        audience=Audience.TEAM,
    )
    _add_plans(facts, name, account, chief, seller)
    return rightly_named(facts.records())


def _add_business(
    facts: Portfolio, name: str, account: Any, project: Any, chief: Any, seller: Any
) -> None:
    """Two opportunities, one of them full, the support for it, a product, a need and reviews."""
    bare = facts.opportunity(account, project, seller)
    full = replace(
        bare,
        id=f"full {bare.id}",
        business_lines=("MES", "云"),
        owner_department=facts.department("Sales", facts.us),
        lead=LeadSource.REFERRAL,
        sold_by=SoldBy.CROSS_SELL,
        referred_by=chief,
        from_line="ERP",
        steps=(SalesStep.ASSESS, SalesStep.CLOSE),
        product="GTXPro",
        opened_on=date(2026, 1, 5),
        note="line one\nline two",
    )
    facts.put(full)
    asked = SupportRequest(
        id=f"support {name}", opportunity=full.id, text="A demo", asked_of=seller
    )
    facts.put(asked)
    granted = SupportState.GRANTED
    facts.put(replace(asked, id=f"granted {name}", state=granted, decided_on=NOW.date()))
    facts.put(Product(id="product GTX", name="GTX Pro", series="GTX", price=Money(480_000, "USD")))
    need = Need(
        id=f"need {name}",
        account=account,
        horizon=Horizon.FAR,
        kind=NeedKind.SERVICE,
        statement="A second plant",
        capability=40,
        gap="No one on site",
        action="Hire",
    )
    facts.put(need)
    held = Review(id=f"review {name}", account=account, kind=ReviewKind.WHCSE, held_on=NOW.date())
    facts.put(held)
    facts.put(replace(held, id=f"other {held.id}", strategy="Grow", seller_qualified=False))


def rightly_named(records: Records) -> Records:
    """The same records, each under the id that its parts make."""
    return Records(replace(record, id=right_id(record)) for record in records)


def _full_person() -> dict[str, Any]:
    return {
        "latin_name": "Zhang Wei",
        "title": "总经理",
        "phones": ("+86 10 1", "2"),
        "emails": ("a@example.com",),
        "birthday": date(1970, 2, 28),
        "adaptability": Adaptability.VISIONARY,
        "power": 100,
        "influence": 0,
        "veto": True,
        "sole_approver": False,
        "crucial": True,
        "left_on": date(2026, 1, 1),
        "placeholder": True,
        "notes": "line one\nline two",
    }


def _add_plans(facts: Portfolio, name: str, account: Any, chief: Any, seller: Any) -> None:
    facts.put(YearRevenue(id=f"2025 {name}", account=account, year=2025, revenue=Money(1, "CNY")))
    facts.put(AccountPlan(id=f"plan {name}", account=account, year=2026, goal="Win"))
    facts.put(Action(id=f"action {name}", account=account, text="Call", person=chief))
    facts.put(
        TeamMember(
            id=f"team {name}", account=account, employee=seller, function=TeamFunction.FINANCE
        )
    )
    facts.put(Contribution(id=f"share {name}", account=account, employee=seller, share=100))
    facts.put(
        Snapshot(
            id=f"month {name}",
            subject=account,
            month=date(2026, 2, 1),
            closeness=6234,
            closeness_coverage=5000,
            strong=1,
            unscored=1,
            potential=Money(311_700_000, "CNY"),
            lower_bound=True,
            people=2,
            key_people=2,
        )
    )
    facts.put(Placement(id=f"place {name}", canvas=account, person=chief, x=-5, y=7, pinned=True))
    _add_sharing(facts, name, account, chief)


def _add_sharing(facts: Portfolio, name: str, account: Any, chief: Any) -> None:
    one, other = sorted((chief, f"{name} clerk"))
    facts.put(Sameness(id=f"same {name}", one=one, other=other, kind="person"))
    facts.put(
        Conflict(
            id=f"conflict {name}",
            kind="person",
            row=chief,
            field="title",
            value='"Chief"',
            stamp="0" * 31 + "1",
        )
    )
    facts.put(
        SharingChoice(id=f"choice {name}", subject=account, part="notes", choice=Choice.NEVER)
    )


def many_accounts(count: int, people: int) -> Records:
    """So many accounts of so many people in a row of command, each of them assessed."""
    facts = Portfolio()
    seller = facts.employee("Seller")
    for number in range(count):
        account = facts.account(f"Account {number:04}", Money(100, "CNY"), seller)
        names = [f"Person {number:04}-{place:02}" for place in range(people)]
        ids = facts.people(account, *names)
        for person, manager in zip(ids[1:], ids, strict=False):
            facts.reports(person, manager)
            facts.sways(person, manager, 50)
            facts.assess(person, 40)
        facts.tie(seller, ids[0], 70)
        project = facts.project(account, f"Project {number:04}")
        facts.member(project, ids[0], Role.APPROVER)
    return rightly_named(facts.records())


def account_of(records: Records, name: str) -> Account:
    """The account of :class:`Portfolio` with a name."""
    return records.one(Account, f"account {name}")


def person_of(records: Records, name: str) -> Person:
    """The person of :class:`Portfolio` with a name."""
    return records.one(Person, name)


def changed(record: Any, **fields: Any) -> Any:
    """A record with some fields changed."""
    return replace(record, **fields)


def data_cells(store: LocalStore) -> dict[str, list[tuple[Any, ...]]]:
    """The data of every table as it lies there, without clocks: what undo must bring back."""
    with store._reading() as db:
        return {
            table.name: db.execute(f"{table.select} WHERE deleted IS NULL ORDER BY id").fetchall()
            for table in TABLES.values()
        }


def damage_an_index(path: Path) -> None:
    """Overwrite a page of a closed store, as a failing disk may do."""
    with closing(connect(path, "immutable")) as connection:
        sql = "SELECT rootpage FROM sqlite_schema WHERE name = 'tie_by_person'"
        (page,) = connection.execute(sql).fetchone()
    content = bytearray(path.read_bytes())
    start = (page - 1) * 4096 + 8
    content[start : start + 300] = b"\xff" * 300
    path.write_bytes(content)


def listing(folder: Path) -> dict[str, bytes | None]:
    """Every file of a folder with its bytes."""
    return {
        path.name: path.read_bytes() if path.is_file() else None
        for path in sorted(folder.iterdir())
    }


@contextmanager
def with_few_rights() -> Iterator[None]:
    """Be nobody for a while when the tests are run by root, who may write everything."""
    if os.getuid() != 0:
        yield
        return
    os.setresuid(65534, 65534, 0)
    try:
        yield
    finally:
        os.setresuid(0, 0, 0)
