from __future__ import annotations

from pathlib import Path

import pytest
from building import TODAY
from random_accounts import random_portfolio
from stores import a_store, an_entry

from brm_desktop.domain.change import Change
from brm_desktop.domain.records import (
    Interaction,
    Organisation,
    OrganisationKind,
    Person,
    PersonId,
)
from brm_desktop.domain.routes import routes_to
from brm_desktop.domain.rules import Rules


@pytest.mark.parametrize("seed", range(12))
def test_routes_read_from_the_tables_are_those_read_from_memory(tmp_path: Path, seed: int) -> None:
    portfolio, account = random_portfolio(seed)
    records = portfolio.records()
    store = a_store(tmp_path / "sales.brm")
    store.write(Change.of((), records), an_entry())
    loaded = store.load_shared().with_changes((), store.load_account(account))
    lazy = store.lazy_account(account)
    people = sorted(person.id for person in records.all(Person).values())
    for person in people:
        for partners in (False, True):
            expected = routes_to(loaded, account, person, TODAY, Rules(), partners=partners)
            assert routes_to(lazy, account, person, TODAY, Rules(), partners=partners) == expected
    store.close()


def test_lazy_records_read_a_thing_once_and_know_what_is_not_there(tmp_path: Path) -> None:
    portfolio, account = random_portfolio(3)
    records = portfolio.records()
    store = a_store(tmp_path / "sales.brm")
    store.write(Change.of((), records), an_entry())
    lazy = store.lazy_account(account)
    own = lazy.where(Organisation, kind=OrganisationKind.OWN)
    assert own == records.where(Organisation, kind=OrganisationKind.OWN)
    assert lazy.get(Organisation, own[0].id) is own[0]
    assert lazy.get(Person, PersonId("nobody")) is None
    assert lazy.get(Person, None) is None
    assert lazy.where(Person, left_on=None) == lazy.where(Person, left_on=None)
    assert set(lazy.all(Interaction)) == set(records.all(Interaction))
    assert dict(lazy.all(Organisation)) == dict(records.all(Organisation))
    store.close()
