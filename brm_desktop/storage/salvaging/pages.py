"""The pages of a store one by one, past SQLite: what stands on each, whatever became of others.

The form of a page is that of SQLite's file format: trees of pages, whose leaves hold rows. Nothing
here believes what it reads: every number of a page may be damaged.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO, Final

from brm_desktop.storage.keys.page_cipher import RESERVED, PageCipher
from brm_desktop.storage.keys.store_key import StoreKey

PAGE: Final = 4096
LEAF, INNER = 13, 5
"""The first byte of a page of a table: one of rows, one of the pages below."""
INDEX_LEAF, INDEX_INNER = 10, 2
_HEADER: Final = 100
_START: Final = b"SQLite format 3\x00"
_LONGEST: Final = 1 << 24
"""No row is longer; a length beyond it is damage."""
_WIDTHS: Final = {1: 1, 2: 2, 3: 3, 4: 4, 5: 6, 6: 8}
_CONSTANTS: Final = {0: None, 8: 0, 9: 1}

Cell = str | int | bytes | None
Row = tuple[Cell, ...]


class Pages:
    """The pages of a file, numbered from 1."""

    def __init__(self, file: BinaryIO, cipher: PageCipher | None) -> None:
        self._file = file
        self._cipher = cipher
        self._usable = PAGE - (0 if cipher is None else RESERVED)
        self._run_over: set[int] = set()
        self.count = file.seek(0, 2) // PAGE

    def content(self, number: int) -> bytes:
        """What stands on a page; nothing when it is damaged, or there is no such page."""
        if not 1 <= number <= self.count:
            return b""
        self._file.seek((number - 1) * PAGE)
        page = self._file.read(PAGE)
        if self._cipher is None:
            return page
        return self._cipher.content(number, page) or b""

    def has_start(self) -> bool:
        """Whether the first page is there, which begins with what the file is."""
        return self.content(1).startswith(_START)

    def version(self) -> int:
        """The version of the schema, by the first page."""
        return _whole(self.content(1), 60, 4)

    def application(self) -> int:
        """What program's file it is, by the first page."""
        return _whole(self.content(1), 68, 4)

    def kind(self, number: int) -> int:
        """What a page is in its tree; 0 when it is in none."""
        content = self.content(number)
        kind = content[_head(number)] if content else 0
        return kind if kind in {LEAF, INNER, INDEX_LEAF, INDEX_INNER} else 0

    def below(self, number: int) -> list[tuple[int, int | None]]:
        """The pages that an inner page of a tree leads to, in their order.

        With each goes the greatest number of a row there, unless it is the last of them, or the
        tree is that of an index.
        """
        content, head = self.content(number), _head(number)
        found: list[tuple[int, int | None]] = []
        if self.kind(number) == INDEX_INNER:
            found = [(_whole(content, place, 4), None) for place in _places(content, head, 12)]
            return [*found, (_whole(content, head + 8, 4), None)]
        for place in _places(content, head, 12):
            with suppress(IndexError):
                found.append((_whole(content, place, 4), _varint(content, place + 4)[0]))
        return [*found, (_whole(content, head + 8, 4), None)]

    def rows(self, number: int) -> Iterator[tuple[int, Row | None]]:
        """The rows of a leaf with their numbers; ``None`` is one that cannot be read."""
        content = self.content(number)
        for place in _places(content, _head(number), 8):
            with suppress(IndexError):
                size, after = _varint(content, place)
                row, after = _varint(content, after)
                yield row, self._row(content, after, size, self._usable - 35)

    def entries(self, number: int) -> Iterator[Row | None]:
        """The entries of a page of an index; ``None`` is one that cannot be read."""
        content = self.content(number)
        inner = self.kind(number) == INDEX_INNER
        most = (self._usable - 12) * 64 // 255 - 23
        for place in _places(content, _head(number), 12 if inner else 8):
            with suppress(IndexError):
                size, after = _varint(content, place + 4 * inner)
                yield self._row(content, after, size, most)

    def _row(self, content: bytes, start: int, size: int, most: int) -> Row | None:
        try:
            return _cells(self._payload(content, start, size, most))
        except (ValueError, IndexError):
            return None

    def run_over(self) -> set[int]:
        """The pages that long rows run over to, of all leaves that were read."""
        return self._run_over

    def free(self) -> Iterator[int]:
        """The pages that are in no use, though old rows may still stand on them.

        They are told by a list, whose beginning the first page tells. Without it, what looks like
        a page of that list is taken for one.
        """
        if not self.has_start():
            for number in range(2, self.count + 1):
                yield from self._listed_free(number, sure=False)
            return
        number, seen = _whole(self.content(1), 32, 4), set[int]()
        while number and number not in seen:
            seen.add(number)
            yield from self._listed_free(number, sure=True)
            number = _whole(self.content(number), 0, 4)

    def _listed_free(self, number: int, *, sure: bool) -> list[int]:
        content = self.content(number)
        if not content:
            return []
        following, count = _whole(content, 0, 4), _whole(content, 4, 4)
        some = sure or count > 0
        if not some or count > self._usable // 4 - 2 or following > self.count:
            return []
        listed = [_whole(content, 8 + 4 * n, 4) for n in range(count)]
        sound = len({*listed}) == count and all(1 < one <= self.count for one in listed)
        return [number, *listed] if sound else []

    def _payload(self, content: bytes, start: int, size: int, most: int) -> bytes:
        """The bytes of a row, gathered from the pages that it runs over to.

        At ``most`` so many stand on the first.
        """
        if not 0 < size < _LONGEST:
            raise ValueError(size)
        least = (self._usable - 12) * 32 // 255 - 23
        here = size
        if size > most:
            here = least + (size - least) % (self._usable - 4)
            here = here if here <= most else least
        payload = content[start : start + here]
        following = _whole(content, start + here, 4) if here < size else 0
        while following and len(payload) < size:
            self._run_over.add(following)
            more = self.content(following)
            payload += more[4 : self._usable]
            following = _whole(more, 0, 4)
        if len(payload) < size:
            raise ValueError(size)
        return payload[:size]


