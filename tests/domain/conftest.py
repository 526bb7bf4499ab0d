"""What tests of the domain begin with: nothing but our own company, or an empty desk."""

from __future__ import annotations

import pytest
from building import Portfolio
from desk import Desk

from brm_desktop.domain.records import AccountId


@pytest.fixture
def portfolio() -> Portfolio:
    return Portfolio()


@pytest.fixture
def account(portfolio: Portfolio) -> AccountId:
    return portfolio.account()


@pytest.fixture
def desk() -> Desk:
    return Desk()
