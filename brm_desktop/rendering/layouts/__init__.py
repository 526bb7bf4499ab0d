"""Where cards stand: pure functions from people and lines to places, the same for the same input.

No layout lets two cards overlap, each other's or the ``fixed`` ones that it may not move, and none
depends on the order in which people or lines come.
"""
