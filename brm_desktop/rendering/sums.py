"""An explanation in words: what the popover shows, what is copied, what the command line prints."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from brm_desktop.domain.numerals import FullAmount, Numeral
from brm_desktop.domain.phrase import Phrase, Word
from brm_desktop.domain.records import PersonId
from brm_desktop.domain.sums.explanation import Explanation, Shown, SumLine
from brm_desktop.language import capitalised, numeral, tr


@dataclass(frozen=True, slots=True)
class ToldLine:
    """One line as it is read: whom or what, how, the number it brings, when and by whom."""

    label: str
    part: str
    adds: str
    note: str
    person: PersonId | None


@dataclass(frozen=True, slots=True)
class ToldSum:
    """An explanation in the language in use."""

    number: str
    title: str
    value: str
    lines: tuple[ToldLine, ...]
    total: str
    rule: str

    @property
    def head(self) -> str:
        """What the number is, and the number."""
        return tr("{name}: {value}", name=self.title, value=self.value)

    @property
    def text(self) -> str:
        """The whole of it as plain text, a line for each line."""
        rows = [_row(line) for line in self.lines]
        return "\n".join([self.head, *rows, self.total, self.rule])


def told(explanation: Explanation) -> ToldSum:
    """An explanation said in the language in use."""
    return ToldSum(
        number=explanation.number,
        title=_headed(explanation.title),
        value=_shown(explanation.shown),
        lines=tuple(_line(line) for line in explanation.lines),
        total=tr(explanation.total),
        rule=tr(explanation.rule),
    )


def plain_sums(explanations: Sequence[Explanation]) -> list[dict[str, object]]:
    """Explanations as JSON has them: the same words, line by line and as one text."""
    return [_plain(told(one)) for one in explanations]


def _plain(one: ToldSum) -> dict[str, object]:
    return {
        "number": one.number,
        "title": one.title,
        "value": one.value,
        "lines": [
            {
                "label": line.label,
                "part": line.part or None,
                "adds": line.adds or None,
                "note": line.note or None,
                "person": line.person,
            }
            for line in one.lines
        ],
        "total": one.total,
        "rule": one.rule,
        "text": one.text,
    }


def _line(line: SumLine) -> ToldLine:
    return ToldLine(
        label=_headed(line.label),
        part="" if line.part is None else tr(line.part),
        adds="" if line.adds is None else numeral(line.adds),
        note="" if line.note is None else tr(line.note),
        person=line.person,
    )


def _headed(words: Phrase | str) -> str:
    """Words with a capital in front, unless they begin with a name, which stays as it is."""
    if not isinstance(words, Phrase):
        return words
    said = tr(words)
    named = (value for value in words.values.values() if isinstance(value, str))
    begins = any(not isinstance(name, Word) and name and said.startswith(name) for name in named)
    return said if begins else capitalised(said)


def _shown(value: Shown) -> str:
    return numeral(value) if isinstance(value, Numeral | FullAmount) else tr(value)


def _row(line: ToldLine) -> str:
    """``  王敏: 75 × 70 = 5,250 (3 Oct 2026 · confirmed)``."""
    numbers = " = ".join(part for part in (line.part, line.adds) if part)
    said = tr("{name}: {value}", name=line.label, value=numbers) if numbers else line.label
    return "  " + (tr("{text} ({note})", text=said, note=line.note) if line.note else said)
