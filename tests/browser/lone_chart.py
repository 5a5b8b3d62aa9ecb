"""A live chart alone on a page that stands in for Streamlit, and figures for it."""

import json
from collections.abc import Sequence
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import plotly

from ui.shared import theme
from ui.shared.theme import Figure

FOLDER = Path(__file__).resolve().parents[2] / "ui" / "components" / "live_chart"
FILES = {
    **{path.name: path for path in [*FOLDER.glob("*.js"), *FOLDER.glob("*.css")]},
    "app/static/plotly.min.js": Path(plotly.__file__).parent / "package_data" / "plotly.min.js",
}

# Streamlit calls the component for each new figure and each change of theme, and what the call
# returned when the chart leaves the page or the call was overtaken by another.
HTML = """<!doctype html><link rel="stylesheet" href="live_chart.css"><body style="margin: 0">
<div id="host" style="width: 600px"></div>
<script type="module">
  import liveChart from "./live_chart.js";
  const host = document.getElementById("host");
  window.clicks = [];
  window.setTheme = (theme) => {
    for (const [name, value] of Object.entries(theme)) {
      host.style.setProperty(`--st-${name}`, value);
    }
  };
  window.show = (data) => liveChart({
    data,
    parentElement: host,
    setTriggerValue: (name, value) => window.clicks.push([name, value]),
  });
</script>"""

LIGHT = {
    "text-color": "rgb(10, 10, 10)",
    "border-color": "rgb(200, 200, 200)",
    "secondary-background-color": "rgb(240, 240, 240)",
    "gray-text-color": "rgb(90, 90, 90)",
    "chart-sequential-colors": "#ffffff,#ff0000",
}
DARK = {**LIGHT, "text-color": "rgb(250, 250, 250)", "chart-sequential-colors": "#000000,#00ff00"}


class Site(BaseHTTPRequestHandler):
    """The page and what it asks for. The browser keeps the files, and compiles them once."""

    protocol_version = "HTTP/1.1"
    timeout = 5  # seconds; then a connection on which nobody asks any more is closed

    def do_GET(self) -> None:
        name = self.path.removeprefix("/").split("?")[0]
        body, kind = b"", "text/javascript"
        if name == "page":
            body, kind = HTML.encode(), "text/html"
        elif name in FILES:
            body = FILES[name].read_bytes()
            kind = "text/css" if name.endswith(".css") else kind
        found = name in ("page", "static/js/Slider.js") or name in FILES
        self.send_response(200 if found else 204)
        self.send_header("Content-Type", kind)
        self.send_header("Cache-Control", "max-age=3600")
        if found:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Nothing: the tests' output is for what goes wrong."""


class Chart:
    """One live chart on a page of a `Site`."""

    def __init__(self, page, site: str) -> None:
        self.page = page
        self.requests: list[str] = []

        def note(request) -> None:
            self.requests.append(request.url.removeprefix(f"{site}/").split("?")[0])

        page.on("request", note)
        page.goto(f"{site}/page")
        page.wait_for_function("() => window.show !== undefined")
        self.theme(LIGHT)

    def theme(self, theme: dict[str, str]) -> None:
        self.page.evaluate("theme => setTheme(theme)", theme)

    def show(
        self,
        figure: Figure,
        clicks: bool = False,
        alt: str = "A chart.",
        picture: str | None = None,
        heading: Sequence[str] = (),
        table: bool = False,
    ) -> None:
        """As one run of the page would, and wait for the drawing."""
        data = {
            "figure": json.dumps(figure),
            "height": 300,
            "alt": alt,
            "clicks": clicks,
            "table": table,
            "picture": picture
            and {"name": picture, "colours": theme.PICTURE_COLOURS, "heading": list(heading)},
            "plotly": "app/static/plotly.min.js?v=1",
        }
        self.page.evaluate("data => { window.cleanUp = show(data); }", data)
        name = "y" if "y" in figure["data"][0] else "z"
        shown = (
            f"count => document.querySelector('.live-chart')?.data?.[0]?.{name}?.length === count"
        )
        self.page.wait_for_function(shown, arg=len(figure["data"][0][name]))

    def layout(self, path: str):
        return self.page.evaluate(
            "path => path.split('.').reduce((value, name) => value[name],"
            " document.querySelector('.live-chart')._fullLayout)",
            path,
        )

    def plot(self):
        """Where on the screen the plot itself is."""
        return self.page.locator(".live-chart .nsewdrag").bounding_box()


def line(n: int) -> Figure:
    trace = {"type": "scatter", "x": list(range(n)), "y": [i * i for i in range(n)]}
    return theme.figure([trace], {"uirevision": "run"})


def heatmap() -> Figure:
    trace = {
        "type": "heatmap",
        "x": [0, 1],
        "y": [0, 1],
        "z": [[0, 1], [0, 1]],
        "colorscale": [[i, f"var(--st-chart-sequential-colors-{i})"] for i in range(2)],
    }
    return theme.figure([trace], {})
