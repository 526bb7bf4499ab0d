"""Cytoscape.js in headless Chromium: the second peer of B2.

``CYTOSCAPE`` names the folder in which ``npm install cytoscape`` was run. The page gets the figure
with its places, and sends its times to a server of its own on this machine.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Mapping
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

from brm_desktop.rendering.figure import CARD_HEIGHT, CARD_WIDTH, Figure

LIMIT = 120
_BROWSERS = ("chromium", "chromium-browser", "google-chrome")
_PAGE = """<!doctype html><meta charset="utf-8">
<body style="margin:0"><div id="cy" style="width:%(width)dpx;height:%(height)dpx"></div>
<script>%(library)s</script><script>
const rendered = cy => new Promise(done => cy.one("render", () => {
  for (const canvas of document.querySelectorAll("canvas"))
    canvas.getContext("2d").getImageData(0, 0, 1, 1);
  done();
}));
const timed = async work => {
  const start = performance.now();
  await work();
  return (performance.now() - start) / 1000;
};
async function measure() {
  const elements = %(elements)s;
  let cy;
  const first = await timed(async () => {
    cy = cytoscape({
      container: document.getElementById("cy"), elements, layout: {name: "preset", fit: true},
      style: [
        {selector: "node", style: {shape: "round-rectangle", width: %(across)d, height: %(down)d,
          "background-color": "#ffffff", "border-width": 1, "border-color": "#8a94a6",
          label: "data(name)", "text-valign": "center", "text-halign": "center"}},
        {selector: "edge", style: {width: 2, "line-color": "#64748b", "curve-style": "straight"}},
      ],
    });
    await rendered(cy);
  });
  const whole = await timed(async () => { cy.forceRender(); await rendered(cy); });
  const drag = await timed(async () => {
    for (let step = 0; step < %(steps)d; step++) {
      cy.panBy({x: 7, y: 5});
      await rendered(cy);
    }
  });
  return {nodes: cy.nodes().length, edges: cy.edges().length, first, whole,
          frame: drag / %(steps)d};
}
measure().catch(wrong => ({wrong: String(wrong)}))
  .then(found => fetch("/found", {method: "POST", body: JSON.stringify(found)}));
</script>"""


def missing() -> str:
    """Why this peer cannot be asked; empty when it can."""
    if _browser() is None:
        return "Chromium is not installed, so Cytoscape.js is no peer"
    if not _library().is_file():
        return "CYTOSCAPE names no folder with the npm package, so Cytoscape.js is no peer"
    return ""


def measured(folder: Path, figure: Figure, size: tuple[int, int], steps: int) -> dict[str, float]:
    """Seconds to the first paint, for a whole one, and for a frame while dragged."""
    page = _PAGE % {
        "width": size[0],
        "height": size[1],
        "library": _library().read_text(encoding="utf-8").replace("</script>", "<\\/script>"),
        "elements": json.dumps(_elements(figure)),
        "across": CARD_WIDTH,
        "down": CARD_HEIGHT,
        "steps": steps,
    }
    with _Server(page.encode()) as server:
        browser = subprocess.Popen(
            [
                str(_browser()),
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                f"--window-size={size[0]},{size[1]}",
                f"--user-data-dir={folder / 'browser'}",
                f"http://127.0.0.1:{server.server_port}/",
            ],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            return server.answer()
        finally:
            browser.terminate()
            browser.wait()


def _browser() -> str | None:
    return next(filter(None, map(shutil.which, _BROWSERS)), None)


def _library() -> Path:
    return Path(os.environ.get("CYTOSCAPE", ""), "node_modules/cytoscape/dist/cytoscape.min.js")


def _elements(figure: Figure) -> list[Mapping[str, object]]:
    nodes = [
        {
            "data": {"id": card.person, "name": card.name},
            "position": {"x": card.centre.x, "y": card.centre.y},
        }
        for card in figure.cards.values()
    ]
    edges = [{"data": {"source": line.source, "target": line.target}} for line in figure.lines]
    return [*nodes, *edges]


class _Server(HTTPServer):
    """Gives one page and takes one answer."""

    def __init__(self, page: bytes) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.page = page
        self.found: dict[str, float] | None = None
        self.timeout = LIMIT

    def answer(self) -> dict[str, float]:
        """What the page sends."""
        while self.found is None:
            self.handle_request()
        return self.found

    def handle_timeout(self) -> None:
        """Wait no longer."""
        raise TimeoutError


class _Handler(BaseHTTPRequestHandler):
    server: _Server

    def do_GET(self) -> None:
        """The page, whatever is asked for."""
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(self.server.page)

    def do_POST(self) -> None:
        """The times."""
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.send_response(204)
        self.end_headers()
        self.server.found = json.loads(body)

    def log_message(self, format: str, *args: object) -> None:
        """Nothing is told of a request."""
