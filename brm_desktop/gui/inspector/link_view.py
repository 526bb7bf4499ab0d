"""A link in the inspector: between whom, of what kind, how strong, and how one knows."""

from __future__ import annotations

from PySide6.QtWidgets import QPushButton

from brm_desktop.domain import edits
from brm_desktop.domain.phrase import Phrase, phrase
from brm_desktop.domain.records import (
    Basis,
    ChainLink,
    Influence,
    InfluenceKind,
    LineKind,
    Record,
    ReportingLine,
    Tie,
)
from brm_desktop.domain.scores import band
from brm_desktop.gui.desk import NOTHING, Desk
from brm_desktop.gui.inspector.field_past import PastButton, PastValue, past_of_field
from brm_desktop.gui.inspector.part import FieldGrid, Part
from brm_desktop.gui.inspector.sharing_part import SharingPart
from brm_desktop.gui.links import ends_of, link_word, strength_of
from brm_desktop.gui.past_day import changes_records
from brm_desktop.gui.widgets.fields import Choose, TextField, words
from brm_desktop.gui.widgets.frames import label
from brm_desktop.gui.widgets.score_row import ScoreRow, ScoreView
from brm_desktop.gui.words import BAND_TOKENS, name_of
from brm_desktop.language import tr


class LinkView(Part):
    """One link; its fields are those its kind has."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, line=False)
        self.rows.setSpacing(10)
        self._link: Record | None = None
        self._title = label("title", wrap=True)
        self._what = label("small")
        self.strength = ScoreRow(desk.look)
        self.strength.scored.connect(self._strong)
        self.rows.addWidget(self._title)
        self.rows.addWidget(self._what)
        self.rows.addSpacing(4)
        self.rows.addWidget(self.strength)
        self.strength.add_beside(
            PastButton(desk, phrase("Strength"), lambda: self._past("strength", phrase("Strength")))
        )
        self.kind = Choose()
        self.kind.picked.connect(lambda value: self._revise(kind=value))
        self.basis = Choose()
        self.basis.picked.connect(lambda value: self._revise(basis=value))
        self.label = TextField()
        self.label.edited.connect(lambda text: self._revise(label=text))
        self.evidence = TextField()
        self.evidence.edited.connect(lambda text: self._revise(evidence=text))
        grid = FieldGrid(self.texts)
        self._clocks: dict[str, PastButton] = {}
        self._names = {
            "kind": grid.field(phrase("Kind"), self.kind, self._clock("kind", phrase("Kind"))),
            "basis": grid.field(phrase("Basis"), self.basis, self._clock("basis", phrase("Basis"))),
            "evidence": grid.field(
                phrase("Evidence"), self.evidence, self._clock("evidence", phrase("Evidence"))
            ),
            "label": grid.field(phrase("Label"), self.label, self._clock("label", phrase("Label"))),
        }
        self.rows.addLayout(grid)
        self.sharing = SharingPart(desk)
        self.rows.addWidget(self.sharing)
        self._remove = QPushButton()
        self._remove.setProperty("kind", "danger")
        self.texts.bind(self._remove.setText, phrase("Remove this link"))
        self._remove.clicked.connect(self._removed)
        changes_records(self._remove)
        self.rows.addSpacing(8)
        self.rows.addWidget(self._remove)
        self.rows.addStretch(1)

    def show_link(self, link: Record) -> None:
        """Show a link."""
        if self._link is not None and self._link.id != link.id:
            self.strength.slider.settle()  # what was just chosen is the former link's
        self._link = link
        self._title.setText(_title(self.desk, link))
        self._what.setText(link_word(link))
        self._show_strength(link)
        self._show_kind(link)
        self.sharing.show_record(link)
        has_basis = isinstance(link, Influence | Tie)
        self._show("basis", self.basis, has_basis)
        self._show("evidence", self.evidence, has_basis)
        self._show("label", self.label, not isinstance(link, Tie))
        if isinstance(link, Influence | Tie):
            self.basis.offer(words(Basis), link.basis)
            self.evidence.show_text(link.evidence)
        if isinstance(link, Influence | ReportingLine | ChainLink):
            self.label.show_text(link.label)

    def _show_strength(self, link: Record) -> None:
        value = strength_of(link)
        self.strength.setVisible(value is not None)
        self.strength.set_title(tr("Closeness") if isinstance(link, Tie) else tr("Strength"))
        rules = self.desk.session.settings.rules
        self.strength.show_score(ScoreView(value, BAND_TOKENS[band(value, rules)]))

    def _show_kind(self, link: Record) -> None:
        choices: list[tuple[str, object]] = []
        if isinstance(link, ReportingLine):
            choices = words(LineKind)
        elif isinstance(link, Influence) and link.kind is not InfluenceKind.CONFLICT:
            choices = [
                (tr(kind), kind) for kind in InfluenceKind if kind is not InfluenceKind.CONFLICT
            ]
        self._show("kind", self.kind, bool(choices))
        self.kind.offer(choices, getattr(link, "kind", None))

    def _show(self, name: str, editor: Choose | TextField, shown: bool) -> None:
        self._names[name].setVisible(shown)
        editor.setVisible(shown)
        self._clocks[name].setVisible(shown)

    def _clock(self, field: str, title: Phrase) -> PastButton:
        self._clocks[field] = PastButton(self.desk, title, lambda: self._past(field, title))
        return self._clocks[field]

    def _past(self, field: str, title: Phrase) -> list[PastValue]:
        link = self._link
        if field == "strength" and isinstance(link, Tie):
            field = "closeness"
        if link is None:
            return []
        return past_of_field(self.desk, type(link), link.id, field, title)

    def _strong(self, value: int) -> None:
        field = "closeness" if isinstance(self._link, Tie) else "strength"
        self._revise(**{field: max(1, value)})

    def _revise(self, **fields: object) -> None:
        link = self._link
        if link is None:
            return
        name = phrase("Change the link {link}", link=_title(self.desk, link))
        change = self.desk.edit(name, edits.revise_relation, link.id, **fields)
        if change and link.id not in change.after:
            from brm_desktop.gui.desk import Selected

            self.desk.select(Selected(links=tuple(change.after)[:1]))

    def _removed(self) -> None:
        link = self._link
        if link is not None:
            name: Phrase = phrase("Remove the link {link}", link=_title(self.desk, link))
            if self.desk.edit(name, edits.remove_records, (link.id,)):
                self.desk.select(NOTHING)


def _title(desk: Desk, link: Record) -> str:
    first, second = ends_of(link)
    return f"{name_of(desk.records, first)} → {name_of(desk.records, second)}"
