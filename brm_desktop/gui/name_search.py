"""Searching very many people by name, title and department, without a pause."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from time import perf_counter

from brm_desktop.domain.records import Department, Person, PersonId, Records
from brm_desktop.domain.spelling import spellings

_STEP = 200


class NameSearch:
    """All that people may be found by as one long text, made ready little by little."""

    def __init__(self, people: Sequence[Person], records: Records) -> None:
        self.people = people
        self._text = ""
        self._starts: list[int] = []
        self._making: Iterator[None] | None = self._made(records)

    def prepare(self, seconds: float) -> bool:
        """Go on making the text for some time; says whether it is complete."""
        until = perf_counter() + seconds
        while self._making is not None and perf_counter() < until:
            if next(self._making, self) is self:
                self._making = None
        return self._making is None

    def find(self, typed: str) -> list[PersonId]:
        """Who fits, in the order of the people; nobody for nothing typed."""
        wanted = typed.casefold().strip()
        if not wanted.isascii():
            wanted = wanted.replace(" ", "")
        found: list[PersonId] = []
        at = self._text.find(wanted) if wanted else -1
        while at >= 0:
            place = bisect_right(self._starts, at) - 1
            found.append(self.people[place].id)
            if place + 1 == len(self._starts):
                break
            at = self._text.find(wanted, self._starts[place + 1])
        return found

    def _made(self, records: Records) -> Iterator[None]:
        parts: list[str] = []
        length = 0
        departments: dict[str | None, str] = {None: ""}
        for count, person in enumerate(self.people):
            known = person.department
            if known not in departments:
                department = records.get(Department, known)
                departments[known] = department.name if department else ""
            beside = f"{person.title} · {departments[known]}".casefold()
            text = "\n".join((*spellings(person.name), beside)) + "\n"
            self._starts.append(length)
            parts.append(text)
            length += len(text)
            if count % _STEP == 0:
                yield
        self._text = "".join(parts)
