"""The one item that shows the figure: it keeps what was painted and paints only what changed."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from math import ceil
from time import perf_counter
from typing import Final, cast

from PySide6.QtCore import QObject, QRect, QRectF
from PySide6.QtGui import QPainter, QPixmap, QRegion, QTransform
from PySide6.QtWidgets import QGraphicsItem, QGraphicsScene, QStyleOptionGraphicsItem, QWidget

from brm_desktop.domain.records import PersonId
from brm_desktop.gui.canvas.content import Content, Damage
from brm_desktop.gui.canvas.drawing import Drawing, Scale
from brm_desktop.rendering.figure import Box
from brm_desktop.rendering.grounds import HEADS_FROM
from brm_desktop.rendering.screen import qcolor
from brm_desktop.rendering.theme import Theme

WORLD: Final = QRectF(-500_000.0, -500_000.0, 1_000_000.0, 1_000_000.0)
"""How far the canvas reaches, in scene units."""

_SLOW: Final = 0.008
"""Seconds: what takes longer to paint is shown from the last picture while it moves."""

_QUICK: Final = 0.03
"""Seconds: what is painted anew in less, two frames, is not worth a picture at rest."""

_MOST_PARTS: Final = 12
"""Damage in more parts than this is painted as one."""


def scene_of(parent: QObject, *items: QGraphicsItem) -> QGraphicsScene:
    """A scene as wide as the world that holds a few items and no index of them."""
    scene = QGraphicsScene(WORLD, parent)
    scene.setItemIndexMethod(QGraphicsScene.ItemIndexMethod.NoIndex)
    for item in items:
        scene.addItem(item)
    return scene


class Layer(QGraphicsItem):
    """Paints the figure through a pixmap of the viewport that is kept from frame to frame.

    Marks over the figure, scrolling and the like cost a copy of pixels; a change costs the boxes it
    damages. While the view moves, a figure that is slow to paint is shown from the kept pixmap,
    stretched, and :meth:`settle` sharpens it. When nothing was painted for a while, :meth:`let_go`
    gives the pixmap back: it takes as much memory as the window itself.
    """

    def __init__(
        self,
        content: Content,
        theme: Theme,
        unfinished: Callable[[], None],
        painted: Callable[[], None],
    ) -> None:
        super().__init__()
        self.drawing = Drawing(content, theme)
        self.hurry = False
        self.full_paint_took = 0.0
        self._unfinished = unfinished
        self._painted = painted
        self._kept: QPixmap | None = None
        self._shows = QTransform()
        self._ratio = 1.0
        self._dirty: list[Box] = []
        self._all_dirty = True
        self._approximate = False
        self.setFlag(QGraphicsItem.GraphicsItemFlag.ItemUsesExtendedStyleOption)

    def boundingRect(self) -> QRectF:
        """The whole world: the layer is wherever the view looks."""
        return WORLD

    def damage(self, damage: Damage) -> None:
        """Paint some boxes anew at the next frame."""
        if damage.everything:
            self._all_dirty = True
            self.update()
            return
        reads_heads = self._shows.m11() >= HEADS_FROM * self._ratio
        boxes = damage.boxes + damage.heads if reads_heads else damage.boxes
        self._dirty.extend(boxes)
        for box in boxes:
            self.update(QRectF(box.x, box.y, box.width, box.height))

    def pick(self, people: frozenset[PersonId]) -> None:
        """Let the lines of some people stand out from the others."""
        if self.drawing.pick(people):
            self.damage(Damage(everything=True))

    def refresh(self, theme: Theme) -> None:
        """Paint everything anew in other colours or words."""
        self.drawing.refresh(theme)
        self.damage(Damage(everything=True))

    def settle(self) -> None:
        """The view stands still again: sharpen what was only approximate."""
        self.hurry = False
        if self._approximate:
            self._all_dirty = True
        if self._all_dirty or self._dirty:
            self.update()

    def finish(self) -> None:
        """Go on with what the last painting left coarse."""
        for box in self._dirty:
            self.update(QRectF(box.x, box.y, box.width, box.height))

    @property
    def keeps_picture(self) -> bool:
        """Whether the next frame can be shown from what was painted."""
        return self._kept is not None

    def let_go(self) -> None:
        """Give the kept pixmap back, unless painting the figure anew would be noticed."""
        if not self._dirty and not self._approximate and self.full_paint_took <= _QUICK:
            self._kept = None

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionGraphicsItem,
        widget: QWidget | None = None,
    ) -> None:
        """Bring the kept pixmap up to date and show it; without a widget paint plainly."""
        if widget is None:
            self._paint_plainly(painter, option.exposedRect)
            return
        self._painted()
        ratio = widget.devicePixelRatioF()
        shows = painter.worldTransform() * QTransform.fromScale(ratio, ratio)
        size = QRect(0, 0, ceil(widget.width() * ratio), ceil(widget.height() * ratio))
        if not self._fits(size, ratio):
            self._kept = QPixmap(size.size())
            self._ratio = ratio
            self._all_dirty = True
            self._approximate = False
        kept = self._kept
        assert kept is not None
        if self._moved(shows) and not self._scrolled(kept, shows):
            if self._may_approximate():
                self._show_approximately(painter, kept, shows)
                return
            self._all_dirty = True
        self._bring_up_to_date(kept, shows)
        painter.save()
        painter.setTransform(QTransform.fromScale(1.0 / ratio, 1.0 / ratio))
        painter.drawPixmap(0, 0, kept)
        painter.restore()

    def _fits(self, size: QRect, ratio: float) -> bool:
        return (
            self._kept is not None and self._kept.rect() == size and abs(self._ratio - ratio) < 1e-9
        )

    def _moved(self, shows: QTransform) -> bool:
        return shows != self._shows and not self._all_dirty

    def _may_approximate(self) -> bool:
        return self.hurry and not self._all_dirty and self.full_paint_took > _SLOW

    def _scrolled(self, kept: QPixmap, shows: QTransform) -> bool:
        """Shift the kept pixmap where that is all it takes; the strips that come in are dirty."""
        if abs(shows.m11() - self._shows.m11()) > 1e-12:
            return False
        dx, dy = shows.dx() - self._shows.dx(), shows.dy() - self._shows.dy()
        if abs(dx - round(dx)) > 1e-6 or abs(dy - round(dy)) > 1e-6:
            return False
        if abs(dx) >= kept.width() or abs(dy) >= kept.height() or self._approximate:
            return False
        kept.scroll(round(dx), round(dy), kept.rect())
        gap = QRegion(kept.rect()) - QRegion(kept.rect().translated(round(dx), round(dy)))
        self._shows = shows
        self._dirty.extend(_box(shows, rect) for rect in _rects(gap))
        return True

    def _bring_up_to_date(self, kept: QPixmap, shows: QTransform) -> None:
        self._shows = shows
        started = perf_counter()
        whole = kept.rect()
        region = QRegion(whole) if self._all_dirty else self._dirty_region(whole)
        full = self._all_dirty
        self._dirty, self._all_dirty, self._approximate = [], False, False
        if region.isEmpty():
            return
        painter = QPainter(kept)
        rects = _rects(region) if region.rectCount() <= _MOST_PARTS else [region.boundingRect()]
        for rect in rects:
            painter.resetTransform()
            painter.setClipRect(rect)
            painter.setTransform(shows)
            scale = Scale(shows.m11() / self._ratio, shows.m11())
            area = _box(shows, rect).grown(1.0 / shows.m11())
            self._dirty += self.drawing.paint(painter, area, scale, hurry=self.hurry)
        painter.end()
        if full:
            self.full_paint_took = perf_counter() - started
        if self._dirty and not self.hurry:
            self._unfinished()

    def _dirty_region(self, whole: QRect) -> QRegion:
        region = QRegion()
        for box in self._dirty:
            place = QRectF(box.x, box.y, box.width, box.height)
            region += self._shows.mapRect(place).toAlignedRect().adjusted(-1, -1, 1, 1) & whole
        return region

    def _show_approximately(self, painter: QPainter, kept: QPixmap, shows: QTransform) -> None:
        """Show the kept pixmap where its content is now; what it does not hold comes coarse."""
        self._approximate = True
        back, _ = self._shows.inverted()
        stretch = back * shows
        painter.save()
        to_pixels = QTransform.fromScale(1.0 / self._ratio, 1.0 / self._ratio)
        painter.setTransform(to_pixels)
        painter.fillRect(QRectF(kept.rect()), qcolor(self.drawing.theme.ground))
        covered = stretch.mapRect(QRectF(kept.rect()))
        painter.setTransform(stretch * to_pixels)
        painter.drawPixmap(0, 0, kept)
        painter.restore()
        whole = kept.rect()
        bare = QRegion(whole) - QRegion(covered.toAlignedRect().adjusted(1, 1, -1, -1) & whole)
        scale = Scale(shows.m11() / self._ratio, shows.m11())
        for rect in _rects(bare):
            area = _box(shows, rect)
            painter.save()
            painter.setClipRect(QRectF(area.x, area.y, area.width, area.height))
            self.drawing.paint(painter, area, scale, hurry=True)
            painter.restore()

    def _paint_plainly(self, painter: QPainter, exposed: QRectF) -> None:
        zoom = painter.worldTransform().m11()
        area = Box(exposed.x(), exposed.y(), exposed.width(), exposed.height())
        self.drawing.paint(painter, area, Scale(zoom, zoom))


def _rects(region: QRegion) -> list[QRect]:
    """The rectangles a region is made of; Qt's stub does not say that it can be iterated."""
    return list(cast("Iterable[QRect]", region))


def _box(shows: QTransform, rect: QRect) -> Box:
    """The scene's rectangle that a rectangle of device pixels shows."""
    back, _ = shows.inverted()
    place = back.mapRect(QRectF(rect))
    return Box(place.x(), place.y(), place.width(), place.height())
