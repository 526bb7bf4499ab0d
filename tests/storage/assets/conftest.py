"""The same asset in memory, in a folder and on a server, with some reps."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from asset_places import in_a_folder, in_memory, on_a_server
from asset_world import World

PLACES = {"memory": in_memory, "folder": in_a_folder}
SERVER = "server"


@pytest.fixture(params=(*PLACES, SERVER))
def world(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[World]:
    """One world for each thing that can keep an asset."""
    if request.param == SERVER:
        place_of = on_a_server(request.getfixturevalue("postgres_server"))
    else:
        place_of = PLACES[request.param](tmp_path)
    with place_of as place:
        yield World(place)
