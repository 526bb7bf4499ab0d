"""What the canvas can be told to do, by keys, menus and buttons alike."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from PySide6.QtCore import Qt, Signal

from brm_desktop.domain.phrase import Phrase
from brm_desktop.domain.records import PersonId
from brm_desktop.gui.actions import Keys
from brm_desktop.gui.canvas.above import room_made
from brm_desktop.gui.canvas.asking import ask_removal
from brm_desktop.gui.canvas.camera import pixel
from brm_desktop.gui.canvas.clipping import Clip
from brm_desktop.gui.canvas.collapsing import FoldingBoard
from brm_desktop.gui.canvas.keys import METHODS, KeyTable
from brm_desktop.gui.canvas.laying_out import LayingOut
from brm_desktop.gui.canvas.marks import Wire
from brm_desktop.gui.canvas.naming import Next
from brm_desktop.gui.canvas.nudging import Nudging
from brm_desktop.gui.canvas.placing import free_place, place_beside
from brm_desktop.gui.canvas.port import AskRemoval, CanvasPort, Hook, Relation, Removal, Suggestion
from brm_desktop.gui.canvas.selection import Selection
from brm_desktop.gui.canvas.tools.stage import Mode
from brm_desktop.gui.canvas.walking import Direction, nearest_to, neighbour
from brm_desktop.language import tr
from brm_desktop.rendering.card_frame import NAME_MIDDLE
from brm_desktop.rendering.figure import Point, card_box
from brm_desktop.rendering.theme import Theme

_BY_NEXT: Final = {Next.REPORT: Relation.REPORT, Next.MANAGER: Relation.MANAGER}


class CommandBoard(FoldingBoard):
    """A board with a slot for every action, each ending in one edit or none."""

    mode_changed = Signal(object)
    """What dragging does now, a :class:`Mode`."""

    def __init__(
        self,
        port: CanvasPort,
        theme: Theme,
        name: Phrase,
        *,
        keys: Keys | None = None,
        clip: Clip | None = None,
        ask: AskRemoval | None = None,
    ) -> None:
        self._mode = Mode.SELECT
        self._hook: Hook | None = None
        self._renaming: PersonId | None = None
        self._naming_at = Point(0.0, 0.0)
        self._clicked: Point | None = None
        self._aside: dict[PersonId, Point] = {}
        super().__init__(port, theme, name)
        self._key_table = KeyTable(keys or Keys())
        self._clip = clip or Clip()
        self._ask = ask or (lambda people, lines: ask_removal(self, people, lines))
        self._nudging = Nudging(self, self)
        self._laying_out = LayingOut(self, self.apply_layout, self)
        self.field.finished.connect(self._named)
        self.field.left.connect(self._naming_left)
        self.find_bar.found.connect(self._show_found)
        self.find_bar.closed.connect(self._find_closed)

    def run(self, action: str) -> None:
        """Do what an action of the table means here: ``run("add_report")``."""
        getattr(self, METHODS[action])()

    def set_keys(self, keys: Keys) -> None:
        """Answer to other keys."""
        self._key_table = KeyTable(keys)

    def flush(self) -> None:
        """Make the edit that is owed as yet, as before an undo or when the page closes."""
        self._nudging.flush()
        self._laying_out.flush()

    # Finding

    def show_person(self, person: PersonId) -> None:
        """Select a person, expanding what hides him, and bring his card into sight."""
        if person in self.content.folded.hidden:
            self.expand_all()
        elif person not in self.content.cards:
            self.port.uncover(person)
        if person in self.content.cards:
            self.select(Selection.of(person))
            self.camera.reveal(self.content.cards[person].box)

    def find_card(self) -> None:
        """Open the bar that finds cards."""
        self.find_bar.open()

    def _show_found(self, person: PersonId | None) -> None:
        if person is not None:
            self.show_person(person)
        self.mark(replace(self.marks, found=person if person in self.content.cards else None))

    def _find_closed(self) -> None:
        self.mark(replace(self.marks, found=None))
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    # Selecting and walking

    def select_all(self) -> None:
        """Select everybody on show."""
        self.select(Selection(tuple(self.content.cards)))

    def go(self, direction: Direction) -> None:
        """Go to the neighbour that way; with nobody selected, to the card in the middle."""
        cards = self.content.cards
        main = self.selection.main
        if main is None:
            found = nearest_to(cards, self.camera.seen.centre)
        else:
            found = neighbour(cards, self.content.lines.values(), main, direction)
        if found is not None:
            self.select(Selection.of(found))
            self.camera.reveal(cards[found].box)

    def go_left(self) -> None:
        """Go to the card on the left."""
        self.go(Direction.LEFT)

    def go_right(self) -> None:
        """Go to the card on the right."""
        self.go(Direction.RIGHT)

    def go_up(self) -> None:
        """Go to the manager."""
        self.go(Direction.UP)

    def go_down(self) -> None:
        """Go to the first report."""
        self.go(Direction.DOWN)

    def nudge(self, dx: float, dy: float) -> None:
        """Shift the selected cards a little; several in a row are one edit."""
        if self.selection.people:
            self._nudging.nudge(dx, dy)

    def nudge_left(self) -> None:
        """Shift left by one, or by ten with Shift."""
        self.nudge(-self._nudge_step(), 0)

    def nudge_right(self) -> None:
        """Shift right by one, or by ten with Shift."""
        self.nudge(self._nudge_step(), 0)

    def nudge_up(self) -> None:
        """Shift up by one, or by ten with Shift."""
        self.nudge(0, -self._nudge_step())

    def nudge_down(self) -> None:
        """Shift down by one, or by ten with Shift."""
        self.nudge(0, self._nudge_step())

    def _nudge_step(self) -> float:
        return 1.0

    # Drawing

    @property
    def mode(self) -> Mode:
        """What pressing and dragging does."""
        return self._mode

    def set_mode(self, mode: Mode) -> None:
        """Let pressing and dragging do something else."""
        if mode is not self._mode:
            self._mode = mode
            self.mode_changed.emit(mode)

    def add_peer(self) -> None:
        """Ask for the name of a peer of the selected person."""
        self._add_beside(Relation.PEER)

    def add_report(self) -> None:
        """Ask for the name of somebody who reports to the selected person."""
        self._add_beside(Relation.REPORT)

    def add_manager(self) -> None:
        """Ask for the name of the selected person's manager."""
        self._add_beside(Relation.MANAGER)

    def add_swayed(self) -> None:
        """Ask whom the selected person sways, somebody known or new."""
        self._add_beside(Relation.SWAYED)

    def add_person(self) -> None:
        """Ask for the name of a new person, on a free place in sight."""
        self.name_person(self._free_place(), None)

    def rename(self) -> None:
        """Ask for another name of the selected person."""
        if self.selection.main is not None:
            self.rename_person(self.selection.main)

    def name_person(self, at: Point, hook: Hook | None, text: str = "") -> None:
        """Ask for the name of a new person whose card will stand there."""
        self.flush()
        self._hook, self._renaming, self._naming_at = hook, None, at
        self._make_room(at, hook)
        wire = self._wire_to(at, hook)
        self.mark(replace(self.marks, ghost=at, wire=wire, hovered=None, dot=None))
        self.field.known_first = hook is not None and hook.relation is Relation.SWAYED
        self._open_field(text, tr("Name of the person"), suggest=True)

    def _make_room(self, at: Point, hook: Hook | None) -> None:
        """Show those lower whose place a new manager will take."""
        self._close_ranks()
        if hook is not None and at == self.content.cards[hook.person].centre:
            self._aside = room_made(self.content.figure, hook.person)
            self.preview(self._aside)

    def _close_ranks(self) -> None:
        """Show everybody where he stands who was shown aside while a name was typed."""
        cards, aside, self._aside = self.content.figure.cards, self._aside, {}
        self.preview({person: cards[person].centre for person in aside if person in cards})

    def _wire_to(self, at: Point, hook: Hook | None) -> Wire | None:
        """The line that a new card will hang on; a peer hangs where its peer does."""
        if hook is None or hook.relation is Relation.PEER:
            return None
        return Wire(hook.person, self.content.cards[hook.person].centre, at, hook.relation)

    def rename_person(self, person: PersonId) -> None:
        """Ask for another name of somebody."""
        card = self.content.cards.get(person)
        if card is not None:
            self.flush()
            name = Point(card.centre.x, card.box.y + NAME_MIDDLE)
            self._renaming, self._hook, self._naming_at = person, None, name
            self._open_field(card.name, tr("New name"), suggest=False)

    def _open_field(self, text: str, name: str, *, suggest: bool) -> None:
        self.camera.reveal(card_box(self._naming_at))
        self.minimap.hide()
        at = pixel(self.camera.to_screen(self._naming_at))
        self.field.open(text, at, name, self.port.suggestions if suggest else None)
        self._describe()
        self._focus_field()

    def _view_moved(self, hurried: bool) -> None:
        super()._view_moved(hurried)
        if self.field.is_open:
            self.field.put(pixel(self.camera.to_screen(self._naming_at)))

    def _focus_field(self) -> None:
        self.field.take_focus()

    def _add_beside(self, relation: Relation) -> None:
        main = self.selection.main
        if main is not None:
            at = place_beside(self.content, main, relation)
            self.name_person(at, Hook(main, relation))

    def _free_place(self) -> Point:
        """Where somebody stands who hangs on nobody: beside the selected, or where was clicked."""
        main = self.selection.main
        if main is not None:
            return place_beside(self.content, main, Relation.PEER)
        lanes = self.content.figure.lanes
        if lanes and not self.content.cards:
            return lanes[0].box.centre
        seen = self.camera.seen
        wanted = self._clicked if self._clicked and seen.holds(self._clicked) else seen.centre
        return free_place(self.content, wanted)

    def _named(self, name: str, chosen: Suggestion | None, then: Next) -> None:
        """The field was finished: one edit, then perhaps the next person."""
        self._field_closed()
        renaming, self._renaming = self._renaming, None
        if renaming is not None:
            card = self.content.cards.get(renaming)
            if card is not None and card.name != name:
                self.do(lambda: self.port.rename(renaming, name))
        elif not self._made(name, chosen):
            return
        if then in _BY_NEXT:
            self._add_beside(_BY_NEXT[then])

    def _made(self, name: str, chosen: Suggestion | None) -> bool:
        """Make the person, or bring the known one that was chosen, and select him."""
        hook, at = self._hook, self._naming_at
        made: list[PersonId] = []
        if chosen is not None:
            made.append(chosen.person)
            done = self.do(lambda: self.port.bring(chosen.person, at, hook))
        else:
            done = self.do(lambda: made.append(self.port.add(name, at, hook)))
        self._close_ranks()
        if done and made[0] in self.content.cards:
            self.show_person(made[0])
        return done

    def _naming_left(self) -> None:
        self._field_closed()
        self._close_ranks()
        self._renaming = None

    def _field_closed(self) -> None:
        self.minimap.follow()
        self.mark(replace(self.marks, ghost=None, wire=None))
        self._describe()
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    # Editing

    def delete_selection(self) -> None:
        """Remove what is selected, after asking what becomes of people's relations."""
        self.flush()
        people, lines = self.selection.people, self.selection.lines
        if not people and not lines:
            return
        removal: Removal | None = Removal.TAKE
        at_stake = self.port.relations_at_stake(people)
        if at_stake:
            removal = self._ask(people, at_stake)
        if removal is not None:
            wanted = removal
            self.do(lambda: self.port.remove(people, lines, wanted))

    def copy(self) -> None:
        """Copy the selected people."""
        if self.selection.people:
            people = self.selection.people
            self._clip.put(self.port.copied(people), self.port.copied_text(people))

    def cut(self) -> None:
        """Copy the selected people and remove them."""
        self.copy()
        self.delete_selection()

    def paste(self) -> None:
        """Paste people copied here, or a person for each line of text from elsewhere."""
        self.flush()
        at = self._free_place()
        taken = self._clip.taken()
        new: list[PersonId] = []

        def paste_names() -> None:
            names = self._clip.names()
            if names:
                new.extend(self.port.paste_names(names, at))

        if taken is not None:
            self.do(lambda: new.extend(self.port.paste(taken, at)))
        else:
            self.do(paste_names)
        self._select_new(new)

    def duplicate(self) -> None:
        """Make a second of each selected person."""
        self.flush()
        people = self.selection.people
        new: list[PersonId] = []
        if people:
            self.do(lambda: new.extend(self.port.duplicate(people)))
        self._select_new(new)

    def _select_new(self, people: list[PersonId]) -> None:
        if people:
            self.select(Selection(tuple(people)))
            self.camera.reveal(self.content.box_of(self.selection.people))

    def pin(self) -> None:
        """Pin the selected cards, or unpin them when all of them are."""
        self.flush()
        people = self.selection.people
        if people:
            pinned = all(self.content.cards[person].pinned for person in people)
            self.do(lambda: self.port.pin(people, not pinned))

    def tidy(self) -> None:
        """Lay everything out as this canvas does it, but for what is pinned."""
        self.flush()
        self._laying_out.begin()

    def apply_layout(self, places: Mapping[PersonId, Point], name: Phrase) -> None:
        """Put cards where a layout wants them: one edit; the cards glide there, all in sight."""
        self.flush()
        if self.do(lambda: self.port.lay_out(places, name)):
            self.camera.show_whole(self.content.box_with(places))

    def undo(self) -> None:
        """Take back the last step."""
        self.flush()
        self.do(self.port.undo)

    def redo(self) -> None:
        """Make the step again that was taken back."""
        self.flush()
        self.do(self.port.redo)
