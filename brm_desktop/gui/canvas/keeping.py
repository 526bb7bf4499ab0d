"""Looking on at a figure that is laid out anew, or was and is not any more."""

from __future__ import annotations

from collections.abc import Mapping

from brm_desktop.domain.records import PersonId
from brm_desktop.gui.canvas.camera import Camera
from brm_desktop.gui.canvas.content import Content
from brm_desktop.rendering.figure import Point


def keep_in_sight(
    camera: Camera, content: Content, moved: Mapping[PersonId, Point], people: int
) -> None:
    """Look at the whole when most of ``people`` moved and somebody who was in sight is not now.

    ``moved`` says where those stood who stand elsewhere now. Somebody nudged or dragged out of the
    view moves nothing: whoever did that looks at the place left.
    """
    if 2 * len(moved) <= people:
        return
    seen = camera.seen
    if any(
        seen.holds(at) and not seen.holds(content.cards[person].centre)
        for person, at in moved.items()
    ):
        camera.show_whole(content.extent)
