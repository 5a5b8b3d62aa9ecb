"""What is on the page Playground's stage: the networks' shapes, the points and what is shown."""

from itertools import pairwise
from typing import Any

import numpy as np

from data.plane.points import REACH, Points
from nn.plane.config import PlaneConfig
from nn.plane.features import FEATURES
from ui.components.network_views import floats_text
from ui.components.playground import playground_component
from ui.playground.moments import shape_key
from ui.playground.setup import Setup

_KEY = "playground_stage"
_STYLES = ("stage.css", "graph.css", "surface.css", "transport.css", "curves.css")
_stage = playground_component("stage", styles=_STYLES)

TITLES = ("A", "B")
"""Of two networks that are compared."""


def draw_stage(setup: Setup, train: Points, test: Points) -> None:
    """Draw it. What moves on it the browser has from `draw_stream`.

    Args:
        setup: what the page is set to.
        train, test: its points.
    """
    _stage(
        key=_KEY,
        data={
            "arms": [_arm(title, arm) for title, arm in zip(TITLES, setup.arms, strict=False)],
            "points": {
                "x": floats_text(np.concatenate((train.x, test.x))),
                "targets": floats_text(np.concatenate((train.targets, test.targets))),
                "trainCount": len(train),
            },
            "labels": {"inputs": {name: feature.title for name, feature in FEATURES.items()}},
            "show": {"test": setup.show_test, "discrete": setup.discrete, "speed": setup.speed},
            "hidden": sorted(setup.hide),
            "locked": sorted(setup.locked),
            "reach": REACH,
            "lesson": f"{setup.lesson} {setup.step}",
        },
        height="content",
    )


def _arm(title: str, config: PlaneConfig) -> dict[str, Any]:
    widths = config.widths
    return {
        "title": title,
        "key": shape_key(config),
        "inputs": list(config.inputs),
        "widths": widths,
        "activations": list(config.layer_activations),
        "classes": config.classes,
        "loss": config.loss,
        "count": sum(inputs * outputs + outputs for inputs, outputs in pairwise(widths)),
    }