@contextmanager
def pages_of(file: Path, key: StoreKey | None, salts: Iterable[bytes]) -> Iterator[Pages]:
    """The pages of a closed store; which of the salts it has, its pages tell."""
    with file.open("rb") as opened:
        if key is None:
            yield Pages(opened, None)
            return
        found = [Pages(opened, PageCipher(key, salt)) for salt in salts]
        yield next((one for one in found if _opens(one)), found[0])


def _opens(pages: Pages) -> bool:
    return any(pages.content(number) for number in range(1, pages.count + 1))


def _head(number: int) -> int:
    return _HEADER if number == 1 else 0


def _places(content: bytes, head: int, first: int) -> list[int]:
    """Where the cells of a page begin."""
    count = _whole(content, head + 3, 2)
    found = [_whole(content, head + first + 2 * n, 2) for n in range(min(count, PAGE // 4))]
    return [place for place in found if place]


def _whole(content: bytes, place: int, width: int) -> int:
    return int.from_bytes(content[place : place + width], "big")


def _varint(content: bytes, place: int) -> tuple[int, int]:
    """SQLite's number of one to nine bytes, and where it ends; raises ``IndexError``."""
    value = 0
    for step in range(8):
        byte = content[place + step]
        value = value << 7 | byte & 0x7F
        if byte < 0x80:
            return value, place + step + 1
    value = value << 8 | content[place + 8]
    return value - (1 << 64 if value >> 63 else 0), place + 9


def _cells(payload: bytes) -> Row:
    """The cells of a row; raises ``ValueError`` or ``IndexError`` when there is no sense in it."""
    end, place = _varint(payload, 0)
    kinds = []
    while place < end:
        kind, place = _varint(payload, place)
        kinds.append(kind)
    if place != end or not kinds:
        raise ValueError(end)
    cells = []
    for kind in kinds:
        width = _width(kind)
        cells.append(_cell(kind, payload[place : place + width]))
        place += width
    if place != len(payload):
        raise ValueError(place)
    return tuple(cells)


def _width(kind: int) -> int:
    if kind >= 12:
        return (kind - 12) // 2
    return _WIDTHS.get(kind, 0)


def _cell(kind: int, content: bytes) -> Cell:
    """A cell of one of the kinds that our tables have, a fraction not among them."""
    if kind >= 12:
        return content.decode() if kind % 2 else content
    if kind in _WIDTHS:
        return int.from_bytes(content, "big", signed=True)
    if kind in _CONSTANTS:
        return _CONSTANTS[kind]
    raise ValueError(kind)
