"""Figures made from an account's analysis: relationship map, decision chain, key-person view."""

from brm_desktop.rendering.figures.decision_chain import decision_chain
from brm_desktop.rendering.figures.key_person import key_person_view
from brm_desktop.rendering.figures.relationship_map import Layer, MapView, relationship_map

__all__ = ["Layer", "MapView", "decision_chain", "key_person_view", "relationship_map"]
