"""Way to watch: how the layers fare."""

from typing import Any

import numpy as np
import streamlit as st

import nn
from nn.history.health import NO_UPDATE, NUMBERS, QUANTITIES
from nn.layers.specs import layers_from_specs
from ui.components.live_chart import live_chart
from ui.components.network_views import browser_component
from ui.figures.update_ratio import update_ratio
from ui.runs.kept import Kept
from ui.train.watching.way import Way

Array = np.ndarray

HEALTHY = {
    "weights": "Healthy: a hill around 0 that slowly widens. Not: all at one place.",
    "activations": "Healthy: many different values. Not: all 0, or heaps at both ends.",
    "gradients": "Healthy: about as wide in every layer. Not: a thousandth as wide in the first.",
}
_STEPS = (
    "Healthy: within the band, about a thousandth of the weights in each step of plain gradient "
    "descent (Adam takes longer ones). Far above, the training jumps; far below, it stands still."
)
_COUNTS = (
    "A neuron is **dead** if it says 0 to every image that is looked at, **saturated** if it is at "
    "the flat ends of its activation function for nine of ten, **unchanged** if its weights are "
    "within a thousandth of those it began with. Healthy: few of each."
)
_health = browser_component("watch_health")


def _draw(kept: Kept, step: int, key: str) -> None:
    _health(key=f"{key}_health", data=_layers(*kept.key, step, kept), height="content")
    st.caption(_COUNTS)
    ratios = _ratios(*kept.key, kept)
    now = ratios["epochs"][ratios["steps"].index(step)] if step in ratios["steps"] else 0.0
    figure = update_ratio(ratios["epochs"], ratios["layers"], now, kept.name)
    live_chart(figure, key=f"{key}_ratio", alt=_alt(ratios, step), table=True)
    st.caption(_STEPS)


def _alt(ratios: dict[str, Any], step: int) -> str:
    place = ratios["steps"].index(step) if step in ratios["steps"] else -1
    now = [
        f"layer {name} {'none' if line[place] is None else f'10 to the power of {line[place]:.1f}'}"
        for name, line in ratios["layers"].items()
    ]
    return (
        f"Size of a step beside the weights over the epochs, at this moment: {', '.join(now)}; "
        "healthy is about 10 to the power of -3."
    )


@st.cache_resource(max_entries=100, show_spinner=False)
def _layers(folder: str, kind: str, stamp: Any, step: int, _kept: Kept) -> dict[str, Any]:
    """What there is to say of each layer at a moment, for the browser."""
    record = _kept.record(step)
    layers = []
    for (name, unit), row in zip(_names(_kept), record["layers"], strict=True):
        pictures = {}
        for quantity in HEALTHY:
            place = QUANTITIES.index(quantity)
            numbers = dict(zip(NUMBERS, row["numbers"][place].tolist(), strict=True))
            pictures[quantity] = {"counts": row["histograms"][place].tolist()} | {
                what: float(f"{number:.4g}") for what, number in numbers.items()
            }
        counts = {what: int(row[what]) for what in ("neurons", "dead", "saturated", "unchanged")}
        layers.append({"name": name, "unit": unit, "pictures": pictures} | counts)
    return {"layers": layers, "healthy": HEALTHY}


def _names(kept: Kept) -> list[tuple[str, str]]:
    """What each layer is called, and what it is made of."""
    layers = layers_from_specs(kept.history.about.layers)
    units = [
        "filters" if isinstance(layer, nn.Conv2d) else "neurons"
        for layer in layers
        if layer.multiplications() > 0
    ]
    names = [f"Layer {place}" for place in range(1, len(units) + 1)]
    names[-1] += ", the output"
    return list(zip(names, units, strict=True))


@st.cache_resource(max_entries=20, show_spinner=False)
def _ratios(folder: str, kind: str, stamp: Any, _kept: Kept) -> dict[str, Any]:
    """log10 of ‖Δw‖ / ‖w‖ of each layer at each moment."""
    records = _kept.records
    ratios = records["layers"]["update_ratio"].astype(np.float64).round(3)
    return {
        "steps": records["step"].tolist(),
        "epochs": records["epoch"].round(4).tolist(),
        "layers": {
            str(place): [None if ratio <= NO_UPDATE else ratio for ratio in line]
            for place, line in enumerate(ratios.T.tolist(), 1)
        },
    }


HEALTH = Way(
    "Health",
    "Rows are the layers, columns what goes through them, measured on some training images. Watch "
    "the gradients: where they shrink from the output layer to the first one, the first learns "
    "little.",
    "health",
    _draw,
)
