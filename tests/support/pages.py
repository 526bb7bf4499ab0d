"""Which rows of a closed plain store can be reached when some of its pages are damaged.

A reading of SQLite's file format of its own, to hold what the product says against.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import closing
from pathlib import Path

from brm_desktop.storage.driver import connect

PAGE = 4096


def roots(path: Path) -> dict[str, int]:
    """The first page of every table."""
    with closing(connect(path, "immutable")) as connection:
        return dict(
            connection.execute(
                "SELECT name, rootpage FROM sqlite_schema WHERE type = 'table'"
            ).fetchall()
        )


def schema_pages(content: bytes) -> set[int]:
    """The pages that hold the list of tables."""
    return pages_of(content, 1)


def pages_of(content: bytes, root: int) -> set[int]:
    """The pages of a tree."""
    return {page for page, _ in _walk(content, root, ())}


def reachable(content: bytes, root: int, damaged: Collection[int]) -> set[int]:
    """The row numbers of a table to which a way leads over undamaged pages only."""
    return {number for _, number in _walk(content, root, damaged) if number is not None}


def _walk(content: bytes, page: int, damaged: Collection[int]) -> Iterator[tuple[int, int | None]]:
    if page in damaged:
        return
    start = (page - 1) * PAGE
    head = start + (100 if page == 1 else 0)
    kind, cells = content[head], int.from_bytes(content[head + 3 : head + 5], "big")
    first = head + (12 if kind == 5 else 8)
    places = [
        start + int.from_bytes(content[first + 2 * n : first + 2 * n + 2], "big")
        for n in range(cells)
    ]
    yield page, None
    if kind == 5:
        below = [int.from_bytes(content[place : place + 4], "big") for place in places]
        for one in [*below, int.from_bytes(content[head + 8 : head + 12], "big")]:
            yield from _walk(content, one, damaged)
        return
    for place in places:
        size, after = _number(content, place)
        row, after = _number(content, after)
        if not any(page in damaged for page in _overflow(content, after, size)):
            yield page, row


def _overflow(content: bytes, start: int, size: int) -> Iterator[int]:
    most, least = PAGE - 35, (PAGE - 12) * 32 // 255 - 23
    if size <= most:
        return
    here = least + (size - least) % (PAGE - 4)
    place = start + (here if here <= most else least)
    page = int.from_bytes(content[place : place + 4], "big")
    while page:
        yield page
        page = int.from_bytes(content[(page - 1) * PAGE : (page - 1) * PAGE + 4], "big")


def _number(content: bytes, place: int) -> tuple[int, int]:
    value = 0
    for step in range(9):
        byte = content[place + step]
        value = value << 7 | byte & 0x7F
        if byte < 0x80:
            return value, place + step + 1
    raise AssertionError


def rows_by_page(content: bytes, root: int) -> dict[int, set[int]]:
    """The row numbers that stand on each page of a table's tree; those that run over left out."""
    found: dict[int, set[int]] = {}
    page = root
    for one, row in _walk(content, root, ()):
        if row is None:
            page = one
        else:
            found.setdefault(page, set()).add(row)
    return found
