"""With whom a person or a link is shared: as its account, or as chosen for it or a field of it."""

from __future__ import annotations

from brm_desktop.domain.kinds import name_of_kind
from brm_desktop.domain.phrase import phrase
from brm_desktop.domain.records import Choice, Record
from brm_desktop.domain.stamp import site_of_stamp
from brm_desktop.gui.desk import Desk
from brm_desktop.gui.inspector.folding import LateFold
from brm_desktop.gui.inspector.part import FieldGrid
from brm_desktop.gui.sync.choices import (
    choose,
    chosen_for,
    field_choices,
    fields_of,
    is_chosen_about,
    record_choices,
)
from brm_desktop.gui.widgets.fields import Choose
from brm_desktop.gui.widgets.frames import label
from brm_desktop.language import listed, tr


class SharingPart(LateFold):
    """The choice for the whole, and one for a field that is picked."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, phrase("Sharing"), "sharing")
        self._record: Record | None = None
        self.texts.again(self.renew)

    def show_record(self, record: Record) -> None:
        """Show what is chosen about a record."""
        self._record = record
        self.setVisible(is_chosen_about(type(record)))
        self.renew()

    def make(self) -> None:
        """Make the three choices."""
        self.whole = Choose()
        self.whole.picked.connect(lambda choice: self._choose("", choice))
        self.field = Choose()
        self.field.picked.connect(lambda _field: self._show_field())
        self.of_field = Choose()
        self.of_field.picked.connect(lambda choice: self._choose(str(self.field.chosen), choice))
        grid = FieldGrid(self.texts)
        grid.field(phrase("Shared with"), self.whole)
        grid.field(phrase("Field"), self.field)
        grid.field(phrase("This field"), self.of_field)
        self.inside.addLayout(grid)
        self.written = label("small", wrap=True)
        self.inside.addWidget(self.written)

    def fill(self) -> None:
        """Show what holds; to find that goes through all records."""
        record = self._record
        if record is None or not is_chosen_about(type(record)):
            return
        self.written.setText(_written_by(self.desk, record))
        self.written.setVisible(bool(self.written.text()))
        records = self.desk.records
        self.whole.offer(record_choices(records, record), chosen_for(records, record.id))
        offered = fields_of(type(record))
        names = [name for _, name in offered]
        kept = self.field.chosen if self.field.chosen in names else names[0] if names else None
        self.field.offer(offered, kept)
        self._show_field()

    def _show_field(self) -> None:
        record, field = self._record, self.field.chosen
        if record is None or not isinstance(field, str):
            self.of_field.offer([], None)
            return
        records = self.desk.records
        choices = field_choices(records, record, field)
        self.of_field.offer(choices, chosen_for(records, record.id, field))

    def _choose(self, field: str, choice: object) -> None:
        assert choice is None or isinstance(choice, Choice)
        if self._record is not None:
            choose(self.desk, self._record, field, choice)
            self.renew()


def _written_by(desk: Desk, record: Record) -> str:
    """Whose devices what is said of a record comes from; nothing before one takes part."""
    store = desk.session.shared_store
    names = {one.site: one.rep for one in store.sites()}
    if not names:
        return ""
    key = (name_of_kind(type(record)), record.id)
    state = store.states([key]).get(key)
    stamps = () if state is None else sorted(state.live())
    found = dict.fromkeys(names.get(site_of_stamp(stamp), "") for stamp in stamps)
    return tr("Written by {names}", names=listed(one for one in found if one)) if found else ""
