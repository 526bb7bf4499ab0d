"""Canvas ports over a session: the relationship map, a decision chain, the key-person view."""

from brm_desktop.gui.canvas.ports.chain import ChainPort
from brm_desktop.gui.canvas.ports.key_person import KeyPersonPort
from brm_desktop.gui.canvas.ports.relationship_map import MapPort
from brm_desktop.gui.canvas.ports.session_port import SessionPort

__all__ = ["ChainPort", "KeyPersonPort", "MapPort", "SessionPort"]
