from __future__ import annotations

import pytest
from told import told

from brm_desktop.domain.errors import Ambiguous, NotFound
from brm_desktop.domain.records import AccountId
from brm_desktop.session.naming import Named, named_account, one_named

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
    with told(Ambiguous, r"“Twin” fits several: .*Twin \(a5\).*Twin \(a6\)"):
        named_account(ACCOUNTS, "Twin")
    with told(Ambiguous, r"Acme Paper \(a3\).*Acme Steel \(a2\)"):
        named_account(ACCOUNTS[:3], "ac")


def test_of_many_candidates_the_first_ten_are_listed() -> None:
    many = [(AccountId(f"n{n}"), f"Name {n}", "") for n in range(12)]
    with told(Ambiguous, r"Name 9 \(n9\).*…"):
        named_account(many, "Name")


def test_a_title_of_several_lists_them_and_a_name_comes_before_any_title() -> None:
    people = [
        Named("1", ("Li",), "Buyer"),
        Named("2", ("Wu",), "Buyer"),
        Named("3", ("Buyerson",)),
        Named("4", ("Xi",), "CEO"),
        Named("5", ("",)),
    ]
    assert one_named(people, "buyer", by_note=True) == "3"
    assert one_named(people, " ceo ", by_note=True) == "4"
    with told(Ambiguous, r"fits several: .*Li, Buyer \(1\).*Wu, Buyer \(2\)"):
        one_named(people[:2], "Buyer", by_note=True)
    for name, by_note in (("CEO", False), ("CE", True), ("", True)):
        with told(NotFound, "Nothing here is called"):
            one_named(people, name, by_note=by_note)
