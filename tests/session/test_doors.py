"""Addresses of assets as they may be shown and handed on."""

from __future__ import annotations

import pytest

from brm_desktop.session.doors import is_server, shown, without_login


@pytest.mark.parametrize(
    ("address", "as_shown", "for_all"),
    [
        ("/srv/brm:x@y", "/srv/brm:x@y", "/srv/brm:x@y"),
        ("postgresql://db/brm", "postgresql://db/brm", "postgresql://db/brm"),
        ("postgresql://li:hush@db:5/brm", "postgresql://li@db:5/brm", "postgresql://db:5/brm"),
        ("postgres://li:h#u?s@h@db/brm", "postgres://li@db/brm", "postgres://db/brm"),
        (
            "postgresql://li@a,b/brm?user=li&p%61ssword=hush&sslmode=verify-full",
            "postgresql://li@a,b/brm?user=li&sslmode=verify-full",
            "postgresql://a,b/brm?sslmode=verify-full",
        ),
        ("postgresql://:hush@db?sslpassword=hush", "postgresql://db", "postgresql://db"),
        ("postgresql:///brm?host=/a@b:c", "postgresql:///brm?host=/a@b:c", None),
    ],
)
def test_no_password_and_to_others_no_login_is_told_of_an_address(
    address: str, as_shown: str, for_all: str | None
) -> None:
    assert shown(address) == as_shown
    assert without_login(address) == (for_all or address)


def test_addresses_of_servers_are_told_from_folders() -> None:
    assert is_server("postgresql://x/y")
    assert is_server("postgres://x/y")
    assert not is_server("/media/stick")
