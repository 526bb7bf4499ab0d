"""What is selected on a canvas, as a value."""

from __future__ import annotations

from collections.abc import Container, Iterable
from dataclasses import dataclass, replace

from brm_desktop.domain.records import PersonId


@dataclass(frozen=True, slots=True)
class Selection:
    """Selected people, the one that keys act on last, and selected lines by their records' ids."""

    people: tuple[PersonId, ...] = ()
    lines: tuple[str, ...] = ()

    @classmethod
    def of(cls, *people: PersonId) -> Selection:
        """Only these people."""
        return cls(people)

    @property
    def main(self) -> PersonId | None:
        """The person that keys act on: the one selected last."""
        return self.people[-1] if self.people else None

    def __bool__(self) -> bool:
        return bool(self.people or self.lines)

    def toggled(self, person: PersonId) -> Selection:
        """With a person added, or taken out when he was selected."""
        if person in self.people:
            return replace(self, people=tuple(p for p in self.people if p != person))
        return replace(self, people=(*self.people, person))

    def toggled_line(self, record: str) -> Selection:
        """With a line added, or taken out when it was selected."""
        if record in self.lines:
            return replace(self, lines=tuple(line for line in self.lines if line != record))
        return replace(self, lines=(*self.lines, record))

    def with_people(self, people: Iterable[PersonId]) -> Selection:
        """With more people."""
        return replace(self, people=tuple(dict.fromkeys((*self.people, *people))))

    def within(self, people: Container[PersonId], lines: Container[str]) -> Selection:
        """Without what is no longer on the canvas."""
        return Selection(
            tuple(person for person in self.people if person in people),
            tuple(line for line in self.lines if line in lines),
        )
