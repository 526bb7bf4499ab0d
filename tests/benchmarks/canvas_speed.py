"""B2: 10,000 people and 15,000 lines on the canvas, against one ``QGraphicsItem`` for each."""

from __future__ import annotations

import gc
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from random import Random
from statistics import median
from typing import TypeVar

import cytoscape_peer
from measuring import ROUNDS, Reading, Readings, Skipped, against, must, side_by_side, timed
from paper_canvas import PaperPort, card, figure_of, line
from PySide6.QtCore import QEvent, QObject, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QTransform
from PySide6.QtWidgets import (
    QApplication,
    QGraphicsItem,
    QGraphicsLineItem,
    QGraphicsScene,
    QGraphicsView,
    QStyleOptionGraphicsItem,
    QWidget,
)

from brm_desktop.domain.phrase import phrase
from brm_desktop.gui.canvas.content import Damage
from brm_desktop.gui.canvas.view import CanvasView
from brm_desktop.rendering.figure import CARD_HEIGHT, CARD_WIDTH, Figure, LineStyle
from brm_desktop.rendering.layouts.tidy import tidy
from brm_desktop.rendering.theme import LIGHT

PEOPLE, LINES = 10_000, 15_000
SIZE = (1400, 880)
PEER = "one item for each"
BROWSER = "Cytoscape.js in headless Chromium"
FIRST, WHOLE, FRAME = 1 / 5, 1 / 10, 1 / 30
"""How much of a peer's time a first paint, a whole one, and a frame may take."""
STEPS = 10
BLOCK, ACROSS, DOWN = 100, 6_000, 2_000
NEAR = 40
"""How far apart in the row of people an influence may lead."""

View = TypeVar("View", bound=QGraphicsView)


class NodeItem(QGraphicsItem):
    """A person as an item of its own, plainer than our cards."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name

    def boundingRect(self) -> QRectF:
        """The card with its border."""
        return QRectF(-CARD_WIDTH / 2, -CARD_HEIGHT / 2, CARD_WIDTH, CARD_HEIGHT)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionGraphicsItem,
        widget: QWidget | None = None,
    ) -> None:
        """A rounded box and a name."""
        painter.setPen(QPen(QColor("#8a94a6")))
        painter.setBrush(QColor("#ffffff"))
        painter.drawRoundedRect(self.boundingRect().adjusted(1, 1, -1, -1), 8, 8)
        painter.setPen(QColor("#1f2937"))
        painter.drawText(self.boundingRect(), Qt.AlignmentFlag.AlignCenter, self.name)


def figure(seed: int = 1) -> Figure:
    """A hundred tidy trees of a hundred people, and influences mostly within them."""
    random = Random(seed)
    names = [f"Person {number:05}" for number in range(PEOPLE)]
    cards, lines = [], []
    for block in range(0, PEOPLE, BLOCK):
        people = names[block : block + BLOCK]
        managers = {people[n]: people[(n - 1) // 6] for n in range(1, BLOCK)}
        places = tidy(people, managers)
        across, down = divmod(block // BLOCK, 10)
        left = across * ACROSS - min(at.x for at in places.values())
        cards += [card(one, at.x + left, at.y + down * DOWN) for one, at in places.items()]
        lines += [line(boss, report) for report, boss in managers.items()]
    pairs: set[tuple[str, str]] = set()
    while len(lines) + len(pairs) < LINES:
        first = random.randrange(PEOPLE - NEAR)
        pairs.add((names[first], names[first + random.randint(1, NEAR)]))
    lines += [line(one, other, LineStyle.INFLUENCE) for one, other in sorted(pairs)]
    return figure_of(cards, *lines)


def ours(figure: Figure) -> CanvasView:
    """Our canvas with everything in view."""
    view = CanvasView(PaperPort(figure), LIGHT, phrase("Relationship map"))
    view.resize(*SIZE)
    view.show()
    view.fit()
    return view


def naive(figure: Figure) -> QGraphicsView:
    """The same by one item for each person and line."""
    scene = QGraphicsScene()
    view = QGraphicsView(scene)
    scene.setParent(view)
    view.setRenderHint(QPainter.RenderHint.Antialiasing)
    for one in figure.lines:
        start, end = figure.cards[one.source].centre, figure.cards[one.target].centre
        item = QGraphicsLineItem(start.x, start.y, end.x, end.y)
        item.setPen(QPen(QColor("#64748b"), 2))
        scene.addItem(item)
    for person in figure.cards.values():
        node = NodeItem(person.name)
        node.setPos(person.centre.x, person.centre.y)
        node.setFlag(QGraphicsItem.GraphicsItemFlag.ItemIsSelectable)
        scene.addItem(node)
    view.resize(*SIZE)
    view.show()
    view.fitInView(scene.itemsBoundingRect(), Qt.AspectRatioMode.KeepAspectRatio)
    return view


def measure(folder: Path) -> Readings:
    """First paint, a whole repaint, and a frame while the view is dragged."""
    kept = QApplication.instance() or QApplication([])
    shown = figure()
    must((len(shown.cards), len(shown.lines)) == (PEOPLE, LINES), "the figure is not whole")
    gc.disable()  # as in the program's window, see gui/garbage.py; for the peer as well
    why_not = cytoscape_peer.missing()
    firsts, wholes, peers, others = [], [], [], []
    for _ in range(ROUNDS):
        seconds, view = timed(lambda: _on_screen(ours(shown)), 1)
        firsts.append(seconds)
        wholes.append(seconds + timed(partial(_finish, view), 1)[0])
        peers.append(timed(lambda: _on_screen(naive(shown)), 1)[0])
        _put_away(view)
        if not why_not:
            others.append(_in_the_browser(folder, shown))
    first = median(firsts)
    yield against("first paint, the cards", first, PEER, median(peers), FIRST)
    yield against("until every line is there too", median(wholes), PEER, median(peers))
    (whole, peer_whole), (frame, peer_frame) = _still_and_moving(shown)
    yield against("all painted anew and sharp", whole, PEER, peer_whole, WHOLE)
    yield against("a frame while dragged", frame, PEER, peer_frame, FRAME)
    if why_not:
        yield Skipped(why_not)
    else:
        yield from _beside_browser(others, first, whole, frame)
    del kept


def _in_the_browser(folder: Path, shown: Figure) -> Mapping[str, float]:
    found = cytoscape_peer.measured(folder, shown, SIZE, STEPS)
    must((found.get("nodes"), found.get("edges")) == (PEOPLE, LINES), f"the page says {found}")
    return found


def _beside_browser(
    found: Sequence[Mapping[str, float]], first: float, whole: float, frame: float
) -> Iterator[Reading]:
    for what, seconds, key, most in (
        ("first paint, the cards; theirs with the lines", first, "first", FIRST),
        ("all painted anew and sharp", whole, "whole", WHOLE),
        ("a frame while dragged", frame, "frame", FRAME),
    ):
        yield against(what, seconds, BROWSER, median(one[key] for one in found), most)


def _still_and_moving(shown: Figure) -> tuple[tuple[float, float], tuple[float, float]]:
    """Seconds of ours and of the peer, painted anew and dragged by turns, both at one zoom."""
    view, other = _on_screen(ours(shown)), _on_screen(naive(shown))
    _finish(view)
    other.setTransform(QTransform.fromScale(view.zoom, view.zoom))
    other.centerOn(view.mapToScene(view.viewport().rect().center()))
    _must_show_everyone(view, shown)
    whole, peer_whole, _ = side_by_side(lambda: _settle(view), other.viewport().repaint)
    drag, peer_drag, _ = side_by_side(lambda: _drag_ours(view), lambda: _drag_naive(other))
    _put_away(view)
    other.close()
    return (whole, peer_whole), (drag / STEPS, peer_drag / STEPS)


def _finish(view: CanvasView) -> None:
    while not view.content.index_some():
        pass
    _settle(view)


def _put_away(view: CanvasView) -> None:
    view.close()
    view.close_port()


class _PaintWatcher(QObject):
    """Knows whether a viewport was painted."""

    seen = False

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Note a painting."""
        self.seen = self.seen or event.type() == QEvent.Type.Paint
        return False


