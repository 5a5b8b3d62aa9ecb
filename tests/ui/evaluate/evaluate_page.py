"""The Evaluate page in a test: opening it, what it says and shows."""

import json
from pathlib import Path

import plotly.graph_objects as go
from streamlit.testing.v1 import AppTest

import nn
from tests.ui.components.clicks import click_chart
from ui.components.live_chart import live_chart

APP = Path(__file__).resolve().parents[3] / "streamlit_app.py"
SMALL = "355 Small digits (built in) test images"


class Chart:
    """Keeps what the chart on the page is given, and draws it as well."""

    def __init__(self):
        self.figure = self.alt = self.says_aside = None
        self.drawings = 0

    def __call__(self, figure, *, alt, **named):
        self.figure, self.alt = go.Figure(figure), alt
        self.says_aside = named.get("says_aside", False)
        self.drawings += 1
        live_chart(figure, alt=alt, **named)

    def number(self, true, predicted):
        text = self.figure.data[1]
        cells = zip(text.y, text.x, text.text, strict=True)
        return next(t.strip() for y, x, t in cells if (y, x) == (true, predicted))

    @property
    def marked(self):
        (frame,) = self.figure.layout.shapes
        return frame.y0 + 0.5, frame.x0 + 0.5


def save(path, dataset="digits", classes=10, always=None, seed=0):
    """Save a model; with `always` it gives this class whatever it is shown."""
    labels = [str(k) for k in range(classes)]
    metadata = {"dataset": dataset, "labels": json.dumps(labels)}
    network = nn.Network.mlp([784, classes], seed=seed, metadata=metadata)
    if always is not None:
        network.parameters[:] = 0
        network.named_parameters()["0.bias"][always] = 3
    nn.save(network, path)


def page(**query):
    app = AppTest.from_file(APP)
    app.switch_page("pages/evaluate.py")
    app.query_params.update(query)
    app.run()
    assert not app.exception
    return app


def click(app, true, predicted):
    """Click a cell of the matrix, as the browser tells it; runs the page."""
    click_chart(app, {"x": predicted, "y": true})


def words(app):
    """Everything the page says, in one text."""
    kinds = (app.markdown, app.caption, app.info, app.warning, app.error)
    return "\n".join(element.value for kind in kinds for element in kind)


def cards(app):
    """The pictures on the page, one text per list of them."""
    return [html.proto.body for html in app.get("html") if "<img" in html.proto.body]


def numbers(app):
    return {metric.label: metric.value for metric in app.metric}
