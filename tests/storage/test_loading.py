from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread

import pytest
from stores import a_store, account_of, an_entry, changed, everything, many_accounts, person_of
from told import told

from brm_desktop.domain.change import Change
from brm_desktop.domain.errors import StoreDamaged
from brm_desktop.domain.records import (
    Account,
    AccountId,
    Influence,
    Lifecycle,
    Money,
    Organisation,
    OrganisationId,
    Person,
    PersonId,
    Record,
    Records,
    ReportingLine,
    ScreeningVerdict,
    Tier,
    right_id,
)
from brm_desktop.storage.driver import Reader
from brm_desktop.storage.local_store import LocalStore

_LATER = an_entry(1_000)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[LocalStore]:
    opened = a_store(tmp_path / "sales.brm")
    yield opened
    opened.close()


def _write(store: LocalStore, *records: Record) -> None:
    store.write(Change.put(store.load_all(), *records), an_entry(len(records)))


def test_the_shared_part_and_an_account_are_together_all_there_is_of_one(
    store: LocalStore,
) -> None:
    facts = everything()
    _write(store, *facts)
    shared = store.load_shared()
    account = store.load_account(AccountId("account Acme"))
    assert {*map(_key, shared), *map(_key, account)} == set(map(_key, facts))
    assert not shared.all(Account)


def _key(record: Record) -> tuple[str, str]:
    return type(record).__name__, record.id


def test_an_account_brings_nothing_of_another(store: LocalStore) -> None:
    _write(store, *many_accounts(3, 4))
    people = store.load_account(AccountId("account Account 0001")).all(Person)
    assert sorted(people) == [*(f"Person 0001-{n:02}" for n in range(4)), "Seller"]


def test_the_people_that_lines_lead_to_come_with_their_organisation(store: LocalStore) -> None:
    facts = many_accounts(2, 2)
    friend = person_of(facts, "Person 0001-00")
    line = Influence(id="x", source=friend.id, target=PersonId("Person 0000-00"), strength=70)
    _write(store, *facts, changed(line, id=right_id(line)))
    loaded = store.load_account(AccountId("account Account 0000"))
    assert friend.id in loaded
    assert friend.organisation in loaded
    assert "account Account 0001" not in loaded
    assert "Person 0001-01" not in loaded


def test_the_organisations_above_an_account_come_with_it(store: LocalStore) -> None:
    group = Organisation(id=OrganisationId("group"), name="Group")
    holding = Organisation(id=OrganisationId("holding"), name="Holding", parent=group.id)
    circle = changed(group, parent=holding.id)
    company = Organisation(id=OrganisationId("company"), name="Company", parent=holding.id)
    account = Account(id=AccountId("a"), organisation=company.id)
    _write(store, circle, holding, company, account)
    assert sorted(store.load_account(account.id).all(Organisation)) == [
        "company",
        "group",
        "holding",
    ]


def test_a_relation_kept_when_its_person_was_removed_comes_back_with_the_account(
    store: LocalStore,
) -> None:
    facts = many_accounts(1, 3)
    _write(store, *facts)
    store.write(Change.of([person_of(facts, "Person 0000-01")], ()), an_entry(2))
    loaded = store.load_account(AccountId("account Account 0000"))
    assert "Person 0000-01" not in loaded
    assert len(loaded.all(ReportingLine)) == 2


def test_people_without_an_organisation_are_shared(store: LocalStore) -> None:
    stray = Person(id=PersonId("stray"), name="Stray")
    _write(store, stray)
    assert store.load_shared() == Records([stray])


def test_the_portfolio_says_the_main_things_of_every_account(store: LocalStore) -> None:
    facts = everything("B")
    _write(store, *facts, *everything("A"))
    (first, second) = store.portfolio()
    assert (first.name, second.name) == ("A", "B")
    assert second.organisation == account_of(facts, "B").organisation
    assert (second.spend, second.owner_name) == (Money(500_000_000, "CNY"), "王敏 Wang Min")
    assert second.tier is Tier.ORDINARY
    assert second.lifecycle is Lifecycle.NEW
    assert second.screening is ScreeningVerdict.UNDECIDED


