"""Way to watch: the weights of the first layer as pictures."""

import base64
from typing import Any

import numpy as np
import streamlit as st

from ui.components.network_views import browser_component
from ui.runs.kept import Kept
from ui.shared.counted import counted
from ui.shared.url_text import quote
from ui.train.watching import parameters
from ui.train.watching.parameters import ALL
from ui.train.watching.way import Way

FIRST = 32
"""So many are shown at first."""
_WITHIN = 0.999
"""The scale's ends are where this share of the weights lies within: one large weight would make
all others pale."""
_weights = browser_component("watch_weights")


def _draw(kept: Kept, step: int, key: str) -> None:
    tiles = _tiles(*kept.key, step, kept)
    count = len(tiles["neurons"])
    what = "filters" if tiles["of"] == "filter" else "neurons"
    with st.container(horizontal=True, vertical_alignment="center"):
        everything = count > FIRST and _all_wanted(f"All {count} {what}", f"{key}_all")
        st.caption(_which(kept, tiles), width="stretch")
    shown = count if everything else min(FIRST, count)
    _weights(key=f"{key}_weights", data=_sent(*kept.key, step, shown, tiles), height="content")


def _all_wanted(label: str, key: str) -> bool:
    asked = parameters.get(ALL)
    if asked not in (None, "1"):
        st.warning(
            f"The link asks for **{ALL}** {quote(asked)}: it must be 1, or not be there.",
            icon=":material/link_off:",
        )
    parameters.show(key, asked == "1")

    def choose() -> None:
        parameters.choose(**{ALL: "1" if st.session_state[key] else None})

    return st.toggle(label, key=key, on_change=choose, help=f"At first {FIRST} are shown.")


def _which(kept: Kept, tiles: dict[str, Any]) -> str:
    total, count = tiles["total"], len(tiles["neurons"])
    if tiles["of"] == "filter":
        filters = counted(total, "filter")
        return f"The {filters} of the first convolution, {tiles['side']} × {tiles['side']}."
    if count < total:
        return (
            f"The first layer has {total:,} neurons; of a network as large as this one the {count} "
            "with the longest weights were kept, to 1 part in 127."
        )
    return (
        f"The {counted(total, 'neuron')} of the first layer, a weight for each of 28 × 28 pixels. "
        "At the edges, where no image has ink, the noise stays."
    )


@st.cache_resource(max_entries=12, show_spinner=False)
def _tiles(folder: str, kind: str, stamp: Any, step: int, _kept: Kept) -> dict[str, Any]:
    """All tiles of a moment: `values` (count, side²) int8 in 1/127 of `scale`."""
    record, history = _kept.record(step), _kept.history
    spec = history.about.layers[0]
    is_filter = spec["type"] == "Conv2d"
    side = spec["kernel_size"] if is_filter else 28
    total = spec["out_channels"] if is_filter else spec["out_features"]
    if history.is_small:
        # The first layer's weights come first, see `nn.history.weights`.
        values = record["values"][: total * side**2].reshape(total, -1).astype(np.float32)
        neurons = list(range(total))
    else:
        values = record["values"] * record["scale"]
        neurons = record["neurons"].tolist()
    scale = float(np.quantile(np.abs(values), _WITHIN)) or 1.0
    return {
        "of": "filter" if is_filter else "neuron",
        "side": side,
        "total": total,
        "neurons": neurons,
        "scale": scale,
        "values": np.rint(np.clip(values / scale, -1, 1) * 127).astype(np.int8),
        "ends": np.stack([values.min(axis=1), values.max(axis=1)], axis=1),
    }


@st.cache_resource(max_entries=12, show_spinner=False)
def _sent(
    folder: str, kind: str, stamp: Any, step: int, count: int, _tiles: dict[str, Any]
) -> dict[str, Any]:
    """The first tiles, for the browser."""
    return {
        "of": _tiles["of"],
        "side": _tiles["side"],
        "scale": _tiles["scale"],
        "neurons": _tiles["neurons"][:count],
        "ends": _tiles["ends"][:count].round(4).tolist(),
        "values": base64.b64encode(_tiles["values"][:count].tobytes()).decode(),
    }


WEIGHTS = Way(
    "Weights",
    "Each tile is what one neuron or filter looks for: ink where it is blue counts for it, ink "
    "where it is orange against it. Strokes and blots grow out of the noise of the beginning.",
    "weights",
    _draw,
)
