"""Edits of products: what we sell, by its name."""

from __future__ import annotations

from brm_desktop.domain.act import Act
from brm_desktop.domain.change import Change
from brm_desktop.domain.edits.accepting import accept, present
from brm_desktop.domain.edits.fields import made
from brm_desktop.domain.edits.named import product_named
from brm_desktop.domain.edits.revising import revised
from brm_desktop.domain.records import Product, Records


def add_product(records: Records, act: Act, /, *, name: str, **fields: object) -> Change:
    """Put a product into the list; one of that name gets the fields instead."""
    found = product_named(records, name)
    if found is not None:
        return revised(records, act, found, fields)
    return accept(records, made(Product, {**fields, "name": name}, act.new_id()))


def revise_product(records: Records, act: Act, /, product: str, **fields: object) -> Change:
    """Change fields of a product; no two have one name."""
    return revised(records, act, present(records, Product, product), fields)