def _on_screen(view: View) -> View:
    """Wait until a view was painted."""
    watcher = _PaintWatcher()
    view.viewport().installEventFilter(watcher)
    while not watcher.seen:
        QApplication.processEvents()
    view.viewport().removeEventFilter(watcher)
    return view


def _settle(view: CanvasView) -> None:
    """Paint everything anew until nothing is left coarse."""
    view.layer.damage(Damage(everything=True))
    view.layer.settle()
    view.viewport().repaint()
    while view.layer._dirty:
        view.layer.finish()
        view.viewport().repaint()


def _must_show_everyone(view: CanvasView, shown: Figure) -> None:
    """Under every hundredth card in view some pixel differs from the ground."""
    image = view.viewport().grab().toImage()
    ground = QColor(LIGHT.ground)
    seen = 0
    for person in list(shown.cards.values())[::100]:
        at = view.mapFromScene(person.centre.x, person.centre.y)
        if image.rect().adjusted(3, 3, -3, -3).contains(at):
            near = [(at.x() + dx, at.y() + dy) for dx in range(-3, 4) for dy in range(-3, 4)]
            there = any(image.pixelColor(x, y) != ground for x, y in near)
            must(there, f"{person.name} is not to be seen")
            seen += 1
    must(seen > 90, f"only {seen} of 100 are in view")


def _drag_ours(view: CanvasView) -> None:
    view.layer.hurry = True
    for step in range(STEPS):
        view.pan_by(7 if step % 2 else -7, 5 if step % 2 else -5)
        view.viewport().repaint()
    view.layer.hurry = False


def _drag_naive(view: QGraphicsView) -> None:
    across, down = view.horizontalScrollBar(), view.verticalScrollBar()
    for _ in range(STEPS):
        across.setValue(across.value() + 7)
        down.setValue(down.value() + 5)
        view.viewport().repaint()
