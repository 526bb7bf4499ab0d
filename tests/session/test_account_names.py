from __future__ import annotations

import pytest
from told import told

from brm_desktop.domain.errors import Ambiguous, NotFound
from brm_desktop.domain.records import AccountId
from brm_desktop.session.naming import named_account

ACCOUNTS = [
    (AccountId("a1"), "宏达机械 Hongda", "Hongda"),
    (AccountId("a2"), "Acme Steel", "ACME"),
    (AccountId("a3"), "Acme Paper", "acme"),
    (AccountId("a4"), "Acme", ""),
    (AccountId("a5"), "Twin", ""),
    (AccountId("a6"), "Twin", ""),
]


@pytest.mark.parametrize(
    ("name", "account"),
    [
        ("a3", "a3"),
        ("Acme", "a4"),
        ("ACME", "a2"),
        ("acme", "a3"),
        (" acme s ", "a2"),
        ("宏达", "a1"),
        ("hongda", "a1"),
    ],
)
def test_an_account_is_meant_by_id_exact_name_or_unique_beginning(name: str, account: str) -> None:
    assert named_account(ACCOUNTS, name) == account


@pytest.mark.parametrize("name", ["Nobody", "", "  ", "cme"])
def test_a_name_that_fits_nothing_is_not_found(name: str) -> None:
    with told(NotFound, f"There is no account “{name.strip()}”"):
        named_account(ACCOUNTS, name)


def test_an_ambiguous_name_lists_its_candidates() -> None:
    with told(Ambiguous, r"“Twin” fits several accounts: Twin \(a5\), Twin \(a6\)"):
        named_account(ACCOUNTS, "Twin")
    with told(Ambiguous, r"Acme Steel \(a2\), Acme Paper \(a3\)"):
        named_account(ACCOUNTS[:3], "ac")


def test_of_many_candidates_the_first_ten_are_listed() -> None:
    many = [(AccountId(f"n{n}"), f"Name {n}", "") for n in range(12)]
    with told(Ambiguous, r"Name 9 \(n9\), …"):
        named_account(many, "Name")
