"""One more member of each list of the project: the file to write and the line to add."""

from typing import NamedTuple


class Addition(NamedTuple):
    """A new member.

    file: where its code goes.
    code: that.
    list_file: where the list is.
    line: what is added there.
    before: the line of `list_file` that comes after it.
    """

    file: str
    code: str
    list_file: str
    line: str
    before: str = "# isort: on"


LOSS = Addition(
    "nn/losses/absolute.py",
    '''
"""Mean absolute error."""

import numpy as np

from nn.losses.loss import Array, Loss


class AbsoluteLoss(Loss):
    """L = mean of |z - q|        dL/dz = sign(z - q) / (n · classes)"""

    name = "absolute"
    title = "Mean absolute error"

    def __call__(self, logits: Array, labels: Array) -> tuple[float, Array]:
        difference = logits.copy()
        difference[np.arange(len(logits)), labels] -= 1
        return float(np.abs(difference).mean()), np.sign(difference) / difference.size
''',
    "nn/losses/__init__.py",
    "from nn.losses.absolute import AbsoluteLoss as AbsoluteLoss",
)
OPTIMIZER = Addition(
    "nn/optimizers/sign_sgd.py",
    '''
"""Steps of the same length for every weight."""

import numpy as np

from nn.optimizers.optimizer import Array, Optimizer


class SignSGD(Optimizer):
    """θ ← θ - lr · sign(g)"""

    name = "sign_sgd"
    title = "SignSGD"

    def _update(self, block: slice, gradient: Array, scratch: Array) -> None:
        np.sign(gradient, out=scratch)
        scratch *= self.learning_rate
        self.parameters[block] -= scratch
''',
    "nn/optimizers/__init__.py",
    "from nn.optimizers.sign_sgd import SignSGD as SignSGD",
)
SCHEDULE = Addition(
    "nn/schedules/linear.py",
    '''
"""Evenly down to 0."""

from dataclasses import dataclass

from nn.schedules.schedule import Schedule


@dataclass(frozen=True)
class LinearSchedule(Schedule):
    """1 - epoch / epochs"""

    name = "linear"
    title = "Linear"

    def __call__(self, epoch: float, epochs: float) -> float:
        return 1 - epoch / epochs
''',
    "nn/schedules/__init__.py",
    "from nn.schedules.linear import LinearSchedule as LinearSchedule",
)
ACTIVATION = Addition(
    "nn/layers/softsign.py",
    '''
"""Softsign."""

import numpy as np

from nn.layers.activation import Activation
from nn.layers.layer import Array


class Softsign(Activation):
    """y = x / (1 + |x|)        dL/dx = dL/dy / (1 + |x|)²"""

    name = "softsign"
    title = "Softsign"

    def forward(self, x: Array, training: bool = False) -> Array:
        self.below = 1 + np.abs(x)
        return x / self.below

    def backward(self, grad_output: Array, input_gradient: bool = True) -> Array | None:
        return grad_output / self.below**2
''',
    "nn/layers/__init__.py",
    "from nn.layers.softsign import Softsign as Softsign",
)
INITIALIZER = Addition(
    "nn/initializers/small.py",
    '''
"""Small weights, whatever the layer's size."""

from nn.initializers.initializer import Initializer, normal

SMALL_NORMAL = Initializer("small_normal", "Small normal", normal(lambda fan_in, fan_out: 0.0025))
''',
    "nn/initializers/__init__.py",
    "from nn.initializers.small import SMALL_NORMAL as SMALL_NORMAL",
)
DATASET = Addition(
    "data/datasets/catalog/halves.py",
    '''
"""Images whose upper or lower half is white."""

import numpy as np

from data.datasets.info import DatasetInfo, Embedded


def _make() -> tuple[np.ndarray, ...]:
    labels = np.tile(np.array([0, 1], np.uint8), 60)
    images = np.zeros((120, 28, 28), np.uint8)
    images[labels == 0, :14], images[labels == 1, 14:] = 255, 255
    return images[:100], labels[:100], images[100:], labels[100:]


HALVES = DatasetInfo(
    name="halves",
    title="Upper and lower halves",
    labels=("upper", "lower"),
    licence="CC0",
    source="made for a test",
    train_size=100,
    test_size=20,
    origin=Embedded(is_here=lambda: True, make=_make),
)
''',
    "data/datasets/catalog/__init__.py",
    "from data.datasets.catalog.halves import HALVES as HALVES",
)
CHART = Addition(
    "ui/figures/run_charts/speed.py",
    '''
"""The speed of a run over its epochs."""

from nn.runs import Run
from ui.figures.run_charts.run_chart import RunChart
from ui.shared.theme import Figure


def _draw(run: Run) -> Figure:
    points = [(event["epoch"], event["samples_per_second"]) for event in run.progress]
    trace = {"name": "images a second", "x": [x for x, _ in points], "y": [y for _, y in points]}
    return {"data": [trace], "layout": {"yaxis": {"title": {"text": "Images a second"}}}}


SPEED = RunChart("speed", "Speed", _draw)
''',
    "ui/figures/run_charts/__init__.py",
    "from ui.figures.run_charts.speed import SPEED as SPEED",
)
PAGE = Addition(
    "pages/about.py",
    '''
"""About: a page."""

import streamlit as st

from ui.shared.pages import through_app

through_app()
st.title("About this app")
''',
    "ui/shared/pages.py",
    'ABOUT = Page("pages/about.py", "About", ":material/info:")',
    before="PAGES = ",
)

ALL = (LOSS, OPTIMIZER, SCHEDULE, ACTIVATION, INITIALIZER, DATASET, CHART, PAGE)
