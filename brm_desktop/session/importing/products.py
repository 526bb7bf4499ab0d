"""Rows of products: what we sell, in which series, at which price."""

from __future__ import annotations

from brm_desktop.domain.act import Act
from brm_desktop.domain.edits import Draft, add_product, revise_product
from brm_desktop.domain.records import Product
from brm_desktop.exchange.mapping import Entries
from brm_desktop.session.importing.agreeing import SaidBefore
from brm_desktop.session.importing.customers import Customers
from brm_desktop.session.importing.named_rows import name_in
from brm_desktop.session.importing.report import Outcomes
from brm_desktop.session.importing.row_faults import all_faults
from brm_desktop.session.importing.words import plain_text, without_blanks


def import_products(
    draft: Draft, act: Act, entries: Entries, outcomes: Outcomes, customers: Customers
) -> None:
    """Make and change products as the rows of a file say; one is known by its name."""
    before = SaidBefore()
    for entry in entries.rows:
        with outcomes.deciding(draft, entry.row):
            with all_faults() as faults:
                name = faults.noting(name_in, entry)
                price = faults.noting(customers.amount, entry, "price")
            assert name is not None, "a row without one is refused"
            series = plain_text(entry.values.get("series", ""))
            said = without_blanks({"series": series, "price": price})
            before.check(name, said, entry.line, name)
            there = draft.where(Product, name=name)
            if there:
                draft.do(revise_product, act, there[0].id, **said)
            else:
                draft.do(add_product, act, name=name, **said)