def test_an_account_without_owner_and_spend_is_in_the_portfolio(store: LocalStore) -> None:
    home = Organisation(id=OrganisationId("home"), name="Home", industry="Steel", region="North")
    account = Account(id=AccountId("a"), organisation=home.id)
    _write(store, home, account)
    (line,) = store.portfolio()
    assert (line.spend, line.owner, line.owner_name) == (None, None, "")
    assert (line.industry, line.region, line.short_name) == ("Steel", "North", "")
    assert store.account_names() == [("a", "Home", "")]


def test_a_damaged_account_is_named_by_the_portfolio(store: LocalStore) -> None:
    _write(store, *everything())
    with store._writing() as db:
        db.execute("UPDATE account SET tier = 'huge'")
    with told(StoreDamaged, "account account Acme cannot be read"):
        store.portfolio()


def _steps_of_loading(tmp_path: Path, accounts: int) -> int:
    """How many instructions SQLite takes to load one account of 20 people among so many."""
    store = a_store(tmp_path / f"{accounts}.brm")
    store.write(Change.of((), many_accounts(accounts, 20)), an_entry())
    steps = 0

    def count() -> int:
        nonlocal steps
        steps += 1
        return 0

    with store._reading() as db:
        db.conn.set_progress_handler(count, 1)
        loaded = store.load_account(AccountId("account Account 0007"))
        db.conn.set_progress_handler(None, 0)
    assert len(loaded.all(Person)) == 21
    store.close()
    return steps


def test_opening_one_of_200_accounts_costs_what_opening_one_of_10_does(tmp_path: Path) -> None:
    assert _steps_of_loading(tmp_path, 200) <= 1.05 * _steps_of_loading(tmp_path, 10)


def test_no_query_of_a_working_set_or_of_history_reads_a_whole_table(store: LocalStore) -> None:
    asked: list[str] = []
    account = AccountId("account Acme")
    _write(store, *everything())
    with store._reading() as db:
        db.conn.set_trace_callback(asked.append)
        store.load_account(account)
        store.load_shared()
        store.history("li", None, 10)
        store.history(None, account, 10)
        store.greatest_stamp()
        db.conn.set_trace_callback(None)
        plans = [row[3] for sql in asked for row in db.execute(f"EXPLAIN QUERY PLAN {sql}")]
    assert len(asked) > 25
    anything_of = ("SCAN sameness", "SCAN conflict", "SCAN sharing_choice")  # to the first row
    allowed = (
        "SCAN json_each",
        "SCAN up",
        "SCAN project_type",
        "SCAN product",
        "SCAN CONSTANT ROW",
        "SCAN (",
    )
    assert [
        plan
        for plan in plans
        if plan.startswith("SCAN") and not plan.startswith(allowed + anything_of)
    ] == []


def test_others_come_to_the_store_while_an_account_is_read(
    store: LocalStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What they write in between is in what is read, all of it."""
    _write(store, *many_accounts(2, 6))
    account = AccountId("account Account 0000")
    whole = store.load_account(account)
    visits: list[bool] = []
    asking = store._asking

    @contextmanager
    def visited() -> Iterator[Reader]:
        with asking() as db:
            yield db
        free = Thread(target=lambda: visits.append(_is_free(store)))
        free.start()
        free.join()
        if len(visits) == 12:
            newcomer = changed(person_of(whole, "Person 0000-01"), id="newcomer")
            line = changed(next(iter(whole.all(ReportingLine).values())), person=newcomer.id)
            store.write(Change.put(Records(), newcomer, changed(line, id=right_id(line))), _LATER)

    monkeypatch.setattr(store, "_asking", visited)
    read = store.load_account(account)
    monkeypatch.undo()
    assert all(visits[:12])
    assert read == store.load_account(account)
    assert len(read) == len(whole) + 2


def _is_free(store: LocalStore) -> bool:
    """Whether another thread may have the store now."""
    free = store._lock.acquire(blocking=False)
    if free:
        store._lock.release()
    return free
